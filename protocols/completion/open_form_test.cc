// Scores worked out by hand.
#include "protocols/completion/open_form.h"

#include <gtest/gtest.h>

#include "libstareval/run/registry.h"
#include "protocols/completion/completion.h"

namespace stareval {
namespace {

std::unique_ptr<Protocol> open() {
  Registry registry;
  register_completion(registry);
  return registry.protocol_for_task("ER", {Mode::direct, AnswerForm::open}).value();
}

Sample sample_of() {
  Sample sample;
  sample.task = "ER";
  sample.question = "Which entity is it?";
  sample.choices = {"Paris", "The Hague"};
  sample.gold = ChoiceGold{1, {"Den Haag", "'s-Gravenhage"}};
  sample.cluster = "a";
  return sample;
}

TEST(OpenCompletion, ShowsNoOptions) {
  EXPECT_EQ(open()->prompt(sample_of()).text,
            "Which entity is it?\n\nAnswer with the name itself, since no options are shown, and "
            "nothing else.");
}

TEST(OpenCompletion, TakesTheNameOfTheGoldAndItsAliases) {
  for (const char* reply : {"The Hague", "the hague.", "**Den Haag**", "Answer: 's-Gravenhage"}) {
    const Score score = open()->score(sample_of(), answered_reply(reply));
    EXPECT_EQ(score.outcome, Outcome::answered) << reply;
    EXPECT_EQ(headline_value(score), 1.0) << reply;
  }
}

TEST(OpenCompletion, TakesNothingFuzzier) {
  for (const char* reply : {"Paris", "Hague", "The Hagu", "The Hague, Netherlands"}) {
    const Score score = open()->score(sample_of(), answered_reply(reply));
    EXPECT_EQ(score.outcome, Outcome::answered) << reply;
    EXPECT_EQ(headline_value(score), 0.0) << reply;
  }
  EXPECT_EQ(open()->score(sample_of(), answered_reply("Paris or The Hague")).outcome,
            Outcome::ambiguous);
}

TEST(OpenCompletion, SummarisesExactMatches) {
  const auto protocol = open();
  const Sample sample = sample_of();
  const std::vector<Scored> scored{
      {&sample, 0, protocol->score(sample, answered_reply("Den Haag"))},
      {&sample, 1, protocol->score(sample, answered_reply("I can see a city with a port."))}};
  const auto metrics = protocol->summarise(scored);
  EXPECT_EQ(protocol->info().headline, "exact_match");
  EXPECT_EQ(metrics.front().name, "exact_match");
  EXPECT_EQ(metrics.front().value, 0.5);
}

TEST(OpenCompletion, SkipsWhatIsNoChoice) {
  Sample sample = sample_of();
  sample.gold = CountGold{3};
  EXPECT_EQ(open()->score(sample, answered_reply("3")).outcome, Outcome::skipped);
}

}  // namespace
}  // namespace stareval
