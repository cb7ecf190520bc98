// star-eval read as a user runs it: a drawn picture to JSON and to an overlay; each failure with
// its exit code. What is read rightly is tested in backends/reader.
#include <gtest/gtest.h>

#include "engine/draw/draw.h"
#include "engine/draw/picture_decoder.h"
#include "libstareval/base/file.h"
#include "libstareval/base/json.h"
#include "tests/integration/program.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::ProgramResult;
using testing::star_eval;
using testing::TempFolder;

class ReadTest : public ::testing::Test {
 protected:
  ProgramResult read(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "read");
    return star_eval(std::move(arguments), {.folder = folder_.path(), .environment = {}});
  }

  TempFolder folder_;
};

TEST_F(ReadTest, NamesWhatIsWrongWithTheCall) {
  const ProgramResult nothing = read({});
  EXPECT_EQ(nothing.exit_code, 2);
  EXPECT_NE(nothing.err.find("name a picture"), std::string::npos) << nothing.err;
  testing::write_bytes(folder_ / "a.png", "?");
  EXPECT_EQ(read({"a.png", "--overlay", "./a.png"}).exit_code, 2);
  EXPECT_EQ(testing::read_bytes(folder_ / "a.png"), "?");
  EXPECT_EQ(read({"a.png", "--overlay", "none/b.png"}).exit_code, 3);
  EXPECT_EQ(read({"--help"}).exit_code, 0);
}

#if STAREVAL_HAS_READER

// Two nodes and an arrow.
engine::Picture drawn() {
  engine::Scene scene;
  scene.nodes = {{"Lisbon", {}}, {"Portugal", {}}};
  scene.edges = {{0, 1, "capital of"}};
  Random random(3);
  return engine::draw_scene(scene, engine::sample_style(engine::StyleSet::plain, random), 3)
      .value();
}

TEST_F(ReadTest, WritesTheGraphAndAnOverlay) {
  const engine::Picture picture = drawn();
  testing::write_bytes(folder_ / "a.png", picture.png);
  const ProgramResult result = read({"a.png", "--overlay", "seen.png"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json::object graph = parse_json_object(result.out, "stdout").value();
  EXPECT_EQ(graph.at("schema").as_string(), "stareval.read/1");
  EXPECT_EQ(graph.at("width").as_int64(), picture.width);
  EXPECT_EQ(graph.at("nodes").as_array().size(), 2U);
  EXPECT_EQ(graph.at("edges").as_array().size(), 1U);
  EXPECT_EQ(result.err, "2 nodes, 1 edge; overlay seen.png\n");
  const auto seen =
      engine::decode_whole_picture(testing::read_bytes(folder_ / "seen.png"), "seen.png");
  ASSERT_TRUE(seen.has_value());
  EXPECT_EQ(seen->width, picture.width);
  EXPECT_GT(seen->height, picture.height);  // with a legend
}

TEST_F(ReadTest, WritesToAFileAndIsQuiet) {
  testing::write_bytes(folder_ / "a.png", drawn().png);
  const ProgramResult result = read({"a.png", "--out", "graph.json", "--quiet"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out + result.err, "");
  EXPECT_EQ(testing::read_bytes(folder_ / "graph.json"), read({"a.png", "--quiet"}).out);
}

TEST_F(ReadTest, RefusesWhatIsNoPicture) {
  EXPECT_EQ(read({"missing.png"}).exit_code, 3);
  testing::write_bytes(folder_ / "text.png", "no picture at all");
  const ProgramResult text = read({"text.png", "--overlay", "seen.png"});
  EXPECT_EQ(text.exit_code, 3);
  EXPECT_NE(text.err.find("text.png"), std::string::npos) << text.err;
  EXPECT_EQ(text.out, "");
  EXPECT_FALSE(file_exists(folder_ / "seen.png"));
}

#else

TEST_F(ReadTest, SaysWhatABuildWithoutTheReaderLacks) {
  testing::write_bytes(folder_ / "a.png", "?");
  const ProgramResult result = read({"a.png"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("STAREVAL_BUILD_READER"), std::string::npos) << result.err;
}

#endif

}  // namespace
}  // namespace stareval
