// Worked out by hand: what a reasoning names, and its scores. Properties: ranges; a reasoning that
// states the whole graph is at the top.
#include "libstareval/protocol/knowledge_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libstareval/base/random.h"
#include "libstareval/extract/knowledge.h"

namespace stareval {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Graph atlas() {
  return {{{"France", true}, {"Spain", true}, {"Paris", false}, {"Madrid", false}},
          {{"France", "borders", "Spain"},
           {"France", "capital", "Paris"},
           {"Spain", "capital", "Madrid"}}};
}

TEST(ReadKnowledge, FindsNamesLabelsAndTriples) {
  const auto named = read_knowledge("I see france. The capital of France is **Paris**.", atlas());
  EXPECT_THAT(named.entities, ElementsAre("France", "Paris"));
  EXPECT_THAT(named.relations, ElementsAre("capital"));
  EXPECT_THAT(named.triples, ElementsAre(Triple{"France", "capital", "Paris"}));
}

TEST(ReadKnowledge, TakesADeniedFactForItsNamesOnly) {
  const auto named = read_knowledge("France does not border Spain.", atlas());
  EXPECT_THAT(named.entities, ElementsAre("France", "Spain"));
  EXPECT_THAT(named.relations, ElementsAre("borders"));
  EXPECT_THAT(named.triples, IsEmpty());
}

TEST(ReadKnowledge, SeesInventedNamesInANotation) {
  const auto tail = read_knowledge("(France, borders, Atlantis)", atlas());
  EXPECT_THAT(tail.entities, ElementsAre("Atlantis", "France"));
  EXPECT_THAT(tail.triples, ElementsAre(Triple{"France", "borders", "Atlantis"}));
  const auto label = read_knowledge("(France, rules, Spain)", atlas());
  EXPECT_THAT(label.relations, ElementsAre("rules"));
  const auto both = read_knowledge("(France, rules, Atlantis)", atlas());
  EXPECT_THAT(both.entities, ElementsAre("Atlantis", "France"));
  EXPECT_THAT(both.relations, ElementsAre("rules"));
  EXPECT_THAT(both.triples, ElementsAre(Triple{"France", "rules", "Atlantis"}));
}

TEST(ReadKnowledge, TakesNoListInBracketsForATriple) {
  const auto named = read_knowledge("It has three colours (red, green, blue).", atlas());
  EXPECT_THAT(named.entities, IsEmpty());
  EXPECT_THAT(named.triples, IsEmpty());
}

TEST(ReadKnowledge, TakesNoListOfEntitiesForATriple) {
  for (const char* list : {"Entities: (France, Spain, Paris).", "[France, Spain, Paris, Madrid]",
                           "France -> Spain -> Paris", "| France | Spain | Paris |"}) {
    const auto named = read_knowledge(list, atlas());
    EXPECT_GE(named.entities.size(), 3U) << list;
    EXPECT_THAT(named.relations, IsEmpty()) << list;
    EXPECT_THAT(named.triples, IsEmpty()) << list;
  }
}

TEST(ReadKnowledge, DoesNotCountWhatIsDeniedAsInvented) {
  const auto named = read_knowledge("It is not true that (France, rules, Atlantis).", atlas());
  EXPECT_THAT(named.entities, ElementsAre("France"));
  EXPECT_THAT(named.triples, IsEmpty());
}

TEST(ReadKnowledge, ReadsBetweenTagsOfThinking) {
  const auto named =
      read_knowledge("<think>France borders Spain.</think>\n<answer>Madrid</answer>", atlas());
  EXPECT_THAT(named.entities, ElementsAre("France", "Madrid", "Spain"));
  EXPECT_THAT(named.triples, ElementsAre(Triple{"France", "borders", "Spain"}));
}

TEST(ReadKnowledge, TakesTheMaskForNoName) {
  Graph masked = atlas();
  masked.triples[1].tail = kMask;
  const auto named = read_knowledge("The node ????? is the capital of France.", masked);
  EXPECT_THAT(named.entities, ElementsAre("France"));
}

// Named: France, Paris, Atlantis; borders, capital; (France, capital, Paris), and one invented.
TEST(KnowledgeCheck, IsTheExampleByHand) {
  const KnowledgeScores scores =
      knowledge_check("The capital of France is Paris. (France, borders, Atlantis)", atlas());
  EXPECT_DOUBLE_EQ(*scores.entities.precision, 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(*scores.entities.recall, 0.5);
  EXPECT_DOUBLE_EQ(*scores.entities.f1, 4.0 / 7.0);
  EXPECT_DOUBLE_EQ(*scores.relations.precision, 1.0);
  EXPECT_DOUBLE_EQ(*scores.relations.recall, 1.0);
  EXPECT_DOUBLE_EQ(*scores.triples.precision, 0.5);
  EXPECT_DOUBLE_EQ(*scores.triples.recall, 1.0 / 3.0);
}

TEST(KnowledgeCheck, IsUndefinedWhereADenominatorIsZero) {
  const KnowledgeScores silent = knowledge_check("I do not know.", atlas());
  EXPECT_FALSE(silent.entities.precision.has_value());
  EXPECT_EQ(silent.entities.recall, 0.0);
  EXPECT_EQ(silent.triples.f1, 0.0);
  EXPECT_FALSE(knowledge_check("France", Graph{}).entities.f1.has_value());
}

TEST(ScoreKnowledge, LeavesTheMaskOutOfTheGold) {
  Graph masked = atlas();
  masked.entities[2].name = kMask;
  masked.triples[1].tail = kMask;
  const std::vector<std::string> entities{"france", "Spain", "MADRID"};
  const KnowledgeScores scores = score_knowledge(entities, {}, {}, masked);
  EXPECT_DOUBLE_EQ(*scores.entities.recall, 1.0);
  const std::vector<Triple> both{atlas().triples[0], atlas().triples[2]};
  EXPECT_DOUBLE_EQ(*score_knowledge({}, {}, both, masked).triples.recall, 1.0);
}

TEST(KnowledgeCheck, IsAtTheTopForTheWholeGraphAndInRangeForAnyPart) {
  Random random(11);
  const Graph graph = atlas();
  for (int round = 0; round < 50; ++round) {
    std::vector<Triple> triples = graph.triples;
    random.shuffle(triples);
    std::string whole, part;
    for (const Triple& triple : triples) {
      whole += to_string(triple) + "\n";
      if (random.chance(0.5)) part += to_string(triple) + "\n";
    }
    EXPECT_DOUBLE_EQ(*knowledge_check(whole, graph).triples.f1, 1.0);
    EXPECT_DOUBLE_EQ(*knowledge_check(whole, graph).entities.f1, 1.0);
    EXPECT_DOUBLE_EQ(*knowledge_check(whole, graph).relations.f1, 1.0);
    const KnowledgeScores some = knowledge_check(part, graph);
    EXPECT_EQ(some.triples.precision.value_or(1.0), 1.0);
    EXPECT_LE(*some.entities.recall, 1.0);
  }
}

}  // namespace
}  // namespace stareval
