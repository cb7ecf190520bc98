// ER and RR: properties of 300 samples each on the shipped atlas, from the stored records alone.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/tasks/test_samples_internal.h"

namespace stareval::engine {
namespace {

const std::string& gold_choice(const Sample& sample) {
  return sample.choices[std::get<ChoiceGold>(sample.gold).index];
}

// The drawn triples with a mask, filled with a choice.
std::vector<Triple> filled(const Sample& sample, const std::string& choice) {
  std::vector<Triple> result;
  for (Triple triple : drawn_graph(sample).triples) {
    bool masked = false;
    for (std::string* part : {&triple.head, &triple.relation, &triple.tail}) {
      masked = masked || *part == kMask;
      if (*part == kMask) *part = choice;
    }
    if (masked) result.push_back(triple);
  }
  return result;
}

class Completion : public testing::TestWithParam<const char*> {};

TEST_P(Completion, OnlyTheGoldMakesAllFactsTrue) {
  for (const Sample& sample : samples_of(GetParam())) {
    for (const std::string& choice : sample.choices) {
      const auto facts = filled(sample, choice);
      ASSERT_FALSE(facts.empty());
      EXPECT_EQ(std::all_of(facts.begin(), facts.end(), is_true), choice == gold_choice(sample))
          << sample.id << choice;
    }
  }
}

TEST_P(Completion, HasFiveDifferentChoices) {
  for (const Sample& sample : samples_of(GetParam()))
    EXPECT_EQ(std::set<std::string>(sample.choices.begin(), sample.choices.end()).size(), 5U);
}

TEST_P(Completion, BalancesTheGoldPositions) {
  std::map<std::size_t, int> positions;
  for (const Sample& sample : samples_of(GetParam()))
    ++positions[std::get<ChoiceGold>(sample.gold).index];
  EXPECT_EQ(positions, (std::map<std::size_t, int>{{0, 60}, {1, 60}, {2, 60}, {3, 60}, {4, 60}}));
}

TEST_P(Completion, RanksTheChoicesAmongUpToTwentyCandidates) {
  std::size_t most = 0, first_half = 0;
  for (const Sample& sample : samples_of(GetParam())) {
    const std::set<std::string> candidates(sample.candidates.begin(), sample.candidates.end());
    EXPECT_EQ(candidates.size(), sample.candidates.size()) << sample.id;
    for (const std::string& choice : sample.choices) EXPECT_TRUE(candidates.contains(choice));
    most = std::max(most, candidates.size());
    const auto gold =
        std::find(sample.candidates.begin(), sample.candidates.end(), gold_choice(sample));
    first_half += 2 * (gold - sample.candidates.begin()) + 1 < std::ssize(sample.candidates);
  }
  EXPECT_EQ(most, std::string(GetParam()) == "ER" ? 20U : atlas().relations().size());
  EXPECT_NEAR(static_cast<double>(first_half), kCount / 2.0, 45);
}

TEST_P(Completion, TakesRandomDistractorsOnDemand) {
  SampleRequest request;
  request.task = GetParam();
  request.count = 40;
  TaskOptions options;
  options.distractors = Distractors::random;
  options.candidates = 0;
  const Stock stock(atlas(), options);
  for (const Sample& sample : make_samples(stock.source(), request).value()) {
    EXPECT_TRUE(sample.candidates.empty());
    for (const std::string& choice : sample.choices) {
      const auto facts = filled(sample, choice);
      EXPECT_EQ(std::all_of(facts.begin(), facts.end(), is_true), choice == gold_choice(sample));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Star, Completion, testing::Values("ER", "RR"),
                         [](const auto& test) { return test.param; });

TEST(EntityReasoning, MasksOneEntityAndShowsNoOption) {
  for (const Sample& sample : samples_of("ER")) {
    ASSERT_EQ(sample.change.kind, Change::Kind::mask_entity);
    EXPECT_EQ(sample.graph.entities[sample.change.index].name, gold_choice(sample));
    for (const Entity& entity : drawn_graph(sample).entities)
      EXPECT_EQ(std::count(sample.choices.begin(), sample.choices.end(), entity.name), 0);
  }
}

TEST(EntityReasoning, AnEntityIsTheGoldInOneOfFiveAppearances) {
  std::map<std::string, int> shown, golds;
  for (const Sample& sample : samples_of("ER")) {
    for (const std::string& choice : sample.choices) ++shown[choice];
    ++golds[gold_choice(sample)];
  }
  for (const auto& [name, count] : golds) EXPECT_LE(count, shown[name] / 5 + 1) << name;
}

TEST(EntityReasoning, OptionsAreOfOneType) {
  for (const Sample& sample : samples_of("ER")) {
    std::set<std::string> types;
    for (const std::string& choice : sample.choices)
      types.insert(atlas().entity(*atlas().find_entity(choice)).type);
    EXPECT_EQ(types.size(), 1U) << sample.id;
  }
}

TEST(RelationReasoning, MasksOneEdge) {
  for (const Sample& sample : samples_of("RR")) {
    ASSERT_EQ(sample.change.kind, Change::Kind::mask_relation);
    EXPECT_EQ(filled(sample, "x").size(), 1U);
    EXPECT_EQ(sample.graph.triples[sample.change.index].relation, gold_choice(sample));
  }
}

TEST(RelationReasoning, OtherLabelsOfThePictureTellNothing) {
  double drawn_options = 0, drawn_golds = 0;
  for (const Sample& sample : samples_of("RR")) {
    const auto triples = drawn_graph(sample).triples;
    const auto is_drawn = [&](const std::string& label) {
      return std::any_of(triples.begin(), triples.end(),
                         [&](const Triple& triple) { return triple.relation == label; });
    };
    drawn_golds += is_drawn(gold_choice(sample)) ? 1 : 0;
    for (const std::string& choice : sample.choices) drawn_options += is_drawn(choice) ? 1 : 0;
  }
  EXPECT_GT(drawn_options, 300);
  EXPECT_NEAR(drawn_golds, drawn_options / 5, 6);
}

// A relation is the gold in one of five of its appearances, and as often as others as far as its
// appearances allow.
TEST(RelationReasoning, RelationsTakeTurnsAsTheGold) {
  std::map<std::string, int> golds, shown;
  for (const Sample& sample : samples_of("RR")) {
    ++golds[gold_choice(sample)];
    for (const std::string& choice : sample.choices) ++shown[choice];
  }
  EXPECT_EQ(golds.size(), atlas().relations().size());
  const int turn = static_cast<int>(kCount / golds.size());
  for (const auto& [label, count] : golds) {
    EXPECT_LE(count, shown[label] / 5 + 1) << label;
    EXPECT_GT(count, turn / 2) << label;
    EXPECT_LT(count, 2 * turn) << label;
  }
}

TEST(RelationReasoning, LeavesOutRelationsThatCannotBeDrawn) {
  SampleRequest request;
  request.task = "RR";
  request.count = 30;
  TaskOptions options;
  options.sampling.max_label_length = 9;  // "world region" is longer
  options.choices = 2;
  const Stock stock(atlas(), options);
  for (const Sample& sample : make_samples(stock.source(), request).value())
    for (const std::string& choice : sample.choices) EXPECT_LE(choice.size(), 9U);
}

}  // namespace
}  // namespace stareval::engine
