// On disk: files, picture paths, refusals, and that an error leaves what stood there.
#include "training/export.h"

#include <gmock/gmock.h>

#include <set>

#include "libstareval/base/text.h"
#include "protocols/protocols.h"
#include "tests/support/errors.h"
#include "tests/support/samples.h"

namespace stareval::training {
namespace {

namespace fs = std::filesystem;

using ::testing::ElementsAre;
using testing::error_code;
using testing::error_text;
using ::testing::HasSubstr;
using testing::read_bytes;
using testing::write_bytes;

class ExportTest : public ::testing::Test {
 protected:
  void SetUp() override {
    register_protocols(registry_);
    put({testing::count_sample("a"), testing::count_sample("b", "TC")});
    options_.format = find_format("llama-factory").value();
    options_.dataset = folder_ / "data";
    options_.split = "test";
    options_.out = folder_ / "sft";
  }

  void put(std::vector<Sample> samples) {
    for (Sample& sample : samples) {
      if (sample.task == "TC") sample.gold = CountGold{3};
      testing::add_picture(sample, folder_ / "data");
    }
    Dataset dataset = testing::make_dataset(std::move(samples), folder_ / "data");
    ASSERT_EQ(error_text(write_dataset(dataset, {})), "(no error)");
  }

  [[nodiscard]] Result<ExportReport> run() const { return export_split(registry_, options_); }

  // Rows of the export, which must succeed.
  [[nodiscard]] std::vector<json::object> rows() const {
    const auto report = run();
    EXPECT_EQ(error_text(report), "(no error)");
    std::vector<json::object> rows;
    const std::string text = report.has_value() ? read_bytes(report->file) : "";
    for (const std::string_view line : split(text, '\n'))
      if (!line.empty()) rows.push_back(parse_json_object(line, "row").value());
    return rows;
  }

  [[nodiscard]] std::vector<std::string> pictures() const {
    std::vector<std::string> paths;
    for (const json::object& row : rows())
      for (const json::value& path : row.at("images").as_array())
        paths.emplace_back(path.as_string());
    return paths;
  }

  [[nodiscard]] std::set<std::string> files() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(options_.out))
      names.insert(entry.path().filename().string());
    return names;
  }

  const testing::TempFolder folder_;
  Registry registry_;
  ExportOptions options_;
};

TEST_F(ExportTest, WritesARowASampleInTheirOrder) {
  const auto rows = this->rows();
  ASSERT_EQ(rows.size(), 2U);
  const auto said = [&](std::size_t row, std::size_t turn) {
    return std::string(rows[row].at("conversations").at(turn).at("value").as_string());
  };
  EXPECT_TRUE(said(0, 0).starts_with("<image>How many are there?")) << said(0, 0);
  EXPECT_EQ(said(0, 1), "4");
  EXPECT_EQ(said(1, 1), "3");
  EXPECT_EQ(files(), (std::set<std::string>{"dataset_info.json", "little_test_direct.jsonl"}));
}

TEST_F(ExportTest, NamesPicturesByARelativePathThatLeadsThere) {
  const auto paths = pictures();
  EXPECT_THAT(paths, ElementsAre("../data/images/a.png", "../data/images/b.png"));
  for (const std::string& path : paths) EXPECT_TRUE(fs::exists(options_.out / path)) << path;
}

TEST_F(ExportTest, FollowsLinksToTheDataset) {
  fs::create_directories(folder_ / "far/away");
  fs::create_directory_symlink(folder_ / "far/away", folder_ / "sft");
  const auto paths = pictures();
  EXPECT_THAT(paths, ElementsAre("../../data/images/a.png", "../../data/images/b.png"));
  for (const std::string& path : paths) EXPECT_TRUE(fs::exists(options_.out / path)) << path;
}

TEST_F(ExportTest, NamesPicturesByAnAbsolutePath) {
  options_.pictures = Pictures::absolute;
  for (const std::string& path : pictures()) {
    EXPECT_TRUE(path.starts_with("/")) << path;
    EXPECT_TRUE(fs::exists(path)) << path;
  }
}

TEST_F(ExportTest, CopiesPictures) {
  options_.pictures = Pictures::copy;
  EXPECT_THAT(pictures(), ElementsAre("images/a.png", "images/b.png"));
  EXPECT_EQ(read_bytes(folder_ / "sft/images/a.png"), read_bytes(folder_ / "data/images/a.png"));
}

TEST_F(ExportTest, CopiesOverNoOtherPicture) {
  options_.pictures = Pictures::copy;
  write_bytes(folder_ / "sft/images/b.png", "somebody's");
  EXPECT_EQ(error_code(run()), ErrorCode::usage);
  EXPECT_EQ(read_bytes(folder_ / "sft/images/b.png"), "somebody's");
  options_.overwrite = true;
  EXPECT_EQ(error_text(run()), "(no error)");
  EXPECT_EQ(read_bytes(folder_ / "sft/images/b.png"), read_bytes(folder_ / "data/images/b.png"));
}

