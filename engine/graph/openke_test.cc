// By hand: a graph of three entities; then each defect, with its count.
#include "engine/graph/openke.h"

#include <gmock/gmock.h>

#include "engine/graph/test_foreign_internal.h"

namespace stareval::engine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Texts {
  std::string entities = "3\n/m/fr\t0\n/m/pa\t1\n/m/de\t2\n";
  std::string relations = "2\r\n/location/country/capital\t0\r\nsharesBorderWith\t1\r\n";
  std::string train = "2\n0 1 0\n0 2 1\n";
  std::string valid = "1\n2 0 1\n";
  const char* names = "/m/fr\tFrance\n/m/pa\tParis\n/m/de\tGermany\n/m/xx\tElsewhere\n";
};

Result<LoadedGraph> load(const Texts& texts, bool keep_self_loops = false) {
  GraphBuilder builder("openke", keep_self_loops);
  OpenKeTexts files{text_of("entity2id.txt", texts.entities),
                    text_of("relation2id.txt", texts.relations),
                    {text_of("train2id.txt", texts.train), text_of("valid2id.txt", texts.valid)},
                    {}};
  if (texts.names != nullptr) files.names = text_of("entity2text.txt", texts.names);
  read_openke(files, builder);
  return finish(builder);
}

TEST(OpenKe, ReadsHeadTailRelationOfAllSplits) {
  const LoadedGraph loaded = load({}).value();
  EXPECT_THAT(triples_of(loaded),
              ElementsAre("(France, capital, Paris)", "(France, shares border with, Germany)",
                          "(Germany, shares border with, France)"));
  EXPECT_EQ(loaded.graph.entity(0).id, "/m/fr");
  EXPECT_EQ(loaded.report.rows, 3U);
  EXPECT_EQ(report_lines(loaded.report).size(), 1U) << "a clean graph has one line";
}

TEST(OpenKe, TakesIdsForNamesWhereThereAreNone) {
  Texts texts;
  texts.entities = "3\nNew_York_(state) 0\nAlbany,_New_York 1\nOntario 2\n";
  texts.names = nullptr;
  const LoadedGraph loaded = load(texts).value();
  EXPECT_EQ(loaded.graph.entity(0).name, "New York (state)");
  EXPECT_EQ(loaded.graph.entity(1).name, "Albany, New York");
  EXPECT_EQ(loaded.report.unnamed, 0U);
}

TEST(OpenKe, CountsEntitiesThatTheNamesLeaveOut) {
  Texts texts;
  texts.names = "/m/fr\tFrance\n/m/pa\t?????\nno tab\n";
  const LoadedGraph loaded = load(texts).value();
  EXPECT_EQ(loaded.graph.entity(1).name, "/m/pa");
  EXPECT_EQ(loaded.report.unnamed, 2U);
  EXPECT_EQ(loaded.report.malformed_entries, 1U);
}

TEST(OpenKe, TellsEqualNamesApart) {
  Texts texts;
  texts.names = "/m/fr\tOrange\n/m/pa\torange\n/m/de\tOrange\n";
  const LoadedGraph loaded = load(texts).value();
  EXPECT_EQ(loaded.graph.entity(1).name, "orange (2)");
  EXPECT_EQ(loaded.graph.entity(2).name, "Orange (3)");
  EXPECT_EQ(loaded.report.equal_names, 2U);
}

TEST(OpenKe, NumbersNeedNotBeDense) {
  Texts texts;
  texts.entities = "3\n/m/de 4000000000\n/m/fr 7\n/m/pa 0\n";
  texts.train = "2\n7 0 0\n7 4000000000 1\n";
  texts.valid = "0\n";
  EXPECT_THAT(triples_of(load(texts).value()),
              ElementsAre("(France, capital, Paris)", "(France, shares border with, Germany)"));
}

