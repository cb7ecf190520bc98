// End to end on the shipped atlas, with drawing: files, digests, and the same bytes again. By hand:
// the scene of a sample.
#include "engine/synth.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "engine/sample_scene.h"
#include "engine/synth_sheet.h"
#include "engine/test_support_internal.h"
#include "libstareval/base/digest.h"
#include "libstareval/data/dataset_check.h"
#include "libstareval/data/picture_check.h"
#include "tests/support/temp_folder.h"

namespace stareval::engine {
namespace {

using ::testing::HasSubstr;

SynthOptions options_for(const std::filesystem::path& out) {
  SynthOptions options;
  options.tasks = {"EC", "RC", "IC", "TC", "SD", "ED", "ER", "RR"};
  options.splits = {{"test", 2}};
  options.seed = 5;
  options.out = out;
  return options;
}

std::string digest_of(const SynthOptions& options) {
  return synthesise(atlas(), options).value().splits.at(0).digest;
}

TEST(Synth, MakesADatasetThatReadsBack) {
  const testing::TempFolder folder;
  std::size_t calls = 0;
  const auto made = synthesise(atlas(), options_for(folder.path()), [&](const SynthProgress& now) {
    EXPECT_EQ(now.done, ++calls);
    EXPECT_EQ(now.total, 16U);
  });
  ASSERT_TRUE(made.has_value()) << made.error().message;
  EXPECT_EQ(calls, 16U);
  const Dataset read = read_dataset(folder.path(), "test").value();
  ASSERT_EQ(made->splits.size(), 1U);
  EXPECT_EQ(read.digest, made->splits[0].digest);
  EXPECT_EQ(made->splits[0].samples, 16U);
  EXPECT_EQ(read.name, "atlas");
  ASSERT_EQ(read.samples.size(), 16U);
  for (const Sample& sample : read.samples) {
    ASSERT_EQ(sample.images.size(), 1U);
    const std::string bytes = read_file(folder.path() / sample.images[0].path).value();
    EXPECT_EQ(sha256(bytes), sample.images[0].digest);
    EXPECT_EQ(bytes.substr(1, 3), "PNG");
    EXPECT_GT(sample.images[0].width, 0);
  }
}

TEST(Synth, MakesTheSameBytesWithAnyNumberOfThreads) {
  const testing::TempFolder one, three;
  SynthOptions options = options_for(one.path());
  const std::string digest = digest_of(options);
  options.out = three.path();
  options.threads = 3;
  EXPECT_EQ(digest_of(options), digest);
  for (const char* file : {"dataset.json", "test.jsonl", "images/test/ED-0002.png"})
    EXPECT_EQ(read_file(one.path() / file).value(), read_file(three.path() / file).value()) << file;
}

TEST(Synth, SaysWhereTheDatasetComesFrom) {
  const testing::TempFolder folder;
  SynthOptions options = options_for(folder.path());
  options.tasks = {"EC"};
  (void)synthesise(atlas(), options).value();
  const std::string path = (folder.path() / "dataset.json").string();
  const json::object about = parse_json_object(read_file(path).value(), path).value();
  const json::object& generator = about.at("generator").as_object();
  EXPECT_EQ(generator.at("name").as_string(), "star-eval synth");
  EXPECT_EQ(generator.at("graph").as_object().at("digest").as_string(), atlas().info().digest);
  EXPECT_EQ(generator.at("splits").as_object().at("test").as_object().at("seed").as_int64(), 5);
  EXPECT_EQ(about.at("licence").as_string(), atlas().info().licence);
  EXPECT_EQ(about.at("attribution").as_array(), atlas().info().sources);
}

// Start entities, subgraphs and files of the splits are all different.
void expect_apart(const std::filesystem::path& folder) {
  std::map<std::string, std::set<std::string>> starts;
  std::set<std::string> clusters, paths;
  for (const char* split : {"test", "train"})
    for (const Sample& sample : read_dataset(folder, split).value().samples) {
      starts[split].insert(std::string(sample.meta.at("start").as_string()));
      EXPECT_TRUE(clusters.insert(sample.cluster).second);
      EXPECT_TRUE(paths.insert(sample.images[0].path).second);
      EXPECT_TRUE(std::filesystem::exists(folder / sample.images[0].path));
    }
  for (const std::string& start : starts["test"]) EXPECT_FALSE(starts["train"].contains(start));
}

TEST(Synth, SplitsOfTwoCallsShareNoSubgraphNoStartAndNoFile) {
  const testing::TempFolder folder;
  SynthOptions options = options_for(folder.path());
  options.tasks = {"SD"};
  options.splits = {{"test", 4}};
  (void)synthesise(atlas(), options).value();
  options.splits = {{"train", 8}};
  (void)synthesise(atlas(), options).value();
  expect_apart(folder.path());
  EXPECT_TRUE(check_dataset(folder.path()).value().ok());
}

TEST(Synth, MakesTrainAndTestInOneCall) {
  const testing::TempFolder folder;
  SynthOptions options = options_for(folder.path());
  options.tasks = {"SD"};
  options.splits = {{"train", 16}, {"test", 4}};
  const SynthReport report = synthesise(atlas(), options).value();
  ASSERT_EQ(report.splits.size(), 2U);
  EXPECT_EQ(report.splits[0].split, "train");
  EXPECT_EQ(report.splits[0].samples, 16U);
  EXPECT_EQ(report.splits[1].samples, 4U);
  expect_apart(folder.path());
  EXPECT_TRUE(check_dataset(folder.path()).value().ok());
}

std::set<std::string> files_in(const std::filesystem::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    names.insert(entry.path().filename().string());
  return names;
}

TEST(Synth, MakingASplitAnewLeavesNoOldPicture) {
  const testing::TempFolder folder;
  SynthOptions options = options_for(folder.path());
  options.tasks = {"EC", "RC"};
  options.splits = {{"test", 3}};
  (void)synthesise(atlas(), options).value();
  testing::write_bytes(folder / "images/test.tmp/EC-0009.png", "of a run that was killed");
  options.splits = {{"test", 2}};
  options.seed = 6;
  (void)synthesise(atlas(), options).value();
  EXPECT_EQ(files_in(folder / "images"), std::set<std::string>{"test"});
  EXPECT_EQ(files_in(folder / "images/test"),
            (std::set<std::string>{"EC-0001.png", "EC-0002.png", "RC-0001.png", "RC-0002.png"}));
  EXPECT_TRUE(check_dataset(folder.path()).value().ok());
}

TEST(Synth, AFailureWhileDrawingLeavesTheSplitAsItWas) {
  const testing::TempFolder folder;
  SynthOptions options = options_for(folder.path() / "made");
  options.tasks = {"IC"};
  const std::string digest = digest_of(options);
  const testing::TempFolder copy;
  std::filesystem::copy(std::filesystem::path(STAREVAL_TEST_SOURCE_DIR) / "share/graphs/atlas",
                        copy / "atlas", std::filesystem::copy_options::recursive);
  const KnowledgeGraph graph = load_graph(copy / "atlas").value().graph;
  for (const GraphEntity& entity : graph.entities()) std::filesystem::remove(entity.image);
  options.seed = 6;
  EXPECT_EQ(synthesise(graph, options).error().code, ErrorCode::io);
  EXPECT_EQ(files_in(folder / "made/images"), std::set<std::string>{"test"});
  EXPECT_TRUE(check_dataset(options.out).value().ok());
  EXPECT_EQ(read_dataset(options.out, "test").value().digest, digest);
}

TEST(Synth, RefusesAFolderOfAnotherSchema) {
  const testing::TempFolder folder;
  testing::write_bytes(folder / "dataset.json", R"({"schema": "other/1", "splits": {}})");
  const auto made = synthesise(atlas(), options_for(folder.path()));
  ASSERT_TRUE(made.has_error());
  EXPECT_EQ(made.error().code, ErrorCode::bad_data);
  EXPECT_THAT(made.error().message, HasSubstr("field \"schema\""));
  EXPECT_EQ(files_in(folder.path()), std::set<std::string>{"dataset.json"});
}

TEST(Synth, RefusesWhatCannotBeMade) {
  SynthOptions options = options_for("");
  EXPECT_EQ(synthesise(atlas(), options).error().message, "synth: expected a folder for --out");
  options = options_for("/dev/null/x");
  EXPECT_EQ(synthesise(atlas(), options).error().code, ErrorCode::io);
  options.splits = {{"../test", 1}};
  EXPECT_THAT(synthesise(atlas(), options).error().message, HasSubstr("found \"../test\""));
  options.splits = {{"test", 1}, {"test", 2}};
  EXPECT_THAT(synthesise(atlas(), options).error().message, HasSubstr("found test again"));
  options.splits = {{"test", 0}};
  EXPECT_THAT(synthesise(atlas(), options).error().message, HasSubstr("expected samples for test"));
  options.tasks.clear();
  EXPECT_EQ(synthesise(atlas(), options).error().code, ErrorCode::usage);
}

TEST(Synth, PutsSomePicturesOnASheet) {
  const testing::TempFolder folder;
  (void)synthesise(atlas(), options_for(folder.path())).value();
  const std::string sheet = sheet_of_split(folder.path(), "test", 5).value();
  EXPECT_EQ(sheet.substr(1, 3), "PNG");
  EXPECT_GT(check_picture(sheet, "sheet").value().width, 1000);
  EXPECT_TRUE(sheet_of_split(folder.path(), "none").has_error());
  std::filesystem::remove(folder / "images/test/EC-0001.png");
  EXPECT_EQ(sheet_of_split(folder.path(), "test").error().code, ErrorCode::io);
}

Sample small_sample() {
  Sample sample;
  sample.graph = {{{"France", true}, {"Paris", false}, {"Spain", false}},
                  {{"France", "capital", "Paris"}, {"France", "borders", "Spain"}}};
  return sample;
}

TEST(SceneOf, ShowsTheDrawnGraph) {
  Random random(1);
  const Sample sample = small_sample();
  const Scene scene = scene_of(atlas(), sample, random);
  ASSERT_EQ(scene.nodes.size(), 3U);
  std::set<Triple> triples;
  for (const SceneEdge& edge : scene.edges)
    triples.insert({scene.nodes[static_cast<std::size_t>(edge.from)].label, edge.label,
                    scene.nodes[static_cast<std::size_t>(edge.to)].label});
  EXPECT_EQ(triples, std::set<Triple>(sample.graph.triples.begin(), sample.graph.triples.end()));
  for (const SceneNode& node : scene.nodes) {
    EXPECT_EQ(node.image_path.has_value(), node.label == "France");
    EXPECT_TRUE(!node.image_path || std::filesystem::exists(*node.image_path));
  }
}

TEST(SceneOf, HidesAMaskedEntity) {
  Random random(1);
  Sample sample = small_sample();
  sample.change = {Change::Kind::mask_entity, 0, {}, false};
  for (const SceneNode& node : scene_of(atlas(), sample, random).nodes) {
    EXPECT_NE(node.label, "France");
    EXPECT_FALSE(node.image_path.has_value());
  }
}

TEST(SceneOf, ShufflesNodesByTheSeed) {
  std::set<std::string> first;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    Random random(seed);
    first.insert(scene_of(atlas(), small_sample(), random).nodes[0].label);
  }
  EXPECT_EQ(first.size(), 3U);
}

}  // namespace
}  // namespace stareval::engine
