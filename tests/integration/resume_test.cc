// star-eval is killed in the middle of a run, and started again. Each test holds for any moment of
// the kill; the moment here is an event (so many requests have come in), never a time.
#include <gtest/gtest.h>

#include <csignal>
#include <set>

#include "apps/star_mock_server/mock_server.h"
#include "libstareval/base/file.h"
#include "libstareval/data/dataset.h"
#include "libstareval/run/journal.h"
#include "tests/integration/program.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::Program;
using testing::ProgramResult;
using testing::star_eval;
using testing::TempFolder;

Dataset atlas() {
  return read_dataset(STAREVAL_TEST_SOURCE_DIR "/share/datasets/atlas", "test").value();
}

std::unique_ptr<MockServer> gold_server() {
  MockScript script;
  script.answers = gold_answers(atlas());
  return MockServer::start(std::move(script)).value();
}

std::vector<std::string> run_rc(const MockServer& server) {
  return {"--backend", "openai", "--base-url", server.base_url(), "--task", "RC",
          "--quiet",   "--out",  "run",        "--concurrency",   "4"};
}

std::set<std::string> journalled_samples(const std::filesystem::path& run) {
  std::set<std::string> samples;
  const std::string journal = read_file(run / "replies.jsonl").value();
  std::size_t begin = 0;
  for (std::size_t end; (end = journal.find('\n', begin)) != std::string::npos; begin = end + 1)
    samples.insert(
        journal_entry_from_json(
            parse_json_object(journal.substr(begin, end - begin), "journal").value(), "journal")
            .value()
            .key.sample);
  return samples;
}

TEST(Resume, AKilledRunGoesOnToTheSummaryOfAnUnbrokenOneAndSendsNothingTwice) {
  const auto server = gold_server();
  const TempFolder broken, unbroken;

  server->hold_after(10);
  Program victim(run_rc(*server), {broken.path(), {}});
  ASSERT_TRUE(server->wait_for_requests(14));
  victim.send_signal(SIGKILL);
  ASSERT_EQ(victim.wait().exit_code, 128 + SIGKILL);
  server->release();
  const std::set<std::string> journalled = journalled_samples(broken.path() / "run");
  const std::size_t before = server->requests().size();
  ASSERT_GE(journalled.size(), 5U);  // with 4 in flight, the 14th request follows 10 replies

  const ProgramResult again = star_eval(run_rc(*server), {broken.path(), {}});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  const auto requests = server->requests();
  for (std::size_t i = before; i < requests.size(); ++i)
    EXPECT_FALSE(journalled.contains(requests[i].sample)) << requests[i].sample << " sent twice";

  ASSERT_EQ(star_eval(run_rc(*server), {unbroken.path(), {}}).exit_code, 0);
  for (const char* file : {"run/summary.json", "run/scores.jsonl", "run/manifest.json"})
    EXPECT_EQ(read_file(broken.path() / file).value(), read_file(unbroken.path() / file).value())
        << file;
}

TEST(Resume, AFinishedRunSendsNothing) {
  const auto server = gold_server();
  const TempFolder folder;
  const ProgramResult first = star_eval(run_rc(*server), {folder.path(), {}});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  const std::size_t sent = server->requests().size();
  const ProgramResult second = star_eval(run_rc(*server), {folder.path(), {}});
  EXPECT_EQ(second.exit_code, 0);
  EXPECT_EQ(second.out, first.out);
  EXPECT_EQ(server->requests().size(), sent);
}

TEST(Resume, WithoutOutTheSameCommandFindsItsOwnFolder) {
  const auto server = gold_server();
  const TempFolder folder;
  const std::vector<std::string> command{"--backend",        "openai", "--base-url",
                                         server->base_url(), "--task", "EC"};
  const ProgramResult first = star_eval(command, {folder.path(), {}});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  const std::size_t sent = server->requests().size();
  const ProgramResult second = star_eval(command, {folder.path(), {}});
  EXPECT_EQ(second.exit_code, 0);
  EXPECT_EQ(server->requests().size(), sent);
  EXPECT_NE(second.err.find("replies were in the run folder already"), std::string::npos);
}

TEST(Resume, OtherOptionsOnTheSameFolderAreRefusedAndNamed) {
  const auto server = gold_server();
  const TempFolder folder;
  ASSERT_EQ(star_eval(run_rc(*server), {folder.path(), {}}).exit_code, 0);
  auto other = run_rc(*server);
  other.insert(other.end(), {"--mode", "cot"});
  const ProgramResult result = star_eval(other, {folder.path(), {}});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("mode was \"direct\", now \"cot\""), std::string::npos) << result.err;
}

TEST(Resume, CtrlCEndsTheRunInOrderAndTheSameCommandGoesOn) {
  const auto server = gold_server();
  const TempFolder folder;
  server->hold_after(6);
  Program program(run_rc(*server), {folder.path(), {}});
  ASSERT_TRUE(server->wait_for_requests(10));
  program.send_signal(SIGINT);
  ASSERT_TRUE(program.wait_until_caught(SIGINT));
  server->release();
  const ProgramResult stopped = program.wait();
  EXPECT_EQ(stopped.exit_code, 130) << stopped.err;
  EXPECT_NE(stopped.err.find("samples were not asked: the same command goes on"),
            std::string::npos);
  const ProgramResult again = star_eval(run_rc(*server), {folder.path(), {}});
  EXPECT_EQ(again.exit_code, 0) << again.err;
}

TEST(Resume, TwoProcessesOnOneFreshFolderDoNotMix) {
  const auto server = gold_server();
  const TempFolder folder;
  server->hold_after(0);
  Program first(run_rc(*server), {folder.path(), {}});
  ASSERT_TRUE(server->wait_for_requests(2));
  auto other = run_rc(*server);
  other.insert(other.end(), {"--model", "another"});
  const ProgramResult second = star_eval(other, {folder.path(), {}});
  EXPECT_EQ(second.exit_code, 2);
  EXPECT_NE(second.err.find("another star-eval is writing to it"), std::string::npos) << second.err;
  server->release();
  ASSERT_EQ(first.wait().exit_code, 0);
  const std::string manifest = read_file(folder.path() / "run/manifest.json").value();
  EXPECT_NE(manifest.find("\"model\": \"gpt-4o\""), std::string::npos) << manifest;
}

TEST(Resume, ASampleThatFailedIsSentAgainByTheNextRun) {
  const Dataset dataset = atlas();
  MockScript script;
  script.answers = gold_answers(dataset);
  MockStep bad_request;
  bad_request.status = 400;
  script.samples["RC-0003"] = {bad_request};
  const auto server = MockServer::start(std::move(script)).value();
  const TempFolder folder;
  const ProgramResult first = star_eval(run_rc(*server), {folder.path(), {}});
  EXPECT_EQ(first.exit_code, 3);
  EXPECT_NE(first.err.find("1 of"), std::string::npos) << first.err;
  const std::size_t sent = server->requests().size();
  const ProgramResult second = star_eval(run_rc(*server), {folder.path(), {}});
  EXPECT_EQ(second.exit_code, 0) << second.err;
  EXPECT_EQ(server->requests().size(), sent + 1);
}

}  // namespace
}  // namespace stareval