TEST(OpenKe, DropsAndCountsTriplesThatAreNone) {
  Texts texts;
  texts.train =
      "8\n0 1 0\n0 2 1\n0 1\n0 1 x\n0 1 0 0\n0 9 0\n0 1 2\n2 2 1\n\n0 1 0\n0 2 1\n0 2 1\n-1 2 0\n";
  texts.valid = "1\n2 0 1\n";
  const LoadedGraph loaded = load(texts).value();
  EXPECT_EQ(loaded.report.malformed_rows, 4U);
  EXPECT_EQ(loaded.report.unknown_ids, 2U);
  EXPECT_EQ(loaded.report.self_loops, 1U);
  EXPECT_EQ(loaded.report.duplicate_triples, 3U);
  EXPECT_EQ(loaded.report.wrong_counts, 1U);
  EXPECT_EQ(loaded.graph.facts().size(), 3U);
  EXPECT_TRUE(rows_add_up(loaded));
  EXPECT_THAT(loaded.report.examples, testing::SizeIs(5));
  EXPECT_EQ(loaded.report.examples[0],
            "train2id.txt:4: expected head, tail and relation as numbers, found \"0 1\"");
  EXPECT_EQ(loaded.report.examples[3],
            "train2id.txt:7: expected head, tail and relation that are listed, in this order, "
            "found \"0 9 0\"");
}

TEST(OpenKe, KeepsSelfLoopsWhereAsked) {
  Texts texts;
  texts.valid = "1\n2 2 1\n";
  EXPECT_EQ(load(texts).value().report.self_loops, 1U);
  const LoadedGraph kept = load(texts, true).value();
  EXPECT_EQ(kept.report.self_loops, 0U);
  EXPECT_TRUE(kept.graph.contains({2, 1, 2}));
  EXPECT_TRUE(rows_add_up(kept));
}

TEST(OpenKe, CountsListsThatContradictThemselves) {
  Texts texts;
  texts.entities = "/m/fr\t0\n/m/pa\t1\n/m/de\t2\n/m/de\t3\n/m/it\t1\nno number\n";
  texts.train = "2\n0 1 0\n0 3 1\n";
  const LoadedGraph loaded = load(texts).value();
  EXPECT_EQ(loaded.graph.entities().size(), 3U);
  EXPECT_EQ(loaded.graph.entity(2).name, "Germany") << "both of its numbers lead to it";
  EXPECT_EQ(loaded.report.duplicate_ids, 2U);
  EXPECT_EQ(loaded.report.malformed_entries, 1U);
  EXPECT_EQ(loaded.report.wrong_counts, 1U);
  EXPECT_EQ(loaded.report.examples.back(), "entity2id.txt:1: expected a count, found \"6 lines\"");
}

TEST(OpenKe, RepairsNames) {
  Texts texts;
  texts.names =
      "/m/fr\tFr\xFF"
      "ance\n/m/pa\tPa\tris\n/m/de\t \n";
  const LoadedGraph loaded = load(texts).value();
  EXPECT_EQ(loaded.graph.entity(0).name,
            "Fr\uFFFD"
            "ance");
  EXPECT_EQ(loaded.graph.entity(1).name, "Pa ris");
  EXPECT_EQ(loaded.report.not_utf8, 1U);
  EXPECT_EQ(loaded.report.control_characters, 1U);
  EXPECT_EQ(loaded.report.unnamed, 1U);
}

TEST(OpenKe, CountsEntitiesInNoTriple) {
  Texts texts;
  texts.entities += "/m/mars\t3\n";
  const LoadedGraph loaded = load(texts).value();
  EXPECT_EQ(loaded.graph.entities().size(), 4U);
  EXPECT_EQ(loaded.report.isolated, 1U);
}

TEST(OpenKe, RefusesAnotherOrderOfColumns) {
  Texts texts;
  texts.train = "2\n0 0 1\n0 1 2\n";
  texts.valid = "1\n2 1 2\n";
  const auto loaded = load(texts);
  ASSERT_TRUE(loaded.has_error());
  EXPECT_EQ(loaded.error().code, ErrorCode::bad_data);
  EXPECT_THAT(loaded.error().message,
              HasSubstr("train2id.txt:3: expected head, tail and relation that are listed, in this "
                        "order, found \"0 1 2\""));
}

TEST(OpenKe, RefusesAGraphWithoutTriples) {
  Texts texts;
  texts.train = texts.valid = "0\n";
  EXPECT_EQ(load(texts).error().message, "graph: expected triples (openke), found none");
}

}  // namespace
}  // namespace stareval::engine
