// Faults of samples that their format cannot show: cases by hand. The shipped dataset has none.
#include "libstareval/tasks/sample_check.h"

#include <gtest/gtest.h>

#include "libstareval/data/dataset.h"

namespace stareval {
namespace {

Sample sample_of(const std::string& task, Gold gold) {
  Sample sample;
  sample.id = "x";
  sample.task = task;
  sample.images = {{"images/x.png", "sha256:0", 1, 1}};
  sample.graph = {{{"France", true}, {"Paris", false}, {"Spain", false}},
                  {{"France", "capital", "Paris"},
                   {"France", "borders", "Spain"},
                   {"Spain", "borders", "France"}}};
  sample.gold = std::move(gold);
  return sample;
}

TEST(SampleCheck, FindsNothingWrongInTheShippedDataset) {
  const Dataset dataset =
      read_dataset(STAREVAL_TEST_SOURCE_DIR "/share/datasets/atlas", "test").value();
  for (const Sample& sample : dataset.samples)
    EXPECT_EQ(fault_of(sample), std::nullopt) << sample.id;
}

TEST(SampleCheck, FindsAnAnswerOfAnotherKind) {
  EXPECT_EQ(fault_of(sample_of("EC", ErrorGold{})),
            "field \"answer.value\": expected the answer of the task EC, found another kind");
  EXPECT_TRUE(fault_of(sample_of("ED", CountGold{1})).has_value());
  EXPECT_TRUE(fault_of(sample_of("ER", CountGold{1})).has_value());
  EXPECT_TRUE(fault_of(sample_of("SD", ChoiceGold{0})).has_value());
}

TEST(SampleCheck, CountsAgain) {
  EXPECT_EQ(fault_of(sample_of("EC", CountGold{3})), std::nullopt);
  EXPECT_EQ(fault_of(sample_of("EC", CountGold{4})),
            "field \"answer.value\": expected 3, which the graph shows, found 4");
  EXPECT_EQ(fault_of(sample_of("IC", CountGold{1})), std::nullopt);
  EXPECT_TRUE(fault_of(sample_of("IC", CountGold{2})).has_value());
  EXPECT_EQ(fault_of(sample_of("TC", CountGold{3})), std::nullopt);
  EXPECT_TRUE(fault_of(sample_of("TC", CountGold{-3})).has_value());
}

TEST(SampleCheck, TakesLabelsOrEdgesForRelations) {
  EXPECT_EQ(fault_of(sample_of("RC", CountGold{2})), std::nullopt);
  EXPECT_EQ(fault_of(sample_of("RC", CountGold{3})), std::nullopt);
  EXPECT_TRUE(fault_of(sample_of("RC", CountGold{4})).has_value());
}

TEST(SampleCheck, HoldsTheWrongFactAgainstTheChange) {
  Sample sample = sample_of("ED", ErrorGold{Triple{"France", "capital", "Spain"}});
  EXPECT_EQ(
      fault_of(sample),
      "field \"answer.triple\": expected null, which the change says, found (France, capital, "
      "Spain)");
  sample.change = {Change::Kind::corrupt_triple, 0, {"France", "capital", "Spain"}, false};
  EXPECT_EQ(fault_of(sample), std::nullopt);
}

TEST(SampleCheck, WantsAPictureAndDifferentChoices) {
  Sample sample = sample_of("ER", ChoiceGold{0});
  sample.choices = {"Brazil", "brazil "};
  EXPECT_EQ(fault_of(sample),
            "field \"choices\": expected different texts, found \"brazil \" again");
  sample.choices = {"Brazil", " "};
  EXPECT_EQ(fault_of(sample), "field \"choices\": expected texts, found an empty one");
  sample.choices = {"Brazil"};
  EXPECT_EQ(fault_of(sample), "field \"choices\": expected at least two, found 1");
  sample.images.clear();
  EXPECT_EQ(fault_of(sample), "field \"images\": expected a picture, found none");
}

TEST(SampleCheck, of_candidates_wants_the_gold_once_among_different_ones) {
  Sample sample = sample_of("ER", ChoiceGold{0});
  const std::string gold = "Brazil";
  sample.choices = {gold, "Chile"};
  sample.candidates = {"Chile", gold};
  EXPECT_EQ(fault_of(sample), std::nullopt);
  sample.candidates = {"Chile", "Peru"};
  EXPECT_EQ(fault_of(sample),
            "field \"candidates\": expected the gold among them, found a list "
            "without \"" +
                gold + "\"");
  sample.candidates = {gold, "Chile", " chile"};
  EXPECT_EQ(fault_of(sample),
            "field \"candidates\": expected different texts, found \" chile\" again");
}

TEST(SampleCheck, LeavesTasksOfPlugInsToThem) {
  EXPECT_EQ(fault_of(sample_of("MINE", CountGold{77})), std::nullopt);
}

}  // namespace
}  // namespace stareval