TEST_F(ExportTest, CopiesNoPictureThatWasChanged) {
  options_.pictures = Pictures::copy;
  write_bytes(folder_ / "data/images/b.png", "changed");
  EXPECT_EQ(error_code(run()), ErrorCode::mismatch);
}

TEST_F(ExportTest, SaysWhichPictureIsMissing) {
  fs::remove(folder_ / "data/images/b.png");
  EXPECT_THAT(error_text(run()), HasSubstr("sample b: the picture "));
  EXPECT_EQ(files(), std::set<std::string>{});
}

TEST_F(ExportTest, TakesTheTasksThatAreAskedFor) {
  options_.tasks = {"TC"};
  EXPECT_EQ(rows().size(), 1U);
  options_.overwrite = true;
  options_.tasks = {"SD"};
  EXPECT_EQ(error_text(run()), "dataset little: no sample of SD in its split test");
}

TEST_F(ExportTest, KeepsTheOtherDatasetsOfTheInfoFile) {
  write_bytes(folder_ / "sft/dataset_info.json", R"({"mine": {"file_name": "mine.json"}})");
  (void)rows();
  const std::string text = read_bytes(folder_ / "sft/dataset_info.json");
  const json::object info = parse_json_object(text, "info").value();
  EXPECT_EQ(info.at("mine").at("file_name").as_string(), "mine.json");
  EXPECT_EQ(info.at("little_test_direct").at("file_name").as_string(), "little_test_direct.jsonl");
}

TEST_F(ExportTest, WritesNothingBesideAnInfoFileThatItCannotRead) {
  write_bytes(folder_ / "sft/dataset_info.json", "not json");
  EXPECT_EQ(error_code(run()), ErrorCode::bad_data);
  EXPECT_EQ(files(), std::set<std::string>{"dataset_info.json"});
}

TEST_F(ExportTest, NeedsNoInfoFileForSwift) {
  options_.format = find_format("ms-swift").value();
  options_.mode = Mode::cot;
  const auto rows = this->rows();
  EXPECT_EQ(rows.at(0).at("solution").as_string(), "4");
  EXPECT_EQ(files(), std::set<std::string>{"little_test_cot.jsonl"});
}

TEST_F(ExportTest, DestroysNoFileUnasked) {
  write_bytes(folder_ / "sft/little_test_direct.jsonl", "somebody's");
  EXPECT_EQ(error_code(run()), ErrorCode::usage);
  EXPECT_THAT(error_text(run()), HasSubstr("give --force"));
  EXPECT_EQ(read_bytes(folder_ / "sft/little_test_direct.jsonl"), "somebody's");
  options_.overwrite = true;
  EXPECT_EQ(rows().size(), 2U);
}

TEST_F(ExportTest, CountsTheSamplesThatAreNoRowsAndWritesNone) {
  std::vector<Sample> samples{testing::count_sample("a"), testing::count_sample("b"),
                              testing::count_sample("c")};
  samples[1].rationale.clear();
  samples[2].rationale.clear();
  put(std::move(samples));
  options_.mode = Mode::cot;
  write_bytes(folder_ / "sft/little_test_cot.jsonl", "old");
  options_.overwrite = true;
  EXPECT_EQ(error_text(run()),
            "dataset little: split test cannot be exported in the mode cot: 2 samples: no "
            "rationale (first: b); nothing was written; --mode direct needs no rationale");
  EXPECT_EQ(read_bytes(folder_ / "sft/little_test_cot.jsonl"), "old");
  EXPECT_EQ(files().size(), 1U);
}

TEST_F(ExportTest, KeepsBackWhatComesFromAFileThatWasChanged) {
  std::string lines = read_bytes(folder_ / "data/test.jsonl");
  lines.replace(lines.find("How many"), 8, "How much");
  write_bytes(folder_ / "data/test.jsonl", lines);
  EXPECT_EQ(error_code(run()), ErrorCode::mismatch);
  EXPECT_EQ(files(), std::set<std::string>{});
}

TEST_F(ExportTest, CountsTheRowsWithTokens) {
  Sample sample = testing::count_sample("a");
  sample.question = "How many are <image>?";
  put({sample, testing::count_sample("b")});
  EXPECT_EQ(run().value().escaped, 1U);
}

TEST_F(ExportTest, MakesAFileNameOfAnyName) {
  options_.name = "../mine";
  EXPECT_THAT(error_text(run()), HasSubstr("found \"../mine\""));
  options_.name = "mine";
  EXPECT_EQ(run().value().file, options_.out / "mine.jsonl");
  options_.name.clear();
  std::string manifest = read_bytes(folder_ / "data/dataset.json");
  manifest.replace(manifest.find("little"), 6, "a/b, c");
  write_bytes(folder_ / "data/dataset.json", manifest);
  EXPECT_EQ(run().value().file.filename(), "a-b--c_test_direct.jsonl");
}

TEST(ParsePictures, KnowsThreeWays) {
  EXPECT_EQ(parse_pictures("copy").value(), Pictures::copy);
  EXPECT_EQ(error_text(parse_pictures("link")),
            "--images: expected relative, absolute or copy, found \"link\"");
}

}  // namespace
}  // namespace stareval::training
