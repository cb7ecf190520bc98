// The whole way as a user goes it: synth, check, run, score, verify, replay, report.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "apps/star_mock_server/mock_server.h"
#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/data/dataset.h"
#include "libstareval/report/summary.h"
#include "tests/integration/program.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::ProgramResult;
using testing::star_eval;
using testing::TempFolder;

class WorkflowTest : public ::testing::Test {
 protected:
  std::string must(std::vector<std::string> command) {
    const ProgramResult result = star_eval(std::move(command), {folder_.path(), {}});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out;
  }

  static Summary parse(const std::string& text) {
    return summary_from_json(parse_json_object(text, "stdout").value(), "stdout").value();
  }

  TempFolder folder_;
};

TEST_F(WorkflowTest, TheOracleScoresOneEverywhereInBothModes) {
  for (const char* mode : {"direct", "cot"}) {
    const Summary summary = parse(must({"--backend", "baseline", "--model", "oracle", "--task",
                                        "all", "--mode", mode, "--json", "--quiet"}));
    ASSERT_EQ(summary.tasks.size(), 8U);
    for (const TaskSummary& task : summary.tasks) {
      EXPECT_EQ(task.metrics.front().value, 1.0) << mode << " " << task.task;
      EXPECT_EQ(task.coverage(), 1.0) << mode << " " << task.task;
    }
    EXPECT_EQ(summary.average->value, 1.0);
  }
}

TEST_F(WorkflowTest, RandomIsWithinItsIntervalOfChanceWhereChoicesAreGiven) {
  const Summary summary = parse(
      must({"--backend", "baseline", "--model", "random", "--task", "ER,RR", "--json", "--quiet"}));
  for (const TaskSummary& task : summary.tasks) {
    EXPECT_LE(*task.metrics.front().low, 0.2) << task.task;
    EXPECT_GE(*task.metrics.front().high, 0.2) << task.task;
  }
}

TEST_F(WorkflowTest, TheServerReceivesTheBytesOnDisk) {
  const Dataset dataset =
      read_dataset(STAREVAL_TEST_SOURCE_DIR "/share/datasets/atlas", "test").value();
  MockScript script;
  script.answers = gold_answers(dataset);
  const auto server = MockServer::start(std::move(script)).value();
  must({"--backend", "openai", "--base-url", server->base_url(), "--task", "RC", "--quiet"});
  std::map<std::string, std::string> expected;
  for (const Sample& sample : dataset.samples)
    if (sample.task == "RC")
      expected[sample.id] = sha256(read_file(dataset.folder / sample.images.front().path).value());
  const auto requests = server->requests();
  ASSERT_EQ(requests.size(), expected.size());
  for (const MockRequest& request : requests) {
    ASSERT_EQ(request.pictures.size(), 1U);
    EXPECT_EQ(request.pictures.front(), expected.at(request.sample));
  }
}

TEST_F(WorkflowTest, ScoresAreDerivedFromTheJournalAlone) {
  must({"--backend", "baseline", "--model", "random", "--task", "all", "--out", "run"});
  const auto summary = read_file(folder_.path() / "run/summary.json").value();
  const auto scores = read_file(folder_.path() / "run/scores.jsonl").value();
  std::filesystem::remove(folder_.path() / "run/summary.json");
  std::filesystem::remove(folder_.path() / "run/scores.jsonl");
  must({"score", "run"});
  EXPECT_EQ(read_file(folder_.path() / "run/summary.json").value(), summary);
  EXPECT_EQ(read_file(folder_.path() / "run/scores.jsonl").value(), scores);
  must({"verify", "run"});
}

TEST_F(WorkflowTest, VerifyFindsAScoreThatWasChanged) {
  must({"--backend", "baseline", "--model", "oracle", "--task", "EC", "--out", "run"});
  const auto path = folder_.path() / "run/scores.jsonl";
  std::string scores = read_file(path).value();
  const auto at = scores.find("\"accuracy\":1");
  ASSERT_NE(at, std::string::npos);
  scores.replace(at, 12, "\"accuracy\":0");
  ASSERT_TRUE(write_file_atomic(path, scores).has_value());
  const ProgramResult result = star_eval({"verify", "run"}, {folder_.path(), {}});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("scores.jsonl: DIFFERS"), std::string::npos) << result.out;
}

TEST_F(WorkflowTest, ReplayGivesTheScoresOfTheRunThatItReplays) {
  must({"--backend", "baseline", "--model", "random", "--seed", "5", "--task", "all", "--out",
        "run"});
  must({"--backend", "replay", "--from", "run", "--task", "all", "--out", "again"});
  EXPECT_EQ(read_file(folder_.path() / "run/scores.jsonl").value(),
            read_file(folder_.path() / "again/scores.jsonl").value());
}

