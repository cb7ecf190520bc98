// Cases by hand.
#include <gtest/gtest.h>

#include "backends/reader/consistency_internal.h"
#include "backends/reader/test_graph_internal.h"

namespace stareval::reader {
namespace {

using testing::graph_of;

double weight(const std::vector<Triple>& triples, std::size_t edge) {
  return suspicions(graph_of(triples))[edge].weight;
}

TEST(Consistency, NothingSpeaksAgainstAGraphOfOneMould) {
  const ReadGraph graph = graph_of({{"France", "capital", "Paris"},
                                    {"Spain", "capital", "Madrid"},
                                    {"France", "borders", "Spain"}});
  for (const Suspicion& suspicion : suspicions(graph)) EXPECT_EQ(suspicion.weight, 0);
  EXPECT_FALSE(inconsistent_edge(graph));
  EXPECT_FALSE(is_inconsistent(graph));
}

TEST(Consistency, ALoopIsWrong) {
  const ReadGraph graph = graph_of({{"France", "borders", "Spain"}, {"Spain", "borders", "Spain"}});
  EXPECT_EQ(inconsistent_edge(graph), 1U);
  EXPECT_TRUE(is_inconsistent(graph));
}

TEST(Consistency, ATailOfAnotherKindIsStrange) {
  // Paris is a capital, and stands where languages do.
  const std::vector<Triple> triples{{"France", "capital", "Paris"},
                                    {"Spain", "capital", "Madrid"},
                                    {"Spain", "language", "Spanish"},
                                    {"Peru", "language", "Spanish"},
                                    {"France", "language", "Paris"}};
  EXPECT_GE(weight(triples, 4), kNamedFrom - 1);
  EXPECT_EQ(weight(triples, 0), weight(triples, 4)) << "which of the two is wrong, none can tell";
  EXPECT_FALSE(inconsistent_edge(graph_of(triples)));
  EXPECT_TRUE(is_inconsistent(graph_of(triples)));
}

TEST(Consistency, ANodeThatIsWrittenOtherwiseIsStrange) {
  const std::vector<Triple> triples{{"tea", "kind of", "drink"},
                                    {"milk", "kind of", "drink"},
                                    {"Peru", "kind of", "Region"},
                                    {"Peru", "borders", "Chile"},
                                    {"Region", "has", "Chile"}};
  EXPECT_GE(weight(triples, 2), kNamedFrom);
  EXPECT_EQ(inconsistent_edge(graph_of(triples)), 2U);
}

TEST(Consistency, OneOfTwoOppositeFactsIsWrongWhereNoOtherIsMutual) {
  const std::vector<Triple> opposite{{"cat", "kind of", "animal"}, {"animal", "kind of", "cat"}};
  EXPECT_GT(weight(opposite, 0), 0);
  EXPECT_FALSE(inconsistent_edge(graph_of(opposite))) << "they weigh the same";
  const std::vector<Triple> mutual{
      {"a", "borders", "b"}, {"b", "borders", "a"}, {"a", "borders", "c"}, {"c", "borders", "a"}};
  EXPECT_EQ(weight(mutual, 0), 0);
}

TEST(Consistency, BrokenGraphsAreNotJudged) {
  EXPECT_TRUE(suspicions({}).empty());
  ReadGraph graph;
  graph.nodes.resize(2);
  graph.edges.push_back({0, -1, "x", 1.0, {}, {}, 1.0});
  graph.edges.push_back({-1, -1, "", 0.0, {}, {}, 0.0});
  EXPECT_TRUE(suspicions(graph).empty());
  EXPECT_FALSE(inconsistent_edge(graph));
}

}  // namespace
}  // namespace stareval::reader
