// By hand.
#include "engine/graph/name_triples.h"

#include <gmock/gmock.h>

#include "engine/graph/test_foreign_internal.h"

namespace stareval::engine {
namespace {

using testing::ElementsAre;

Result<LoadedGraph> load(std::string_view text) {
  GraphBuilder builder("names", false);
  read_name_triples(text_of("train.txt", text), builder);
  return finish(builder);
}

TEST(NameTriples, ReadsALineATriple) {
  const LoadedGraph loaded = load(
                                 "\xEF\xBB\xBF"
                                 "France\tcapital\tParis\r\n\r\n Paris \tlocatedIn\tFrance")
                                 .value();
  EXPECT_THAT(triples_of(loaded),
              ElementsAre("(France, capital, Paris)", "(Paris, located in, France)"));
  EXPECT_TRUE(rows_add_up(loaded));
}

TEST(NameTriples, PassesOverAHeader) {
  EXPECT_THAT(triples_of(load("Head\tRelation\tTail\nFrance\tcapital\tParis\n").value()),
              ElementsAre("(France, capital, Paris)"));
  EXPECT_EQ(load("subject\tpredicate\tobject\na\tb\tc\n").value().report.rows, 1U);
  EXPECT_EQ(load("a\tb\tc\nhead\trelation\ttail\n").value().graph.facts().size(), 2U)
      << "a header stands in the first line only";
}

TEST(NameTriples, DropsRowsWithATabInAName) {
  const LoadedGraph loaded =
      load("a\tr\tb\na\tr\tc\nNew\tYork\tr\tb\na\tr\n\tr\tb\na\tr\td\n").value();
  EXPECT_EQ(loaded.graph.facts().size(), 3U);
  EXPECT_EQ(loaded.report.malformed_rows, 3U);
  EXPECT_TRUE(rows_add_up(loaded));
  EXPECT_EQ(loaded.report.examples[0],
            "train.txt:3: expected head, relation and tail with tabs between, found \"New York r "
            "b\"");
}

TEST(NameTriples, RepairsAndTellsApart) {
  const LoadedGraph loaded = load(
                                 "Par\xEFs\tr\tparis\nParis\tr\tA\x01"
                                 "B\n")
                                 .value();
  EXPECT_EQ(loaded.graph.entity(0).name, "Par\uFFFDs");
  EXPECT_EQ(loaded.graph.entity(2).name, "Paris (2)");
  EXPECT_EQ(loaded.graph.entity(3).name, "A B");
  EXPECT_EQ(loaded.report.not_utf8, 1U);
  EXPECT_EQ(loaded.report.control_characters, 1U);
  EXPECT_EQ(loaded.report.equal_names, 1U);
}

TEST(NameTriples, TheMaskedSignIsNoName) {
  const LoadedGraph loaded = load("?????\t?????\tb\n").value();
  EXPECT_THAT(triples_of(loaded), ElementsAre("(entity 1, relation 1, b)"));
  EXPECT_EQ(loaded.report.unnamed, 2U);
}

TEST(NameTriples, RefusesAFileOfAnotherFormat) {
  const auto loaded = load("h,r,t\nFrance,capital,Paris\n");
  ASSERT_TRUE(loaded.has_error());
  EXPECT_EQ(loaded.error().message,
            "graph: expected triples (names), found none; the first: train.txt:1: expected head, "
            "relation and tail with tabs between, found \"h,r,t\"");
}

}  // namespace
}  // namespace stareval::engine
