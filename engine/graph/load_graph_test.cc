// Refusals: one bad file at a time, with the exact message. By hand: what is dropped and counted.
#include "engine/graph/load_graph.h"

#include <gmock/gmock.h>

#include <regex>

#include "engine/test_support_internal.h"
#include "tests/support/temp_folder.h"

namespace stareval::engine {
namespace {

constexpr const char* kManifest =
    R"({"schema": "stareval.graph/1", "name": "mini", "licence": "CC0", "relations": [
      {"label": "capital", "statement": "{head} has {tail} as a capital.", "overlaps": ["seat"]},
      {"label": "seat"}]})";
constexpr const char* kEntities =
    "id\tname\ttype\timage\n"
    "fr\tFrance\tcountry\tfr.png\n"
    "pa\tParis\tcity\t\n";
constexpr const char* kTriples = "head\trelation\ttail\nfr\tcapital\tpa\n";

struct Files {
  std::string manifest = kManifest;
  std::string entities = kEntities;
  std::string triples = kTriples;
};

Result<LoadedGraph> load(const Files& files, const std::filesystem::path& folder) {
  write_file_atomic(folder / "graph.json", files.manifest).value();
  write_file_atomic(folder / "entities.tsv", files.entities).value();
  write_file_atomic(folder / "triples.tsv", files.triples).value();
  write_file_atomic(folder / "fr.png", "png").value();
  return load_graph(folder);
}

TEST(LoadGraph, ReadsAFolder) {
  const testing::TempFolder folder;
  const LoadedGraph loaded = load({}, folder.path()).value();
  const KnowledgeGraph& graph = loaded.graph;
  EXPECT_EQ(graph.info().name, "mini");
  EXPECT_EQ(graph.info().licence, "CC0");
  EXPECT_EQ(graph.info().digest.substr(0, 7), "sha256:");
  EXPECT_EQ(graph.entity(0).image, folder.path() / "fr.png");
  EXPECT_TRUE(graph.entity(1).image.empty());
  EXPECT_EQ(graph.relation(1).statement, "{head} has the relation \"seat\" to {tail}.");
  EXPECT_TRUE(graph.contains({0, 0, 1}));
  EXPECT_TRUE(graph.may_hold({0, 1, 1}));
  EXPECT_EQ(loaded.report.rows, 1U);
}

TEST(LoadGraph, ToleratesWindowsLineEndsMarksAndEmptyLines) {
  const testing::TempFolder folder;
  Files files;
  files.entities = "\xEF\xBB\xBF" + std::regex_replace(files.entities, std::regex("\n"), "\r\n");
  files.triples = "head\trelation\ttail\r\n\r\nfr\tcapital\tpa\r\n\r\n";
  const LoadedGraph loaded = load(files, folder.path()).value();
  EXPECT_EQ(loaded.graph.entity(1).name, "Paris");
  EXPECT_EQ(loaded.graph.facts().size(), 1U);
}

TEST(LoadGraph, CountsDuplicatesAndSelfLoops) {
  const testing::TempFolder folder;
  Files files;
  files.triples += "fr\tcapital\tpa\nfr\tseat\tfr\npa\tseat\tfr\nfr\tcapital\tpa\n";
  const LoadedGraph loaded = load(files, folder.path()).value();
  EXPECT_EQ(loaded.graph.facts().size(), 2U);
  EXPECT_EQ(loaded.report.rows, 5U);
  EXPECT_EQ(loaded.report.duplicate_triples, 2U);
  EXPECT_EQ(loaded.report.self_loops, 1U);
}

TEST(LoadGraph, ReadsWhatARelationImplies) {
  const testing::TempFolder folder;
  Files files;
  files.manifest = R"({"schema": "stareval.graph/1", "name": "kinds", "relations": [
    {"label": "part of", "kinds": "kind of"}, {"label": "kind of", "transitive": true}]})";
  files.entities =
      "id\tname\ttype\timage\nc\tcar\t\t\nv\tvehicle\t\t\nm\tmachine\t\t\nw\twheel\t\t\n";
  files.triples = "head\trelation\ttail\nc\tkind of\tv\nv\tkind of\tm\nw\tpart of\tc\n";
  const KnowledgeGraph graph = load(files, folder.path()).value().graph;
  EXPECT_FALSE(graph.relation(0).transitive);
  EXPECT_EQ(graph.relation(0).kinds, RelationId{1});
  EXPECT_TRUE(graph.may_hold({0, 1, 2}));
  EXPECT_TRUE(graph.may_hold({3, 0, 1}));
  EXPECT_FALSE(graph.may_hold({2, 1, 0}));
}

// A file with one text replaced by another, and the whole message; "DIR" stands for the folder.
struct Refusal {
  std::string Files::*file;
  std::string from, to;
  std::string message;
};

