// Golden lines to the program, and how its lines are read: worked out by hand. Refusals: each kind
// of line that is no answer.
#include "backends/command/command_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/backend_probe.h"
#include "tests/support/errors.h"

namespace stareval::command {
namespace {

using testing::error_code;
using testing::error_text;
using ::testing::HasSubstr;

TEST(CommandEncode, writes_one_line_with_the_path_of_each_picture) {
  Request request = testing::request_for("RC-1", {{"a.png", "sha256:1"}});
  request.repeat = 2;
  request.messages.insert(request.messages.begin(), {"system", {TextPart{"Be\nbrief."}}});
  const Picture picture{"image/png", "/data/a.png", ""};
  EXPECT_EQ(encode(request, "7", {&picture, 1}),
            R"({"id":"7","sample":"RC-1","repeat":2,"model":"test-model","messages":[)"
            R"({"role":"system","content":[{"type":"text","text":"Be\nbrief."}]},)"
            R"({"role":"user","content":[{"type":"image","media_type":"image/png",)"
            R"("path":"/data/a.png"},{"type":"text","text":"How many entities are there?"}]}],)"
            R"("temperature":0,"max_tokens":4096})");
}

TEST(CommandEncode, writes_bytes_as_base64_and_every_parameter_that_is_set) {
  Request request;
  request.messages = {{"user", {ImagePart{"a", ""}, ImagePart{"b", ""}}}};
  request.decoding = {std::nullopt, 0.5, 10, 3, {{"seed", 1}}};
  const Picture pictures[] = {{"image/png", "", "abc"}, {"image/jpeg", "", "d"}};
  EXPECT_EQ(encode(request, "1", pictures),
            R"({"id":"1","sample":"","repeat":0,"model":"","messages":[{"role":"user","content":[)"
            R"({"type":"image","media_type":"image/png","base64":"YWJj"},)"
            R"({"type":"image","media_type":"image/jpeg","base64":"ZA=="}]}],)"
            R"("top_p":0.5,"max_tokens":10,"logprobs":3,"extra":{"seed":1}})");
}

TEST(CommandDecode, reads_every_field_of_an_answer) {
  const Answer answer =
      decode(R"({"id":"7","text":"4","reasoning":"3 + 1","finish_reason":"stop","usage":)"
             R"({"input_tokens":812,"output_tokens":5,"cached_tokens":2,"reasoning_tokens":3},)"
             R"("logprobs":[{"token":"4","logprob":-0.5,"top":[{"token":"5","logprob":-2}]}],)"
             R"("new":1})")
          .value();
  EXPECT_EQ(answer.id, "7");
  EXPECT_EQ(answer.reply.outcome, Outcome::answered);
  EXPECT_EQ(answer.reply.text, "4");
  EXPECT_EQ(answer.reply.reasoning, "3 + 1");
  EXPECT_EQ(answer.reply.usage.input_tokens, 812);
  EXPECT_EQ(answer.reply.usage.output_tokens, 5);
  EXPECT_EQ(answer.reply.usage.cached_tokens, 2);
  EXPECT_EQ(answer.reply.usage.reasoning_tokens, 3);
  ASSERT_EQ(answer.reply.logprobs.size(), 1u);
  EXPECT_EQ(answer.reply.logprobs[0].logprob, -0.5);
  EXPECT_EQ(answer.reply.logprobs[0].top[0], std::pair(std::string("5"), -2.0));
}

TEST(CommandDecode, takes_an_empty_text_for_an_answer) {
  const Reply reply = decode(R"({"id":"1","text":""})").value().reply;
  EXPECT_EQ(reply.outcome, Outcome::answered);
  EXPECT_EQ(reply.finish_reason, "stop");
}

TEST(CommandDecode, follows_the_finish_reason) {
  const auto outcome = [](const std::string& word) {
    return decode(R"({"id":"1","text":"x","finish_reason":")" + word + "\"}").value().reply.outcome;
  };
  EXPECT_EQ(outcome("length"), Outcome::truncated);
  EXPECT_EQ(outcome("refusal"), Outcome::refused);
  EXPECT_EQ(outcome("content_filter"), Outcome::refused);
  EXPECT_EQ(outcome("eos"), Outcome::answered);
}

TEST(CommandDecode, tells_errors_that_pass_from_those_that_stay) {
  const Reply stays = decode(R"({"id":"1","error":"no such\npicture"})").value().reply;
  EXPECT_EQ(stays.outcome, Outcome::api_error);
  EXPECT_EQ(stays.failure, Failure::permanent);
  EXPECT_EQ(stays.error, "the command says: no such picture");
  const Reply passes = decode(R"({"id":"1","error":"busy","retry":true})").value().reply;
  EXPECT_EQ(passes.failure, Failure::server);
}

TEST(CommandDecode, refuses_what_is_no_answer_and_quotes_it) {
  EXPECT_EQ(error_code(decode("Loading: 100%")), ErrorCode::bad_data);
  EXPECT_EQ(error_text(decode("Loading: 100%")),
            "the command wrote a line to stdout that is not an answer (it is not a JSON object): "
            "\"Loading: 100%\"; each line there must be one JSON object with \"id\" and \"text\" "
            "or \"error\"; print all else to stderr");
  EXPECT_THAT(error_text(decode("[1]")), HasSubstr("\"[1]\""));
  EXPECT_THAT(error_text(decode(R"({"text":"4"})")), HasSubstr(R"(field "id")"));
  EXPECT_THAT(error_text(decode(R"({"id":7,"text":"4"})")), HasSubstr(R"(field "id")"));
  EXPECT_THAT(error_text(decode(R"({"id":"7"})")), HasSubstr(R"(field "text")"));
  EXPECT_THAT(error_text(decode(R"({"id":"7","text":4})")), HasSubstr(R"(field "text")"));
  EXPECT_THAT(error_text(decode(R"({"id":"7","error":1})")), HasSubstr(R"(field "error")"));
  EXPECT_THAT(error_text(decode(R"({"id":"7","text":"","usage":{"input_tokens":-1}})")),
              HasSubstr(R"(field "usage.input_tokens": expected a number of tokens, found -1)"));
  EXPECT_THAT(error_text(decode(R"({"id":"7","text":"","logprobs":[4]})")),
              HasSubstr(R"(field "logprobs[0]")"));
}

TEST(ForError, makes_one_short_line_of_anything) {
  EXPECT_EQ(for_error(" a\tb\nc\x01 "), "a b c");
  EXPECT_EQ(for_error(std::string(300, 'x')), std::string(200, 'x') + "...");
  EXPECT_EQ(for_error("\xFF"), "\xEF\xBF\xBD");
}

}  // namespace
}  // namespace stareval::command
