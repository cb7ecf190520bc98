// Every mistake of a user gives one line that says what to do, and the right exit code. The table
// was written by hand from what a user needs to read.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>

#include "apps/star_mock_server/mock_server.h"
#include "libstareval/base/file.h"
#include "tests/integration/program.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;
using testing::ProgramResult;
using testing::star_eval;
using testing::TempFolder;

struct Mistake {
  const char* name;
  std::vector<std::string> command;
  int exit_code;
  std::vector<const char*> says;  // pieces that must stand in the one line
};

// A dataset of one baseline run, copied so that it can be damaged.
void copy_atlas(const fs::path& to) {
  fs::copy(STAREVAL_TEST_SOURCE_DIR "/share/datasets/atlas", to, fs::copy_options::recursive);
}

void damage(const fs::path& file, const std::string& from, const std::string& to) {
  std::string text = read_file(file).value();
  const auto at = text.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  std::ofstream(file) << text;
}

class MistakeTest : public ::testing::Test {
 protected:
  void expect(const Mistake& mistake) {
    SCOPED_TRACE(mistake.name);
    const ProgramResult result = star_eval(mistake.command, {folder_.path(), {}});
    EXPECT_EQ(result.exit_code, mistake.exit_code) << result.err;
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    for (const char* piece : mistake.says)
      EXPECT_NE(result.err.find(piece), std::string::npos) << piece << " is not in: " << result.err;
    EXPECT_EQ(result.out, "");
  }

  TempFolder folder_;
};

TEST_F(MistakeTest, OfWording) {
  const std::vector<Mistake> mistakes{
      {"unknown command",
       {"evaluate"},
       2,
       {"no command is named \"evaluate\"", "run, list, synth"}},
      {"unknown task",
       {"--backend", "baseline", "--task", "XX"},
       2,
       {"--task: expected EC", "\"XX\""}},
      {"unknown backend",
       {"--backend", "gpt", "--task", "RC"},
       2,
       {"no backend is named \"gpt\"",
        "anthropic, azure, baseline, command, gemini, ollama, openai, "}},
      {"no backend", {"--task", "RC"}, 2, {"--backend is missing", "--backend openai"}},
      {"no task", {"--backend", "baseline"}, 2, {"--task is missing", "--task RC"}},
      {"unknown option",
       {"--backend", "baseline", "--task", "RC", "--fast"},
       2,
       {"--fast", "star-eval run --help"}},
      {"shortened option", {"--back", "baseline", "--task", "RC"}, 2, {"--back"}},
      {"limit not a number",
       {"--backend", "baseline", "--task", "RC", "--limit", "few"},
       2,
       {"--limit: expected a whole number", "\"few\""}},
      {"unknown mode",
       {"--backend", "baseline", "--task", "RC", "--mode", "think"},
       2,
       {"direct", "cot", "\"think\""}},
      {"bad setting",
       {"--backend", "baseline", "--task", "RC", "--set", "temperature"},
       2,
       {"--set: expected key=value"}},
      {"unknown setting",
       {"--backend", "baseline", "--task", "RC", "--set", "warmth=1"},
       2,
       {"warmth"}},
      {"temperature out of range",
       {"--backend", "baseline", "--task", "RC", "--set", "temperature=9"},
       2,
       {"temperature", "from 0 to 2", "\"9\""}},
      {"unknown baseline",
       {"--backend", "baseline", "--model", "gpt", "--task", "RC"},
       2,
       {"oracle", "majority", "random", "constant"}},
      {"missing key", {"--backend", "openai", "--task", "RC"}, 2, {"OPENAI_API_KEY is not set"}},
      {"unknown split",
       {"--backend", "baseline", "--task", "RC", "--split", "dev"},
       2,
       {"no split \"dev\"", "test"}},
      {"unknown report", {"report", "runs/x", "--format", "pdf"}, 2, {"\"pdf\"", "markdown"}},
      {"nothing to list", {"list", "models"}, 2, {"\"models\"", "backends"}},
      {"synth without out", {"synth", "--graph", "atlas"}, 2, {"--out is missing"}},
  };
  for (const Mistake& mistake : mistakes) expect(mistake);
}

TEST_F(MistakeTest, OfTheWorld) {
  std::ofstream(folder_.path() / "file") << "not a folder";
  const std::vector<Mistake> mistakes{
      {"missing dataset",
       {"--backend", "baseline", "--task", "RC", "--dataset", "nowhere"},
       2,
       {"\"nowhere\"", "atlas"}},
      {"folder without dataset",
       {"--backend", "baseline", "--task", "RC", "--dataset", "."},
       3,
       {"no dataset.json"}},
      {"unwritable folder",
       {"--backend", "baseline", "--task", "RC", "--out", "file/run"},
       3,
       {"cannot make the folder file/run"}},
      {"no run to score", {"score", "runs/none"}, 3, {"runs/none", "no manifest.json"}},
      {"no run to report", {"report", "runs/none"}, 3, {"runs/none"}},
      {"no run to replay",
       {"--backend", "replay", "--task", "RC", "--from", "runs/none"},
       3,
       {"runs/none"}},
      {"missing graph", {"synth", "--graph", "nowhere", "--out", "x"}, 2, {"\"nowhere\"", "atlas"}},
  };
  for (const Mistake& mistake : mistakes) expect(mistake);
}

