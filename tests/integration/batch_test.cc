// star-eval --batch as a user meets it, against the batch API of the mock server: the same summary
// as a live run's, through Ctrl-C and SIGKILL, and through files that somebody else runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "apps/star_mock_server/mock_server.h"
#include "libstareval/base/file.h"
#include "libstareval/base/file_stream.h"
#include "libstareval/data/dataset.h"
#include "tests/integration/program.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using ::testing::HasSubstr;
using testing::Program;
using testing::ProgramResult;
using testing::star_eval;
using testing::TempFolder;

constexpr std::size_t kSamples = 50;  // of RC

std::map<std::string, std::string> golds() {
  return gold_answers(
      read_dataset(STAREVAL_TEST_SOURCE_DIR "/share/datasets/atlas", "test").value());
}

std::unique_ptr<MockServer> gold_server(MockBatch batch = {}) {
  MockScript script;
  script.answers = golds();
  script.batch = std::move(batch);
  return MockServer::start(std::move(script)).value();
}

std::vector<std::string> command(const MockServer& server, std::vector<std::string> more) {
  std::vector<std::string> all{"--backend", "openai", "--base-url", server.base_url(),
                               "--task",    "RC",     "--out",      "run"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

ProgramResult run(const MockServer& server, const TempFolder& folder,
                  std::vector<std::string> more) {
  return star_eval(command(server, std::move(more)), {folder.path(), {}});
}

void expect_the_files_of_a_live_run(const MockServer& server, const TempFolder& folder) {
  const TempFolder live;
  ASSERT_EQ(run(server, live, {}).exit_code, 0);
  for (const char* file : {"run/summary.json", "run/scores.jsonl", "run/manifest.json"})
    EXPECT_EQ(read_file(folder.path() / file).value(), read_file(live.path() / file).value())
        << file;
}

// Block until the run waits for its batch. The program says so in its state file alone.
void wait_until_created(const TempFolder& folder) {
  const auto path = folder.path() / "run/batch/state.json";
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (std::chrono::steady_clock::now() < deadline) {
    const auto text = read_file(path);
    if (text.has_value() && text->find("\"created\"") != std::string::npos) return;
    std::this_thread::yield();
  }
  FAIL() << "no batch was made";
}

TEST(Batch, GivesTheFilesOfALiveRun) {
  const auto server = gold_server();
  const TempFolder folder;
  const ProgramResult result = run(*server, folder, {"--batch", "api", "--batch-poll", "0.01"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(server->requests().size(), kSamples);
  expect_the_files_of_a_live_run(*server, folder);
}

TEST(Batch, AResponsesApiHasBatchesToo) {
  const auto server = gold_server();
  const TempFolder folder;
  const ProgramResult result =
      run(*server, folder,
          {"--set", "api=responses", "--limit", "3", "--batch", "api", "--batch-poll", "0.01"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(server->requests().front().api, "responses");
}

TEST(Batch, AKilledRunPicksItsBatchUpAndPaysForNothingTwice) {
  const auto server = gold_server({.polls = 100});
  const TempFolder folder;
  Program victim(command(*server, {"--batch", "api", "--batch-poll", "60"}), {folder.path(), {}});
  wait_until_created(folder);
  victim.send_signal(SIGKILL);
  ASSERT_EQ(victim.wait().exit_code, 128 + SIGKILL);
  EXPECT_EQ(server->requests().size(), 0U);  // the mock server answers at the last poll

  const ProgramResult live = run(*server, folder, {});
  EXPECT_EQ(live.exit_code, 2);
  EXPECT_THAT(live.err, HasSubstr("batches of it are under way"));

  const ProgramResult again = run(*server, folder, {"--batch", "api", "--batch-poll", "0.001"});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(server->requests().size(), kSamples);
  expect_the_files_of_a_live_run(*server, folder);
}

TEST(Batch, CtrlCLeavesTheBatchAtTheVendor) {
  const auto server = gold_server({.polls = 100});
  const TempFolder folder;
  Program program(command(*server, {"--batch", "api", "--batch-poll", "3600"}),
                  {folder.path(), {}});
  wait_until_created(folder);
  program.send_signal(SIGINT);
  const ProgramResult stopped = program.wait();
  EXPECT_EQ(stopped.exit_code, 130) << stopped.err;
  EXPECT_THAT(stopped.err,
              HasSubstr("the batch batch_mock_1 goes on at the vendor; the same command "
                        "picks it up"));
}

TEST(Batch, WhatIsMissingOrExpiredIsSentAgainAndCountsInTheEnd) {
  const auto server = gold_server({.missing = {"RC-0001"}, .expired = {"RC-0002"}});
  const TempFolder folder;
  const ProgramResult result = run(*server, folder, {"--batch", "api", "--batch-poll", "0.01"});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_EQ(server->requests().size(), kSamples - 2);
  const std::string journal = read_file(folder.path() / "run/replies.jsonl").value();
  EXPECT_THAT(journal, HasSubstr("the batch batch_mock_3 ended without a line for this request"));
  EXPECT_THAT(journal, HasSubstr("the completion window ended before this request"));
}

TEST(Batch, AFailedBatchSaysWhy) {
  const auto server = gold_server({.fail = true});
  const TempFolder folder;
  const ProgramResult result = run(*server, folder, {"--batch", "api", "--batch-poll", "0.01"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, HasSubstr("the batch batch_mock_1 failed: line 1: \"the script fails the "
                                    "batch\""));
}

TEST(Batch, ABackendWithoutBatchesIsRefusedBeforeAnythingIsWritten) {
  const TempFolder folder;
  const ProgramResult result = star_eval({"--backend", "baseline", "--model", "majority", "--task",
                                          "RC", "--out", "run", "--batch", "api"},
                                         {folder.path(), {}});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("the backend baseline has no batches; openai has"));
  EXPECT_FALSE(file_exists(folder.path() / "run"));
}

// What `vllm run-batch` does, with the gold answers for a model.
void run_offline(const std::filesystem::path& part, const std::filesystem::path& output) {
  const auto answers = golds();
  std::string text;
  ASSERT_FALSE(
      for_each_line(part, [&](std::string_view line) -> Result<void> {
        const json::object in = parse_json_object(line, "line").value();
        const std::string id(in.at("custom_id").as_string());
        const json::object message{{"role", "assistant"},
                                   {"content", answers.at(id.substr(0, id.rfind('#')))}};
        const json::object body{
            {"id", "chat-1"},
            {"choices", json::array{json::object{
                            {"index", 0}, {"message", message}, {"finish_reason", "stop"}}}},
            {"usage", json::object{{"prompt_tokens", 100}, {"completion_tokens", 10}}}};
        text += to_json(json::object{
                    {"id", "vllm-" + id},
                    {"custom_id", id},
                    {"response",
                     json::object{{"status_code", 200}, {"request_id", "r"}, {"body", body}}},
                    {"error", nullptr}}) +
                "\n";
        return {};
      }).has_error());
  write_file_atomic(output, text).value();
}

TEST(Batch, FilesAreWrittenForSomebodyToRunAndReadBack) {
  const auto server = gold_server();
  const TempFolder folder;
  const ProgramResult written = run(*server, folder, {"--batch", "files", "--model", "qwen"});
  ASSERT_EQ(written.exit_code, 0) << written.err;
  EXPECT_THAT(written.out, HasSubstr("vllm run-batch -i run/batch/part-0001.jsonl -o "
                                     "run/batch/part-0001.out.jsonl --model qwen\n"));
  run_offline(folder.path() / "run/batch/part-0001.jsonl",
              folder.path() / "run/batch/part-0001.out.jsonl");
  const ProgramResult read = run(*server, folder, {"--batch", "files", "--model", "qwen"});
  ASSERT_EQ(read.exit_code, 0) << read.err;
  EXPECT_EQ(server->requests().size(), 0U);
  const TempFolder live;
  ASSERT_EQ(run(*server, live, {"--model", "qwen"}).exit_code, 0);
  EXPECT_EQ(read_file(folder.path() / "run/summary.json").value(),
            read_file(live.path() / "run/summary.json").value());
}

}  // namespace
}  // namespace stareval
