// examples/command_backend/my_model.py, as it is documented; skipped where there is no python3.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "backends/command/command.h"
#include "tests/support/backend_probe.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

class CommandExample : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::system("command -v python3 > /dev/null 2>&1") != 0)
      GTEST_SKIP() << "there is no python3";
    BackendConfig config;
    config.settings = {
        {"command", "python3 " STAREVAL_TEST_SOURCE_DIR "/examples/command_backend/my_model.py"},
        {"stderr", (folder_ / "err.txt").string()}};
    backend_ = make_command(config).value();
  }

  const testing::TempFolder folder_;
  std::unique_ptr<Backend> backend_;
};

TEST_F(CommandExample, answers_about_a_picture) {
  const ImagePart picture = testing::write_picture(folder_ / "a.png", 100);
  const Reply reply = testing::ask(*backend_, testing::request_for("RC-1", {picture}));
  EXPECT_EQ(reply.outcome, Outcome::answered) << reply.error;
  EXPECT_EQ(reply.text, "3");
  EXPECT_EQ(reply.usage.input_tokens, 5);
  EXPECT_EQ(reply.usage.output_tokens, 1);
  backend_.reset();
  EXPECT_EQ(testing::read_bytes(folder_ / "err.txt"), "RC-1: 28 characters, 108 bytes\n");
}

TEST_F(CommandExample, says_what_went_wrong_with_one_request_and_goes_on) {
  Request wrong = testing::request_for("RC-1");
  wrong.messages.clear();
  const Reply reply = testing::ask(*backend_, wrong);
  EXPECT_EQ(reply.failure, Failure::permanent);
  EXPECT_THAT(reply.error, ::testing::HasSubstr("IndexError"));
  EXPECT_EQ(testing::ask(*backend_, testing::request_for("RC-2")).text, "3");
}

}  // namespace
}  // namespace stareval