TEST_F(MistakeTest, ADeadServerEndsTheRunWithOneLine) {
  std::string base_url;
  {
    const auto server = MockServer::start({}).value();
    base_url = server->base_url();
  }
  expect({"dead server",
          {"--backend", "openai", "--base-url", base_url, "--task", "RC"},
          3,
          {"no request got a reply", "cannot connect", "127.0.0.1"}});
}

TEST_F(MistakeTest, AWrongKeyEndsTheRunWithOneLine) {
  MockScript script;
  script.fallback.status = 401;
  const auto server = MockServer::start(std::move(script)).value();
  expect({"wrong key",
          {"--backend", "openai", "--base-url", server->base_url(), "--task", "RC"},
          3,
          {"no request got a reply", "401"}});
}

TEST_F(MistakeTest, ABrokenLineIsNamedWithItsFieldByRunAndCheck) {
  copy_atlas(folder_.path() / "data");
  damage(folder_.path() / "data/test.jsonl",
         "\"answer\":{\"value\":", "\"answer\":{\"value\":null,\"x\":");
  expect({"run on a broken line",
          {"--backend", "baseline", "--task", "RC", "--dataset", "data"},
          3,
          {"data/test.jsonl:1: field \"answer.value\": expected an integer, found null"}});
  const ProgramResult check = star_eval({"check", "data"}, {folder_.path(), {}});
  EXPECT_EQ(check.exit_code, 1);
  EXPECT_NE(check.out.find("test.jsonl:1: field \"answer.value\""), std::string::npos) << check.out;
}

// A sample that cannot be scored must not become a silent gap.
TEST_F(MistakeTest, AnAnswerOfTheWrongKindIsNamedByRunAndCheck) {
  copy_atlas(folder_.path() / "data");
  damage(folder_.path() / "data/test.jsonl",
         "\"answer\":{\"value\":", "\"answer\":{\"triple\":null,\"x\":");
  damage(folder_.path() / "data/dataset.json", "\"digest\": \"sha256:7932",
         "\"undigest\": \"sha256:7932");
  expect({"wrong kind",
          {"--backend", "baseline", "--task", "EC", "--dataset", "data"},
          3,
          {"sample EC-0001: field \"answer.value\"", "star-eval check"}});
  const ProgramResult check = star_eval({"check", "data"}, {folder_.path(), {}});
  EXPECT_EQ(check.exit_code, 1);
  EXPECT_NE(check.out.find("EC-0001: field \"answer.value\""), std::string::npos) << check.out;
}

// Reading a pipe would never end.
TEST_F(MistakeTest, APipeInPlaceOfAFileIsRefused) {
  copy_atlas(folder_.path() / "data");
  fs::remove(folder_.path() / "data/test.jsonl");
  ASSERT_EQ(::mkfifo((folder_.path() / "data/test.jsonl").c_str(), 0600), 0);
  expect({"pipe",
          {"--backend", "baseline", "--task", "EC", "--dataset", "data"},
          3,
          {"test.jsonl: it is not a regular file"}});
}

// What fills the buffer of the output fails while it is printed, the rest when the program ends.
TEST_F(MistakeTest, AFullDiskUnderTheOutputIsSaid) {
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"--version"}, {"run", "--help"}}) {
    const ProgramResult result =
        star_eval(command, {.folder = {}, .environment = {}, .out = "/dev/full"});
    EXPECT_EQ(result.exit_code, 3) << command.front();
    EXPECT_EQ(result.err, "star-eval: cannot write the result to the standard output\n");
  }
}

TEST_F(MistakeTest, AnEditedDatasetIsRefused) {
  copy_atlas(folder_.path() / "data");
  damage(folder_.path() / "data/test.jsonl", "\"question\":\"", "\"question\":\"Hint: 3. ");
  expect({"edited dataset",
          {"--backend", "baseline", "--task", "RC", "--dataset", "data"},
          2,
          {"the file was changed after it was made"}});
}

TEST_F(MistakeTest, AMissingPictureIsNamedBeforeAnythingIsSent) {
  copy_atlas(folder_.path() / "data");
  const fs::path picture = *fs::recursive_directory_iterator(folder_.path() / "data/images/test");
  const std::string task = picture.filename().string().substr(0, 2);
  fs::remove(picture);
  expect({"missing picture",
          {"--backend", "baseline", "--task", task, "--dataset", "data"},
          3,
          {picture.filename().c_str(), "is missing"}});
  const ProgramResult check = star_eval({"check", "data"}, {folder_.path(), {}});
  EXPECT_EQ(check.exit_code, 1);
  EXPECT_NE(check.out.find(picture.filename().string()), std::string::npos) << check.out;
}

TEST_F(MistakeTest, RunsOnTwoDatasetsAreNotPutIntoOneTable) {
  const auto must = [&](std::vector<std::string> command) {
    const ProgramResult result = star_eval(std::move(command), {folder_.path(), {}});
    ASSERT_EQ(result.exit_code, 0) << result.err;
  };
  must({"synth", "--task", "EC", "--count", "2", "--seed", "1", "--out", "a"});
  must({"synth", "--task", "EC", "--count", "2", "--seed", "2", "--out", "b"});
  for (const char* name : {"a", "b"})
    must({"--backend", "baseline", "--model", "oracle", "--task", "EC", "--dataset", name, "--out",
          std::string("run-") + name});
  expect({"two datasets",
          {"report", "run-a", "run-b"},
          2,
          {"cannot be compared", "the dataset is", "report them apart"}});
}

}  // namespace
}  // namespace stareval