TEST_F(WorkflowTest, TheSameSeedGivesTheSameBytesWithOneThreadAndTwo) {
  for (const char* threads : {"1", "2"})
    must({"synth", "--task", "all", "--count", "3", "--seed", "7", "--threads", threads, "--out",
          std::string("t") + threads});
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path() / "t1"))
    if (entry.is_regular_file()) files.insert(relative(entry.path(), folder_.path() / "t1"));
  ASSERT_GE(files.size(), 26U);  // 24 pictures, dataset.json, test.jsonl
  for (const auto& file : files)
    EXPECT_EQ(read_file(folder_.path() / "t1" / file).value(),
              read_file(folder_.path() / "t2" / file).value())
        << file;
  must({"check", "t1"});
}

TEST_F(WorkflowTest, TheShippedDatasetIsWellFormed) {
  const std::string out = must({"check", "atlas"});
  EXPECT_NE(out.find("sha256:"), std::string::npos);
}

TEST_F(WorkflowTest, ReportsPutRunsSideBySide) {
  for (const char* model : {"oracle", "random", "constant"})
    must({"--backend", "baseline", "--model", model, "--task", "all", "--out",
          std::string("runs/") + model});
  must({"report", "runs/oracle", "runs/random", "runs/constant", "--format", "markdown,csv,json",
        "--out", "report"});
  const std::string table = read_file(folder_.path() / "report/report.md").value();
  for (const char* piece :
       {"| baseline oracle | 100.0", "baseline random", "baseline constant", "AVG"})
    EXPECT_NE(table.find(piece), std::string::npos) << table;
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / "report/report.csv"));
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / "report/report.json"));
}

TEST_F(WorkflowTest, AReportComesFromTheJournalWhateverTheSummarySays) {
  must({"--backend", "baseline", "--model", "oracle", "--task", "EC", "--out", "run"});
  const std::string before = must({"report", "run"});
  ASSERT_TRUE(write_file_atomic(folder_.path() / "run/summary.json", "{\"value\": 5}").has_value());
  EXPECT_EQ(must({"report", "run"}), before);
  std::filesystem::remove(folder_.path() / "run/summary.json");
  EXPECT_EQ(must({"report", "run"}), before);
}

TEST_F(WorkflowTest, TheJournalOfAnotherRunIsRefusedAndNothingIsOverwritten) {
  must({"--backend", "baseline", "--model", "oracle", "--task", "EC", "--out", "a"});
  must({"--backend", "baseline", "--model", "constant", "--task", "EC", "--out", "b"});
  const auto summary = read_file(folder_.path() / "a/summary.json").value();
  std::filesystem::copy_file(folder_.path() / "b/replies.jsonl", folder_.path() / "a/replies.jsonl",
                             std::filesystem::copy_options::overwrite_existing);
  for (const char* command : {"score", "verify", "report"}) {
    const ProgramResult result = star_eval({command, "a"}, {folder_.path(), {}});
    EXPECT_EQ(result.exit_code, 2) << command;
    EXPECT_NE(result.err.find("50 replies to requests that are not of this run"), std::string::npos)
        << result.err;
  }
  EXPECT_EQ(read_file(folder_.path() / "a/summary.json").value(), summary);
}

TEST_F(WorkflowTest, RepeatsAreClustersOfTheInterval) {
  const Summary summary = parse(must({"--backend", "baseline", "--model", "random", "--task", "ER",
                                      "--limit", "10", "--repeat", "3", "--json", "--quiet"}));
  EXPECT_EQ(summary.tasks.front().n, 30U);
  EXPECT_EQ(summary.tasks.front().metrics.front().method, "cluster-robust wilson");
}

TEST_F(WorkflowTest, ATrainSplitBecomesRowsForATrainer) {
  must({"synth", "--task", "all", "--count", "2", "--split", "train", "--out", "data"});
  must({"export", "data", "--format", "llama-factory", "--mode", "cot", "--out", "sft"});
  const std::string info = read_file(folder_.path() / "sft/dataset_info.json").value();
  EXPECT_NE(info.find("\"atlas_train_cot\""), std::string::npos) << info;
  const std::string rows = read_file(folder_.path() / "sft/atlas_train_cot.jsonl").value();
  EXPECT_EQ(std::count(rows.begin(), rows.end(), '\n'), 16);
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / "sft/../data/images/train/EC-0001.png"));
  EXPECT_NE(rows.find("[\"../data/images/train/EC-0001.png\"]"), std::string::npos) << rows;
}

TEST_F(WorkflowTest, HelpOfEveryCommandShowsExamples) {
  for (const char* command : {"run", "list", "synth", "check", "score", "verify", "compare",
                              "report", "export", "rationale"}) {
    const std::string help = must({command, "--help"});
    EXPECT_NE(help.find("usage: star-eval "), std::string::npos) << command;
    EXPECT_NE(help.find("examples:\n  star-eval"), std::string::npos) << command;
  }
}

}  // namespace
}  // namespace stareval
