// load_graph() on foreign formats: which format is recognised, by hand; options; errors.
#include <gmock/gmock.h>

#include "engine/graph/load_graph.h"
#include "tests/support/temp_folder.h"

namespace stareval::engine {
namespace {

using stareval::testing::TempFolder;
using stareval::testing::write_bytes;
using ::testing::HasSubstr;

constexpr const char* kNameTriples = "France\tcapital\tParis\nParis\tnear\tParis\n";

void write_openke(const TempFolder& folder) {
  write_bytes(folder / "entity2id.txt", "2\nFrance\t0\nParis\t1\n");
  write_bytes(folder / "relation2id.txt", "1\nhasCapital\t0\n");
  write_bytes(folder / "train2id.txt", "1\n0 1 0\n");
}

TEST(LoadForeignGraph, RecognisesOpenKe) {
  const TempFolder folder;
  write_openke(folder);
  write_bytes(folder / "test2id.txt", "1\n1 0 0\n");
  write_bytes(folder / "entity2text.txt", "Paris\tCity of Paris\n");
  const LoadedGraph loaded = load_graph(folder.path()).value();
  EXPECT_EQ(loaded.report.format, "openke");
  EXPECT_EQ(loaded.graph.facts().size(), 2U) << "test triples are true too";
  EXPECT_EQ(loaded.graph.entity(1).name, "City of Paris");
  EXPECT_EQ(loaded.graph.info().name, folder.path().filename());
  EXPECT_EQ(loaded.graph.info().digest.size(), 71U);
}

TEST(LoadForeignGraph, RecognisesTriplesOfNames) {
  const TempFolder folder;
  write_bytes(folder / "my graph.tsv", kNameTriples);
  const LoadedGraph file = load_graph(folder / "my graph.tsv").value();
  EXPECT_EQ(file.report.format, "names");
  EXPECT_EQ(file.graph.info().name, "my graph");
  write_bytes(folder / "train.txt", kNameTriples);
  write_bytes(folder / "valid.txt", "Lyon\tnear\tParis\n");
  write_bytes(folder / "entity2text.txt", "Lyon\tLyons\n");
  const LoadedGraph splits = load_graph(folder.path()).value();
  EXPECT_EQ(splits.report.format, "names");
  EXPECT_EQ(splits.graph.facts().size(), 2U);
  EXPECT_TRUE(splits.graph.find_entity("Lyons").has_value());
}

TEST(LoadForeignGraph, RecognisesNTriples) {
  const TempFolder folder;
  write_bytes(folder / "b.nt", "<a:x> <a:r> <a:y> .\n");
  write_bytes(folder / "a.nt", "<a:y> <a:r> <a:x> .\n");
  EXPECT_EQ(load_graph(folder / "a.nt").value().report.format, "ntriples");
  EXPECT_EQ(load_graph(folder.path()).value().graph.facts().size(), 2U);
  EXPECT_EQ(load_graph(folder.path()).value().graph.entity(0).name, "a:y") << "files by name";
}

TEST(LoadForeignGraph, RecognisesVisualSemAndItsPictures) {
  const TempFolder folder;
  write_bytes(folder / "nodes.v2.json",
              R"({"bn:1n": {"ms": "WN:EN:cat", "ims": ["ab12"]}, "bn:2n": {"ms": "WN:EN:pet"}})");
  write_bytes(folder / "tuples.v2.json", R"({"bn:2n": [{"s": "bn:1n", "r": "IsA"}]})");
  write_bytes(folder / "images/ab/ab12.jpg", "x");
  const LoadedGraph loaded = load_graph(folder / "").value();
  EXPECT_EQ(loaded.report.format, "visualsem");
  EXPECT_EQ(to_string(loaded.graph.to_triple({0, 0, 1})), "(cat, is a, pet)");
  EXPECT_EQ(loaded.graph.entity(0).image, folder / "images/ab/ab12.jpg");
}

TEST(LoadForeignGraph, TakesPicturesOfAFolder) {
  const TempFolder folder, pictures;
  write_openke(folder);
  write_bytes(pictures / "Paris.jpg", "x");
  const LoadedGraph loaded = load_graph(folder.path(), {.pictures = pictures.path()}).value();
  EXPECT_EQ(loaded.graph.entity(1).image, pictures / "Paris.jpg");
  EXPECT_EQ(loaded.report.pictures, 1U);
  const auto missing = load_graph(folder.path(), {.pictures = pictures / "none"});
  ASSERT_TRUE(missing.has_error());
  EXPECT_THAT(missing.error().message, HasSubstr("cannot list the folder of pictures"));
}

TEST(LoadForeignGraph, TheFormatCanBeNamed) {
  const TempFolder folder;
  write_openke(folder);
  write_bytes(folder / "train.txt", kNameTriples);
  LoadOptions options{.format = GraphFormat::names};
  EXPECT_EQ(load_graph(folder.path(), options).value().report.format, "names");
  options.keep_self_loops = true;
  EXPECT_EQ(load_graph(folder.path(), options).value().graph.facts().size(), 2U);
  options.format = GraphFormat::visualsem;
  EXPECT_THAT(load_graph(folder.path(), options).error().message, HasSubstr("nodes.v2.json"));
}

TEST(LoadForeignGraph, TheDigestIsThatOfTheFiles) {
  const TempFolder folder;
  write_openke(folder);
  const std::string before = load_graph(folder.path()).value().graph.info().digest;
  EXPECT_EQ(load_graph(folder.path()).value().graph.info().digest, before);
  write_bytes(folder / "valid2id.txt", "0\n");
  EXPECT_NE(load_graph(folder.path()).value().graph.info().digest, before);
}

TEST(LoadForeignGraph, SaysWhichFilesAreMissing) {
  const TempFolder folder;
  write_bytes(folder / "entity2id.txt", "0\n");
  EXPECT_THAT(load_graph(folder.path()).error().message, HasSubstr("relation2id.txt"));
  write_bytes(folder / "relation2id.txt", "0\n");
  const auto loaded = load_graph(folder.path());
  EXPECT_EQ(loaded.error().code, ErrorCode::io);
  EXPECT_THAT(loaded.error().message, HasSubstr("train2id.txt, valid2id.txt, test2id.txt"));
  EXPECT_EQ(load_graph("no such graph").error().code, ErrorCode::usage);
}

TEST(GraphFormat, NamesReadBack) {
  for (const GraphFormat format :
       {GraphFormat::automatic, GraphFormat::folder, GraphFormat::openke, GraphFormat::names,
        GraphFormat::visualsem, GraphFormat::ntriples})
    EXPECT_EQ(parse_graph_format(to_string(format)).value(), format);
  EXPECT_EQ(parse_graph_format("csv").error().code, ErrorCode::usage);
}

}  // namespace
}  // namespace stareval::engine
