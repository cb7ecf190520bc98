// By hand: lines as DBpedia and Wikidata write them, and as they must not be.
#include "engine/graph/ntriples.h"

#include <gmock/gmock.h>

#include "engine/graph/test_foreign_internal.h"

namespace stareval::engine {
namespace {

using testing::ElementsAre;

Result<LoadedGraph> load(std::vector<std::string_view> texts) {
  GraphBuilder builder("ntriples", false);
  std::vector<SourceText> files;
  for (const std::string_view text : texts) files.push_back(text_of("g.nt", text));
  read_ntriples(files, builder);
  return finish(builder);
}

constexpr std::string_view kFrance =
    "# countries\n"
    "<http://x.org/r/France> <http://x.org/o/hasCapital> <http://x.org/r/Paris> .\n"
    "\n"
    "  <http://x.org/r/Paris>\t<http://x.org/o/locatedIn>\t<http://x.org/r/France>.# in\r\n";

TEST(NTriples, ReadsStatementsAndTakesLocalNames) {
  const LoadedGraph loaded = load({kFrance}).value();
  EXPECT_THAT(triples_of(loaded),
              ElementsAre("(France, has capital, Paris)", "(Paris, located in, France)"));
  EXPECT_EQ(loaded.graph.entity(0).id, "http://x.org/r/France");
  EXPECT_EQ(loaded.report.rows, 2U);
  EXPECT_EQ(loaded.report.malformed_rows, 0U);
}

TEST(NTriples, NamesComeFromLiterals) {
  const std::string text =
      std::string(kFrance) +
      "<http://x.org/r/France> <http://www.w3.org/2000/01/rdf-schema#label> \"Frankreich\"@de .\n"
      "<http://x.org/r/France> <http://www.w3.org/2004/02/skos/core#prefLabel> \"La France\" .\n"
      "<http://x.org/r/France> <http://schema.org/name> \"The \\\"Hexagon\\\"\"@en-GB .\n"
      "<http://x.org/r/France> <http://schema.org/name> \"Another\"@en .\n"
      "<http://x.org/r/Paris> <http://www.w3.org/2000/01/rdf-schema#label> \"\"@en .\n"
      "<http://x.org/r/Paris> <http://www.w3.org/2000/01/rdf-schema#label> \"Pariz\"@sl .\n"
      "<http://x.org/r/Mars> <http://www.w3.org/2000/01/rdf-schema#label> \"Mars\"@en .\n"
      "<http://x.org/o/hasCapital> <http://www.w3.org/2000/01/rdf-schema#label> \"chief city\" .\n"
      "<http://x.org/r/Paris> <http://x.org/o/population> "
      "\"2\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n";
  const LoadedGraph loaded = load({text}).value();
  EXPECT_EQ(loaded.graph.entity(0).name, "The \"Hexagon\"");
  EXPECT_EQ(loaded.graph.entity(1).name, "Pariz");
  EXPECT_EQ(loaded.graph.relation(0).label, "chief city");
  EXPECT_EQ(loaded.graph.entities().size(), 2U) << "a name alone makes no entity";
  EXPECT_EQ(loaded.report.attributes, 9U);
  EXPECT_TRUE(rows_add_up(loaded));
}

TEST(NTriples, TypesAreNoTriples) {
  const LoadedGraph loaded =
      load({std::string(kFrance) +
            "<http://x.org/r/Paris> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            "<http://x.org/o/Capital_city> .\n"})
          .value();
  EXPECT_EQ(loaded.graph.entity(1).type, "Capital city");
  EXPECT_EQ(loaded.graph.facts().size(), 2U);
  EXPECT_EQ(loaded.report.attributes, 1U);
}

TEST(NTriples, EscapesInIrisAndLiterals) {
  const LoadedGraph loaded =
      load({"<http://x.org/S\\u00e3o> <http://x.org/near> <http://x.org/b> .\n"
            "<http://x.org/b> <http://x.org/near> <http://x.org/São> .\n"
            "<http://x.org/b> <http://schema.org/name> \"tab\\there, smile \\U0001F600\" .\n"})
          .value();
  EXPECT_THAT(triples_of(loaded),
              ElementsAre("(São, near, tab here, smile 😀)", "(tab here, smile 😀, near, São)"));
  EXPECT_EQ(loaded.report.control_characters, 1U);
}

TEST(NTriples, BlankNodesBelongToTheirFile) {
  constexpr std::string_view kOne = "_:b1 <http://x.org/near> _:b2.\n";
  const LoadedGraph one = load({kOne}).value();
  EXPECT_THAT(triples_of(one), ElementsAre("(b1, near, b2)"));
  const LoadedGraph two = load({kOne, kOne}).value();
  EXPECT_EQ(two.graph.entities().size(), 4U);
  EXPECT_EQ(two.graph.facts().size(), 2U);
}

TEST(NTriples, PassesOverTheGraphOfNQuads) {
  EXPECT_EQ(load({"<a:x> <a:r> <a:y> <a:graph> .\n"}).value().graph.entities().size(), 2U);
}

TEST(NTriples, DropsAndCountsWhatIsNoStatement) {
  std::string good;
  for (int i = 0; i < 20; ++i) good += fmt::format("<a:x{}> <a:r> <a:y> .\n", i);
  const std::vector<std::string> bad{"<a:x> <a:r> <a:y>",
                                     "<a:x> <a:r> .",
                                     "\"x\" <a:r> <a:y> .",
                                     "<a:x> _:r <a:y> .",
                                     "<a:x> \"r\" <a:y> .",
                                     "<a:x> <a:r> \"open .",
                                     "<a:x <a:r> <a:y> .",
                                     "<> <a:r> <a:y> .",
                                     "<a:x> <a:r> <a:y> . more",
                                     "<a:x> <a:r> \"y\"@ .",
                                     "<a:x> <a:r> \"y\\\" .",
                                     "_: <a:r> <a:y> .",
                                     "<a:x> <a:r> \"y\"^^<a .",
                                     "x",
                                     "<a:x> <a:r> <a:y> <a:g> <a:h> ."};
  for (const std::string& line : bad) {
    const LoadedGraph loaded = load({good + line + "\n"}).value();
    EXPECT_EQ(loaded.report.malformed_rows, 1U) << line;
    EXPECT_EQ(loaded.graph.facts().size(), 20U) << line;
    EXPECT_TRUE(rows_add_up(loaded)) << line;
  }
}

TEST(NTriples, ErrorsNameTheLine) {
  const LoadedGraph loaded = load({std::string(kFrance) + "<a:x> <a:r>\n"}).value();
  EXPECT_THAT(loaded.report.examples,
              ElementsAre("g.nt:5: expected <subject> <predicate> <object> ., found \"<a:x> "
                          "<a:r>\""));
}

}  // namespace
}  // namespace stareval::engine