std::vector<Refusal> refusals() {
  return {
      {&Files::entities, "id\tname\ttype\timage", "id\tname\timage",
       "DIR/entities.tsv:1: expected the header \"id name type image\" with tabs between, found "
       "\"id name image\"; write the header as the first line"},
      {&Files::triples, "fr\tcapital\tpa", "fr\tcapital",
       "DIR/triples.tsv:2: expected 3 cells (head, relation, tail) with tabs between, found 2; an "
       "empty cell still needs its tab"},
      {&Files::triples, "fr\tcapital\tpa", "de\tcapital\tpa",
       "DIR/triples.tsv:2: column \"head\": expected the id of an entity, found \"de\"; add the "
       "entity to entities.tsv, or remove the row"},
      {&Files::triples, "fr\tcapital\tpa", "fr\tcapitol\tpa",
       "DIR/triples.tsv:2: column \"relation\": expected the label of a relation, found "
       "\"capitol\"; add the relation to graph.json, or remove the row"},
      {&Files::triples, "fr\tcapital\tpa", "fr\tcapital\tParis",
       "DIR/triples.tsv:2: column \"tail\": expected the id of an entity, found \"Paris\"; add the "
       "entity to entities.tsv, or remove the row"},
      {&Files::entities, "pa\tParis", "fr\tParis",
       "DIR/entities.tsv:3: column \"id\": expected an id of its own, found \"fr\" again (first in "
       "DIR/entities.tsv:2); remove the row, or give it another id"},
      {&Files::entities, "pa\tParis", "pa\tFRANCE.",
       "DIR/entities.tsv:3: column \"name\": expected a name that no other entity has, found "
       "\"FRANCE.\" again (first in DIR/entities.tsv:2); tell the two apart, for example \"Paris "
       "(Texas)\""},
      {&Files::entities, "Paris", "?????",
       "DIR/entities.tsv:3: column \"name\": expected a name that is not empty and not ?????, "
       "found \"?????\"; name the entity, or remove it and its triples"},
      {&Files::entities, "pa\t", "\t",
       "DIR/entities.tsv:3: column \"id\": expected an id, found an empty cell; give the entity an "
       "id of its own"},
      {&Files::entities, "Paris", "Par\xEFs",
       "DIR/entities.tsv:3: expected UTF-8, found other bytes; convert the file, for example with "
       "iconv -f latin1 -t utf-8"},
      {&Files::entities, "fr.png", "de.png",
       "DIR/entities.tsv:2: column \"image\": expected a file in the folder of the graph, found "
       "none at \"de.png\"; add the file, or leave the cell empty"},
      {&Files::entities, "fr.png", std::string(300, 'x'),
       "DIR/entities.tsv:2: column \"image\": expected a file in the folder of the graph, found "
       "none at \"" +
           std::string(300, 'x') + "\"; add the file, or leave the cell empty"},
      {&Files::entities, "fr.png", "../fr.png",
       "DIR/entities.tsv:2: column \"image\": expected a path within the folder of the graph, "
       "found \"../fr.png\"; write it relative to that folder, without \"..\""},
      {&Files::manifest, "stareval.graph/1", "other/1",
       "DIR/graph.json: field \"schema\": expected stareval.graph/1, found \"other/1\""},
      {&Files::manifest, "\"seat\"}", "\"Capital\"}",
       "DIR/graph.json: field \"relations[1].label\": expected a label of its own, found "
       "\"Capital\" again (first in relations[0])"},
      {&Files::manifest, "{head} has {tail}", "{head} has it",
       "DIR/graph.json: field \"relations[0].statement\": expected a sentence with {head} and "
       "{tail}, each once, found \"{head} has it as a capital.\""},
      {&Files::manifest, "[\"seat\"]", "[\"seats\"]",
       "DIR/graph.json: field \"relations[0].overlaps\": expected labels of relations of this "
       "file, found \"seats\""},
      {&Files::manifest, "{\"label\": \"seat\"}", R"({"label": "seat", "kinds": "capital"})",
       "DIR/graph.json: field \"relations[1].kinds\": expected the label of a transitive relation "
       "of this file, found \"capital\""},
      {&Files::manifest, "{\"label\": \"seat\"}", R"({"label": "seat", "transitive": 1})",
       "DIR/graph.json: field \"relations[1].transitive\": expected true or false, found an "
       "integer"},
  };
}

TEST(LoadGraph, RefusesWithFileLineAndAdvice) {
  const testing::TempFolder folder;
  for (const Refusal& refusal : refusals()) {
    Files files;
    std::string& text = files.*refusal.file;
    ASSERT_NE(text.find(refusal.from), std::string::npos) << refusal.from;
    text.replace(text.find(refusal.from), refusal.from.size(), refusal.to);
    const auto loaded = load(files, folder.path());
    ASSERT_TRUE(loaded.has_error()) << refusal.message;
    EXPECT_EQ(loaded.error().code, ErrorCode::bad_data);
    EXPECT_EQ(loaded.error().message,
              std::regex_replace(refusal.message, std::regex("DIR"), folder.path().string()));
  }
}

TEST(LoadGraph, SaysWhichFileIsMissing) {
  const testing::TempFolder folder;
  const auto loaded = load_graph(folder.path());
  ASSERT_TRUE(loaded.has_error());
  EXPECT_EQ(loaded.error().code, ErrorCode::io);
  EXPECT_THAT(loaded.error().message, ::testing::HasSubstr("graph.json"));
}

TEST(LoadGraph, AtlasLoadsWhole) {
  const auto loaded =
      load_graph(std::filesystem::path(STAREVAL_TEST_SOURCE_DIR) / "share/graphs/atlas");
  ASSERT_TRUE(loaded.has_value()) << loaded.error().message;
  EXPECT_EQ(loaded->report.duplicate_triples, 0U);
  EXPECT_EQ(loaded->report.self_loops, 0U);
  EXPECT_GT(loaded->graph.facts().size(), 3800U);
}

TEST(FindGraph, KnowsNamesAndFolders) {
  EXPECT_TRUE(find_graph("atlas").has_value());
  EXPECT_TRUE(find_graph("no such graph").has_error());
}

}  // namespace
}  // namespace stareval::engine
