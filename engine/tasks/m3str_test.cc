// The detection tasks of M3STR: properties of 300 samples each, from the stored records alone.
#include "engine/tasks/m3str.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "engine/tasks/test_samples_internal.h"

namespace stareval::engine {
namespace {

// "", "entity" or "relation": what the change replaced.
std::string changed(const Sample& sample) {
  if (sample.change.kind != Change::Kind::corrupt_triple) return "";
  const Triple& was = sample.graph.triples[sample.change.index];
  return was.relation == sample.change.replacement.relation ? "entity" : "relation";
}

class Detection : public testing::TestWithParam<const char*> {};

TEST_P(Detection, SaysYesWhereTheKindThatIsAskedForIsWrong) {
  const std::string task = GetParam();
  const std::string kind = task.substr(task.rfind('-') + 1);
  int yes = 0;
  for (const Sample& sample : samples_of(task)) {
    const bool expected = kind == "any" ? !changed(sample).empty() : changed(sample) == kind;
    const std::string& gold = sample.choices.at(std::get<ChoiceGold>(sample.gold).index);
    EXPECT_EQ(gold, expected ? "yes" : "no") << sample.id;
    yes += expected ? 1 : 0;
  }
  EXPECT_EQ(yes, 150);
}

TEST_P(Detection, ShowsWhatIsWrongOnlyInTheChangedTriple) {
  for (const Sample& sample : samples_of(GetParam()))
    for (const Triple& triple : drawn_graph(sample).triples)
      EXPECT_EQ(is_true(triple), changed(sample).empty() || triple != sample.change.replacement);
}

TEST_P(Detection, OffersYesAndNoInEitherOrder) {
  std::map<std::string, int> first;
  for (const Sample& sample : samples_of(GetParam())) {
    ASSERT_EQ(sample.choices.size(), 2U);
    ++first[sample.choices[0]];
  }
  EXPECT_NEAR(first["yes"], 150, 40);
  EXPECT_NEAR(first["no"], 150, 40);
}

INSTANTIATE_TEST_SUITE_P(M3str, Detection,
                         testing::Values("m3str-detect-entity", "m3str-detect-relation",
                                         "m3str-detect-any"),
                         [](const auto& test) { return std::string(test.param).substr(13); });

TEST(M3str, AsksForItsOwnKindOfError) {
  EXPECT_TRUE(asks_for("m3str-detect-any", TriplePart::head));
  EXPECT_TRUE(asks_for("m3str-detect-entity", TriplePart::tail));
  EXPECT_FALSE(asks_for("m3str-detect-entity", TriplePart::relation));
  EXPECT_TRUE(asks_for("m3str-detect-relation", TriplePart::relation));
  EXPECT_FALSE(asks_for("m3str-detect-relation", TriplePart::head));
}

}  // namespace
}  // namespace stareval::engine
