// Each call of the batch API of OpenAI against the mock server in this process, and how failures of
// the server are told apart: those that may pass, and those that will not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apps/star_mock_server/mock_server.h"
#include "backends/openai/openai.h"
#include "libstareval/base/file.h"
#include "libstareval/model/batch.h"
#include "tests/support/backend_probe.h"
#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::config_for;
using testing::error_code;
using testing::error_text;
using ::testing::HasSubstr;
using ::testing::Not;

class BatchCalls : public ::testing::Test {
 protected:
  BatchCalls() { start({}); }

  void start(MockScript script) {
    backend_.reset();
    server_ = MockServer::start(std::move(script)).value();
    backend_ = make_openai(config_for(server_->base_url())).value();
  }

  BatchApi& api() { return *backend_->batch(); }

  std::filesystem::path input(int lines) {
    std::string text;
    for (int i = 0; i < lines; ++i)
      text +=
          api().line(fmt::format("id{}", i), testing::request_for(fmt::format("s{}", i))).value();
    write_file_atomic(folder_ / "part-0001.jsonl", text).value();
    return folder_ / "part-0001.jsonl";
  }

  const testing::TempFolder folder_;
  std::unique_ptr<MockServer> server_;
  std::unique_ptr<Backend> backend_;
};

TEST_F(BatchCalls, FromTheUploadToTheReplies) {
  MockScript script;
  script.answers = {{"s0", "zero"}, {"s1", "one"}};
  start(std::move(script));
  const std::string file = api().upload(input(2)).value();
  EXPECT_FALSE(api().find(file).value().has_value());
  const std::string batch = api().create(file, "run", 1).value();
  EXPECT_EQ(api().find(file).value(), batch);
  EXPECT_FALSE(api().find("file-other").value().has_value());

  EXPECT_EQ(api().status(batch).value().word, "in_progress");
  EXPECT_FALSE(api().status(batch).value().has_ended());
  const BatchStatus ended = api().status(batch).value();
  EXPECT_EQ(ended.state, BatchStatus::State::completed);
  EXPECT_EQ(ended.completed, 2U);
  EXPECT_EQ(ended.error_file, "");

  ASSERT_FALSE(api().download(ended.output_file, folder_ / "out.jsonl").has_error());
  std::map<std::string, std::string> texts;
  const std::string out = read_file(folder_ / "out.jsonl").value();
  for (std::size_t begin = 0, end; (end = out.find('\n', begin)) != std::string::npos;
       begin = end + 1) {
    const auto read = api().read_line(out.substr(begin, end - begin));
    ASSERT_TRUE(read.has_value());
    texts[read->custom_id] = read->reply.text;
  }
  EXPECT_EQ(texts, (std::map<std::string, std::string>{{"id0", "zero"}, {"id1", "one"}}));
}

// Several megabytes go from disk to the socket; the server counts what it got.
TEST_F(BatchCalls, ALargeFileArrivesWhole) {
  const std::string file = api().upload(input(20'000)).value();
  const std::string batch = api().create(file, "run", 1).value();
  EXPECT_EQ(api().status(batch).value().total, 20'000U);
}

TEST_F(BatchCalls, AValidationErrorIsQuoted) {
  write_file_atomic(folder_ / "bad.jsonl", "nonsense\nnonsense\n").value();
  const std::string file = api().upload(folder_ / "bad.jsonl").value();
  const BatchStatus status = api().status(api().create(file, "run", 1).value()).value();
  EXPECT_EQ(status.state, BatchStatus::State::failed);
  EXPECT_THAT(status.error, HasSubstr("line 1: "));
  EXPECT_THAT(status.error, HasSubstr("; line 2: "));
}

TEST_F(BatchCalls, WhatTheServerRefusesWillNotPass) {
  EXPECT_EQ(error_code(api().create("file-none", "run", 1)), ErrorCode::bad_data);
  EXPECT_EQ(error_code(api().status("batch-none")), ErrorCode::bad_data);
  EXPECT_THAT(error_text(api().status("batch-none")), HasSubstr("no such batch: batch-none"));
  EXPECT_EQ(error_code(api().download("file-none", folder_ / "out.jsonl")), ErrorCode::bad_data);
  EXPECT_FALSE(file_exists(folder_ / "out.jsonl"));
  EXPECT_EQ(error_code(api().upload(folder_ / "none.jsonl")), ErrorCode::io);
}

TEST_F(BatchCalls, AServerThatIsAwayMayComeBack) {
  server_->stop();
  const auto status = api().status("batch");
  EXPECT_EQ(error_code(status), ErrorCode::network);
  EXPECT_THAT(error_text(status), Not(HasSubstr(testing::kCanaryKey)));
}

}  // namespace
}  // namespace stareval
