// star-eval import as a user runs it: the lines of tests/data/more and pictures that are drawn
// here, to a dataset, to scripted replies, to scores worked out by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "apps/star_mock_server/mock_server.h"
#include "libstareval/base/file.h"
#include "libstareval/data/dataset.h"
#include "libstareval/report/summary.h"
#include "tests/integration/program.h"
#include "tests/support/make_png.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::ProgramResult;
using testing::star_eval;
using testing::TempFolder;

// By line; the golds stand in tests/data/more/test.txt.
constexpr std::array<const char*, 12> kReplies{"/per/per/alternate_names",
                                               "/per/org/member_of",
                                               "/per/org/leader_of",
                                               "/per/org/member_of",
                                               "/per/loc/place_of_residence",
                                               "none",
                                               "/per/per/alternate_names",
                                               "I see two people.",
                                               "none",
                                               "Two people shake hands.",
                                               "/per/per/partner",
                                               "none"};

class ImportTest : public ::testing::Test {
 protected:
  ImportTest() {
    for (const char* name : {"bridge.png", "match.png", "prize.png", "harbour.jpg"})
      testing::write_bytes(folder_ / "pictures" / name, testing::make_png(64, 40));
  }

  ProgramResult run(std::vector<std::string> command) {
    return star_eval(std::move(command), {folder_.path(), {}});
  }

  ProgramResult import_lines() {
    return run({"import", "--format", "more", STAREVAL_TEST_SOURCE_DIR "/tests/data/more/test.txt",
                "--images", "pictures", "--out", "more"});
  }

  TempFolder folder_;
};

TEST_F(ImportTest, SaysWhatBecameOfTheLines) {
  const ProgramResult result = import_lines();
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(result.out.starts_with(
      "more test: 12 samples in more/test.jsonl, 4 pictures, 8 crops\ndigest sha256:"))
      << result.out;
  EXPECT_NE(result.err.find("noted: labels without their first slash (1)\n"), std::string::npos);
  const ProgramResult check = run({"check", "more"});
  EXPECT_EQ(check.exit_code, 0) << check.out << check.err;
}

TEST_F(ImportTest, IsEvaluatedToTheScoresByHand) {
  ASSERT_EQ(import_lines().exit_code, 0);
  const Dataset dataset = read_dataset(folder_ / "more", "test").value();
  MockScript script;
  for (std::size_t i = 0; i < kReplies.size(); ++i)
    script.answers[dataset.samples.at(i).id] = kReplies.at(i);
  const auto server = MockServer::start(std::move(script)).value();
  const ProgramResult result =
      run({"--dataset", "more", "--task", "MORE", "--backend", "openai", "--base-url",
           server->base_url(), "--model", "scripted", "--json", "--quiet"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Summary summary =
      summary_from_json(parse_json_object(result.out, "stdout").value(), "stdout").value();
  ASSERT_EQ(summary.tasks.size(), 1U);
  const auto value = [&](std::string_view name) {
    const auto& metrics = summary.tasks.front().metrics;
    const auto metric = std::find_if(metrics.begin(), metrics.end(),
                                     [&](const Metric& m) { return m.name == name; });
    return metric == metrics.end() ? -1 : metric->value.value_or(-1);
  };
  EXPECT_DOUBLE_EQ(value("accuracy"), 6.0 / 12);
  EXPECT_DOUBLE_EQ(value("micro_precision"), 3.0 / 7);
  EXPECT_DOUBLE_EQ(value("micro_recall"), 3.0 / 6);
  EXPECT_DOUBLE_EQ(value("micro_f1"), 6.0 / 13);
  EXPECT_DOUBLE_EQ(value("micro_f1[nxn]"), 2.0 / 5);
  for (const MockRequest& request : server->requests()) EXPECT_EQ(request.pictures.size(), 2U);
}

TEST_F(ImportTest, NamesWhatIsMissing) {
  const ProgramResult format = run({"import", "lines.txt"});
  EXPECT_EQ(format.exit_code, 2);
  EXPECT_NE(format.err.find("--format is missing: say --format more"), std::string::npos);
  const ProgramResult other = run({"import", "--format", "mnre", "lines.txt"});
  EXPECT_EQ(other.exit_code, 2);
  EXPECT_NE(other.err.find("--format: expected more, found \"mnre\""), std::string::npos);
  const ProgramResult images = run({"import", "--format", "more", "lines.txt"});
  EXPECT_EQ(images.exit_code, 2);
  EXPECT_NE(images.err.find("--images is missing"), std::string::npos);
  const ProgramResult file =
      run({"import", "--format", "more", "lines.txt", "--images", "pictures", "--out", "more"});
  EXPECT_EQ(file.exit_code, 3);
  EXPECT_NE(file.err.find("lines.txt"), std::string::npos);
}

TEST_F(ImportTest, OfABrokenLineNamesItsPlace) {
  testing::write_bytes(folder_ / "lines.txt", "{'token': ['a', b]}\n");
  const ProgramResult result =
      run({"import", "--format", "more", "lines.txt", "--images", "pictures", "--out", "more"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_NE(result.err.find("lines.txt:1:17: expected a literal of Python, found the name \"b\""),
            std::string::npos)
      << result.err;
  EXPECT_FALSE(file_exists(folder_ / "more"));
}

}  // namespace
}  // namespace stareval
