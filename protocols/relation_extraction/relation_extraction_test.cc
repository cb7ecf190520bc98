// The twelve samples of tests/data/more and one reply to each, with all scores worked out by hand.
#include "protocols/relation_extraction/relation_extraction.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>

#include "libstareval/base/random.h"
#include "libstareval/data/more.h"
#include "libstareval/metrics/classification.h"
#include "protocols/relation_extraction/label_metrics.h"

namespace stareval {
namespace {

std::vector<Sample> fixture() {
  const auto path =
      std::filesystem::path(STAREVAL_TEST_SOURCE_DIR) / "tests" / "data" / "more" / "test.txt";
  std::vector<Sample> samples;
  for (MoreItem& item : read_more(path, "test").value().items)
    samples.push_back(std::move(item.sample));
  return samples;
}

// gold: alternate_names | member_of none none | place_of_birth none | alternate_names none none
// partner alternate_names none
constexpr std::array<const char*, 12> kReplies{
    "/per/per/alternate_names",               // right
    "<answer>/per/org/member_of</answer>",    // right
    "/per/org/leader_of",                     // wrong, for none
    "The answer is \"/per/org/member_of\".",  // wrong, for none
    "/per/loc/place_of_residence",            // wrong, for place_of_birth
    "none",                                   // right
    "<think>/per/per/partner?</think><answer>/per/per/alternate_names</answer>",  // right
    "I see two people.",        // unreadable, for none
    "none",                     // right
    "Two people shake hands.",  // unreadable, for partner
    "/per/per/partner",         // wrong, for alternate_names
    "none",                     // right
};

std::map<std::string, Metric> summary_of(const std::vector<Sample>& samples) {
  const RelationExtraction protocol({});
  std::vector<Scored> scored;
  for (std::size_t i = 0; i < samples.size(); ++i)
    scored.push_back({&samples[i], 0, protocol.score(samples[i], answered_reply(kReplies[i]))});
  std::map<std::string, Metric> metrics;
  for (Metric& metric : protocol.summarise(scored)) metrics.emplace(metric.name, metric);
  return metrics;
}

TEST(RelationExtraction, SummarisesTheExampleByHand) {
  const auto metrics = summary_of(fixture());
  const auto value = [&](const char* name) { return metrics.at(name).value.value_or(-1); };
  // Right: samples 1, 2, 6, 7, 9, 12. Golds that are not none: 1, 2, 5, 7, 10, 11. Predictions
  // that are not none: 1, 2, 3, 4, 5, 7, 11. Hits among them: 1, 2, 7.
  EXPECT_DOUBLE_EQ(value("accuracy"), 6.0 / 12);
  EXPECT_DOUBLE_EQ(value("accuracy_answered"), 6.0 / 10);
  EXPECT_DOUBLE_EQ(value("micro_precision"), 3.0 / 7);
  EXPECT_DOUBLE_EQ(value("micro_recall"), 3.0 / 6);
  EXPECT_DOUBLE_EQ(value("micro_f1"), 6.0 / 13);
  // alternate_names 2 * 2 / (3 + 2), member_of 2 * 1 / (1 + 2), and 0 for leader_of,
  // place_of_birth, place_of_residence and partner.
  EXPECT_DOUBLE_EQ(value("macro_f1"), (4.0 / 5 + 2.0 / 3) / 6);
  EXPECT_DOUBLE_EQ(value("majority"), 6.0 / 12);
  for (const char* name : {"accuracy", "micro_precision", "micro_recall", "micro_f1", "macro_f1"})
    EXPECT_EQ(metrics.at(name).n, 12U) << name;
  EXPECT_FALSE(metrics.at("micro_f1").low) << "four pictures: too few for a bootstrap";
}

TEST(RelationExtraction, HasAnIntervalOfF1WherePicturesAreEnough) {
  std::vector<Sample> samples = fixture();
  for (Sample& sample : samples) sample.cluster = sample.id;
  const auto metrics = summary_of(samples);
  EXPECT_EQ(metrics.at("micro_f1").method, "BCa cluster bootstrap");
  EXPECT_LT(*metrics.at("micro_f1").low, 6.0 / 13);
  EXPECT_GT(*metrics.at("micro_f1").high, 6.0 / 13);
}

TEST(RelationExtraction, BreaksDownByStructure) {
  const auto metrics = summary_of(fixture());
  const auto value = [&](const char* name) { return metrics.at(name).value.value_or(-1); };
  EXPECT_DOUBLE_EQ(value("accuracy[1x1]"), 1.0);
  EXPECT_DOUBLE_EQ(value("accuracy[1xn]"), 1.0 / 3);
  EXPECT_DOUBLE_EQ(value("accuracy[nx1]"), 1.0 / 2);
  EXPECT_DOUBLE_EQ(value("accuracy[nxn]"), 3.0 / 6);
  EXPECT_DOUBLE_EQ(value("micro_f1[1x1]"), 1.0);
  EXPECT_DOUBLE_EQ(value("micro_f1[1xn]"), 2.0 / (3 + 1));
  EXPECT_DOUBLE_EQ(value("micro_f1[nx1]"), 0.0);
  EXPECT_DOUBLE_EQ(value("micro_f1[nxn]"), 2.0 / (2 + 3));
  EXPECT_EQ(metrics.at("micro_f1[nxn]").n, 6U);
  EXPECT_FALSE(metrics.at("micro_f1[1xn]").low) << "one picture, and no interval";
}

TEST(RelationExtraction, HasNoBreakdownWithoutGroups) {
  std::vector<Sample> samples = fixture();
  for (Sample& sample : samples) sample.group.clear();
  for (const auto& [name, metric] : summary_of(samples))
    EXPECT_EQ(name.find('['), std::string::npos) << name;
}

TEST(RelationExtraction, ScoresTheLabelThatIsRead) {
  const Sample sample = fixture().front();
  const Score score = RelationExtraction({}).score(sample, answered_reply(kReplies[0]));
  EXPECT_EQ(score.outcome, Outcome::answered);
  EXPECT_EQ(score.answer, "/per/per/alternate_names");
  EXPECT_EQ(score.values.front(), (std::pair<std::string, double>("accuracy", 1)));
}

TEST(RelationExtraction, ReadsWhatTheReleaseAndModelsWrite) {
  const RelationExtraction protocol({});
  const Sample sample = fixture().front();
  for (const char* reply : {"per/per/alternate_names", "/per/per/self",
                            "The relation is **/per/per/alternate_names**."})
    EXPECT_EQ(headline_value(protocol.score(sample, answered_reply(reply))), 1.0) << reply;
  EXPECT_EQ(protocol.score(sample, answered_reply("alternate_names")).outcome, Outcome::ambiguous)
      << "of persons or of organisations";
}

TEST(RelationExtraction, AsksForALabelWithoutLetters) {
  Sample sample;
  sample.question = "How?";
  sample.choices = {"none", "/per/per/partner"};
  EXPECT_EQ(RelationExtraction({Mode::direct}).prompt(sample).text,
            "How?\n\nThe labels, where per is a person, org an organisation, loc a location, misc "
            "anything else, and none no relation:\n- none\n- /per/per/partner\n\nAnswer with one "
            "label of the list, and nothing else.");
}

TEST(RelationExtraction, AsksForSixStepsInThought) {
  const std::string text = RelationExtraction({Mode::cot}).prompt(fixture().front()).text;
  for (const char* step : {"\n1. ", "\n2. ", "\n3. ", "\n4. ", "\n5. ", "\n6. "})
    EXPECT_NE(text.find(step), std::string::npos) << step;
  EXPECT_EQ(text.find("\n7. "), std::string::npos);
}

TEST(NegativeLabel, IsTheFirstPresentOfTheSeven) {
  using Labels = std::vector<std::string>;
  EXPECT_EQ(negative_label(Labels{"None", "none", "Other"}), 2U);
  EXPECT_EQ(negative_label(Labels{"a", "None"}), 1U);
  EXPECT_EQ(negative_label(Labels{"a", "NONE"}), std::nullopt);
}

TEST(LabelMetrics, AreZeroWhereADenominatorIs) {
  // Gold and prediction are the negative label: no positives at all.
  const std::vector<LabelPair> pairs{{0, 0, "a"}, {0, std::nullopt, "b"}};
  for (const Metric& metric : label_metrics(pairs, 2, 0)) {
    EXPECT_EQ(metric.value, 0.0) << metric.name;
    EXPECT_EQ(metric.n, 2U) << metric.name;
  }
}

// Two ways to one number: sums of clusters here, a table of counts there.
TEST(LabelMetrics, AgreeWithTheMetricsOfTheLibrary) {
  Random random(7);
  for (int round = 0; round < 20; ++round) {
    const int labels = 2 + static_cast<int>(random.below(6));
    std::vector<LabelPair> pairs;
    LabelTable table(labels);
    for (int i = 0; i < 40; ++i) {
      const std::size_t gold = random.below(static_cast<std::size_t>(labels));
      const std::size_t said = random.below(static_cast<std::size_t>(labels) + 1);
      const bool read = said < static_cast<std::size_t>(labels);
      pairs.push_back({gold, read ? std::optional(said) : std::nullopt, "one picture"});
      table.add(static_cast<int>(gold), read ? static_cast<int>(said) : kNoLabel);
    }
    const auto metrics = label_metrics(pairs, static_cast<std::size_t>(labels), 0);
    const MicroScores micro = micro_scores(table, 0);
    EXPECT_DOUBLE_EQ(*metrics[0].value, micro.precision);
    EXPECT_DOUBLE_EQ(*metrics[1].value, micro.recall);
    EXPECT_DOUBLE_EQ(*metrics[2].value, micro.f1);
    EXPECT_NEAR(*metrics[3].value, macro_f1(table, 0), 1e-12);
  }
}

TEST(LabelMetrics, CountEveryLabelWithoutANegativeOne) {
  const std::vector<LabelPair> pairs{{0, 0, "a"}, {1, 0, "b"}, {1, 1, "c"}};
  const auto metrics = label_metrics(pairs, 2, std::nullopt);
  EXPECT_DOUBLE_EQ(*metrics[0].value, 2.0 / 3);
  EXPECT_DOUBLE_EQ(*metrics[2].value, 2.0 / 3);
  EXPECT_DOUBLE_EQ(*metrics[3].value, (2.0 / 3 + 2.0 / 3) / 2);
}

}  // namespace
}  // namespace stareval
