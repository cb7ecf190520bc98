// Scores and metrics worked out by hand.
#include "protocols/completion/ranking_form.h"

#include <gtest/gtest.h>

#include <map>

#include "libstareval/run/registry.h"
#include "protocols/completion/completion.h"

namespace stareval {
namespace {

std::unique_ptr<Protocol> ranking(Mode mode = Mode::direct) {
  Registry registry;
  register_completion(registry);
  return registry.protocol_for_task("ER", {mode, AnswerForm::ranking}).value();
}

Sample sample_with(std::size_t gold, std::vector<std::string> candidates = {}) {
  Sample sample;
  sample.task = "ER";
  sample.question = "Which entity is it?";
  sample.choices = {"Paris", "Rome", "Berlin", "Madrid"};
  sample.candidates = std::move(candidates);
  sample.gold = ChoiceGold{gold};
  sample.cluster = "a";
  return sample;
}

std::map<std::string, double> values_of(const Score& score) {
  return {score.values.begin(), score.values.end()};
}

std::map<std::string, Metric> by_name(const std::vector<Metric>& metrics) {
  std::map<std::string, Metric> named;
  for (const Metric& metric : metrics) named[metric.name] = metric;
  return named;
}

TEST(RankingCompletion, ShowsTheOptionsWithTheirLetters) {
  EXPECT_EQ(ranking()->prompt(sample_with(0)).text,
            "Which entity is it?\n\nA. Paris\nB. Rome\nC. Berlin\nD. Madrid\n\nAnswer with the "
            "candidates in order from the likeliest to the least likely, one a line, and nothing "
            "else.");
}

TEST(RankingCompletion, ShowsTheCandidatesWhereThereAreSome) {
  const Sample sample = sample_with(1, {"Rome", "{question}", "Oslo"});
  EXPECT_TRUE(ranking()->prompt(sample).text.starts_with(
      "Which entity is it?\n\nRome\n{question}\nOslo\n\nAnswer with the candidates"));
}

TEST(RankingCompletion, HasAPromptOfItsOwnAndTheHeadlineOfRanks) {
  const auto info = ranking()->info();
  EXPECT_EQ(info.name, "completion");
  EXPECT_EQ(info.headline, "hits_at_1");
  EXPECT_NE(info.prompt_digest, CompletionProtocol({}).info().prompt_digest);
  EXPECT_NE(info.prompt_digest, ranking(Mode::cot)->info().prompt_digest);
}

TEST(RankingCompletion, RanksTheGoldByItsPlace) {
  const Sample sample = sample_with(2);
  const Score score = ranking()->score(sample, answered_reply("1. Rome\n2. C\n3. Paris"));
  EXPECT_EQ(score.outcome, Outcome::answered);
  EXPECT_EQ(score.answer, "Rome > Berlin > Paris");
  const auto values = values_of(score);
  EXPECT_EQ(values.at("hits_at_1"), 0.0);
  EXPECT_EQ(values.at("hits_at_3"), 1.0);
  EXPECT_FALSE(values.contains("hits_at_10"));  // of four candidates
  EXPECT_EQ(values.at("reciprocal_rank"), 0.5);
  EXPECT_EQ(values.at("rank"), 2.0);
  EXPECT_EQ(values.at("listed"), 3.0);
  EXPECT_EQ(score.values.front().first, "hits_at_1");
}

TEST(RankingCompletion, TiesWhatIsNotListedBehindTheList) {
  const auto values =
      values_of(ranking()->score(sample_with(2), answered_reply("Rome, Atlantis, Paris")));
  EXPECT_EQ(values.at("rank"), 3.5);  // third or fourth
  EXPECT_EQ(values.at("reciprocal_rank_optimistic"), 1.0 / 3);
  EXPECT_EQ(values.at("reciprocal_rank_pessimistic"), 0.25);
  EXPECT_EQ(values.at("hits_at_3"), 0.5);
  EXPECT_DOUBLE_EQ(values.at("reciprocal_rank"), (1.0 / 3 + 0.25) / 2);
  EXPECT_EQ(values.at("unknown"), 1.0);
}

TEST(RankingCompletion, LooksForTheGoldAmongTheCandidates) {
  const Sample sample = sample_with(1, {"Oslo", "Bern", "rome", "Bonn"});
  const Score score = ranking()->score(sample, answered_reply("Rome\nOslo"));
  EXPECT_EQ(values_of(score).at("hits_at_1"), 1.0);
  EXPECT_EQ(ranking()->score(sample_with(1, {"Oslo", "Bern"}), answered_reply("Oslo")).outcome,
            Outcome::skipped);
}

TEST(RankingCompletion, SummarisesWithTheChanceBeside) {
  const auto protocol = ranking();
  const Sample sample = sample_with(0);
  std::vector<Scored> scored;
  for (const char* reply : {"Paris > Rome", "Rome > Paris", "what?", "Rome > Berlin"})
    scored.push_back(
        {&sample, static_cast<int>(scored.size()), protocol->score(sample, answered_reply(reply))});
  const auto metrics = protocol->summarise(scored);
  EXPECT_EQ(metrics.front().name, "hits_at_1");
  const auto named = by_name(metrics);
  EXPECT_EQ(named.at("hits_at_1").value, 0.25);
  EXPECT_EQ(named.at("chance").value, 0.25);
  EXPECT_EQ(named.at("hits_at_3").value, 2.5 / 4);  // ranks 1, 2, none, third or fourth
  EXPECT_EQ(named.at("chance_hits_at_3").value, 0.75);
  EXPECT_FALSE(named.contains("hits_at_10"));
  EXPECT_DOUBLE_EQ(*named.at("mrr").value, (1 + 0.5 + 0 + (1.0 / 3 + 0.25) / 2) / 4);
  EXPECT_DOUBLE_EQ(*named.at("mrr_optimistic").value, (1 + 0.5 + 0 + 1.0 / 3) / 4);
  EXPECT_DOUBLE_EQ(*named.at("mrr_pessimistic").value, (1 + 0.5 + 0 + 0.25) / 4);
  EXPECT_DOUBLE_EQ(*named.at("chance_mrr").value, (1 + 0.5 + 1.0 / 3 + 0.25) / 4);
  EXPECT_DOUBLE_EQ(*named.at("mean_rank").value, (1 + 2 + 3.5) / 3);
  EXPECT_EQ(named.at("mean_rank").n, 3U);  // of the lists that were read
  EXPECT_DOUBLE_EQ(*named.at("adjusted_mean_rank").value, (1 + 2 + 3.5) / 7.5);
  EXPECT_DOUBLE_EQ(*named.at("mean_listed").value, 2.0);
  EXPECT_EQ(named.at("mean_listed").n, 3U);
}

// A list that names one wrong candidate of twenty is close to chance in every metric.
TEST(RankingCompletion, ScoresTheRestOfAShortListByChance) {
  std::vector<std::string> candidates;
  for (char c = 'a'; c < 'u'; ++c) candidates.push_back(std::string("City ") + c);
  Sample sample = sample_with(0, candidates);
  sample.choices = {"City c", "City d"};
  const auto values = values_of(ranking()->score(sample, answered_reply("City a")));
  EXPECT_EQ(values.at("hits_at_1"), 0.0);
  EXPECT_DOUBLE_EQ(values.at("hits_at_3"), 2.0 / 19);
  EXPECT_DOUBLE_EQ(values.at("hits_at_10"), 9.0 / 19);
  EXPECT_EQ(values.at("rank"), 11.0);  // the mean of 2 to 20
}

TEST(RankingCompletion, AdjustsTheMeanRankByTheSizesOfTheLists) {
  const auto protocol = ranking();
  const Sample four = sample_with(0);
  const Sample two = sample_with(0, {"Paris", "Oslo"});
  const std::vector<Scored> scored{{&four, 0, protocol->score(four, answered_reply("Paris"))},
                                   {&two, 0, protocol->score(two, answered_reply("Oslo"))}};
  EXPECT_DOUBLE_EQ(*by_name(protocol->summarise(scored)).at("adjusted_mean_rank").value,
                   (1.0 + 2.0) / (2.5 + 1.5));
}

// Ranks that are those of chance, one by one: nothing varies but the sizes, which the ratio is by.
TEST(RankingCompletion, SeesNoVariationInSizesAlone) {
  const auto protocol = ranking();
  const Sample three = sample_with(0, {"Paris", "Oslo", "Bonn"});
  const Sample five = sample_with(0, {"Paris", "Oslo", "Bonn", "Bern", "Baku"});
  const std::vector<Scored> scored{
      {&three, 0, protocol->score(three, answered_reply("1. Oslo\n2. Paris"))},
      {&five, 0, protocol->score(five, answered_reply("1. Oslo\n2. Bonn\n3. Paris"))}};
  const auto adjusted = by_name(protocol->summarise(scored)).at("adjusted_mean_rank");
  EXPECT_DOUBLE_EQ(*adjusted.value, 1.0);
  EXPECT_FALSE(adjusted.low.has_value());  // of no width
}

TEST(RankingCompletion, IsUndefinedOverNothing) {
  for (const Metric& metric : ranking()->summarise({})) EXPECT_FALSE(metric.value) << metric.name;
}

}  // namespace
}  // namespace stareval
