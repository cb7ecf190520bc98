// The batch API over a socket: states, both files, what is missing or expired, refusals; and the
// form that carries a file, by hand after RFC 7578.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apps/star_mock_server/batch_store_internal.h"
#include "apps/star_mock_server/mock_server.h"
#include "tests/support/socket_client.h"

namespace stareval {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::SocketClient;
using ::testing::StartsWith;

std::string line(const std::string& id, const std::string& metadata = "") {
  return R"({"custom_id":")" + id +
         R"(","method":"POST","url":"/v1/chat/completions","body":{"model":"m",)" + metadata +
         "\"messages\":[]}}\n";
}

std::string form_with(const std::string& content) {
  return "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n"
         "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"\r\n"
         "Content-Type: application/jsonl\r\n\r\n" +
         content + "\r\n--b--\r\n";
}

class BatchTest : public ::testing::Test {
 protected:
  void start(const std::string& script, bool inspect = true) {
    server_ = MockServer::start(parse_script(script, "script").value(), 0, {}, {.inspect = inspect})
                  .value();
  }

  std::string send(const std::string& head, const std::string& body = "") {
    SocketClient client(server_->port());
    client.send(fmt::format("{} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{}",
                            head, body.size(), body));
    answer_ = client.read_to_end();
    return answer_.substr(answer_.find("\r\n\r\n") + 4);
  }

  json::object get(const std::string& path) {
    return parse_json_object(send("GET " + path), "answer").value();
  }

  std::string upload(const std::string& content) {
    SocketClient client(server_->port());
    const std::string form = form_with(content);
    client.send(
        fmt::format("POST /v1/files HTTP/1.1\r\nContent-Type: multipart/form-data; "
                    "boundary=b\r\nContent-Length: {}\r\n\r\n{}",
                    form.size(), form));
    const std::string answer = client.read_answer();
    const auto object =
        parse_json_object(answer.substr(answer.find("\r\n\r\n") + 4), "answer").value();
    EXPECT_EQ(object.at("filename"), "in.jsonl");
    EXPECT_EQ(object.at("bytes").to_number<std::size_t>(), content.size());
    return std::string(object.at("id").as_string());
  }

  std::string create(const std::string& content) {
    const std::string body = fmt::format(
        R"({{"input_file_id":"{}","endpoint":"/v1/chat/completions","completion_window":"24h"}})",
        upload(content));
    const auto batch = parse_json_object(send("POST /v1/batches", body), "batch").value();
    EXPECT_EQ(batch.at("status"), "validating");
    return "/v1/batches/" + std::string(batch.at("id").as_string());
  }

  std::string status(const std::string& batch) {
    return std::string(get(batch).at("status").as_string());
  }

  // The lines of a file of a batch, by custom_id.
  std::map<std::string, json::object> lines(const std::string& batch, const char* file) {
    std::map<std::string, json::object> found;
    const json::value id = get(batch).at(file);
    if (id.is_null()) return found;
    std::string text = send("GET /v1/files/" + std::string(id.as_string()) + "/content");
    for (std::size_t end; (end = text.find('\n')) != std::string::npos; text.erase(0, end + 1)) {
      auto object = parse_json_object(text.substr(0, end), "line").value();
      order_.emplace_back(object.at("custom_id").as_string());
      found[order_.back()] = std::move(object);
    }
    return found;
  }

  std::unique_ptr<MockServer> server_;
  std::string answer_;
  std::vector<std::string> order_;
};

std::string text_of(const json::object& line) {
  return std::string(line.at("response")
                         .at("body")
                         .at("choices")
                         .as_array()
                         .at(0)
                         .at("message")
                         .at("content")
                         .as_string());
}

TEST_F(BatchTest, EachPollMovesOnAndTheFilesHoldEveryLine) {
  start(R"({"samples": {"EC-1": [{"text": "7"}], "EC-2": [{"status": 400}], "RC": [{"text": "9"}]},
            "default": {"text": "4"}})");
  const std::string batch = create(line("EC-1#0") + line("EC-2#0") +
                                   line("x", R"("metadata":{"sample":"RC"},)") + line("EC-4"));
  EXPECT_EQ(status(batch), "in_progress");
  EXPECT_EQ(status(batch), "finalizing");
  EXPECT_EQ(status(batch), "completed");
  EXPECT_EQ(status(batch), "completed");
  const auto answered = lines(batch, "output_file_id");
  ASSERT_EQ(answered.size(), 3U);
  EXPECT_EQ(text_of(answered.at("EC-1#0")), "7");
  EXPECT_EQ(text_of(answered.at("x")), "9");
  EXPECT_EQ(text_of(answered.at("EC-4")), "4");
  const auto refused = lines(batch, "error_file_id");
  ASSERT_EQ(refused.size(), 1U);
  EXPECT_EQ(refused.at("EC-2#0").at("response").at("status_code"), 400);
  EXPECT_EQ(to_json(get(batch).at("request_counts")), R"({"total":4,"completed":3,"failed":1})");
  std::vector<std::string> samples;
  for (const MockRequest& request : server_->requests()) samples.push_back(request.sample);
  EXPECT_THAT(samples, ElementsAre("EC-1", "EC-2", "RC", "EC-4"));
}

TEST_F(BatchTest, TheOrderOfTheAnswersIsNotThatOfTheInput) {
  start("{}");
  std::string content;
  std::vector<std::string> ids;
  for (int i = 0; i < 30; ++i) {
    ids.push_back(std::to_string(i));
    content += line(ids.back());
  }
  const std::string batch = create(content);
  for (int i = 0; i < 3; ++i) (void)status(batch);
  EXPECT_EQ(lines(batch, "output_file_id").size(), 30U);
  EXPECT_NE(order_, ids);
}

TEST_F(BatchTest, LinesMayBeMissingOrExpire) {
  start(R"({"batch": {"missing": ["a"], "expired": ["b"], "polls": 1}})");
  const std::string batch = create(line("a#0") + line("b#0") + line("c#0"));
  EXPECT_EQ(status(batch), "expired");
  const auto answered = lines(batch, "output_file_id"), refused = lines(batch, "error_file_id");
  EXPECT_EQ(answered.count("c#0"), 1U);
  EXPECT_EQ(answered.size(), 1U);
  ASSERT_EQ(refused.size(), 1U);
  EXPECT_EQ(refused.at("b#0").at("error").at("code"), "batch_expired");
}

TEST_F(BatchTest, ABatchMayFailItsValidation) {
  start(R"({"batch": {"fail": true}})");
  const std::string batch = create(line("a"));
  EXPECT_EQ(status(batch), "failed");
  EXPECT_TRUE(get(batch).at("output_file_id").is_null());
  start("{}");
  for (const std::string& content :
       {std::string("nonsense\n"), line("a") + line("a"), std::string("{}\n"), std::string(),
        std::string(R"({"custom_id":"a","method":"GET","url":"/v1/chat/completions","body":{}})")})
    EXPECT_EQ(status(create(content)), "failed") << content;
}

TEST_F(BatchTest, CancellingKeepsWhatWasDone) {
  start("{}");
  const std::string batch = create(line("a") + line("b"));
  EXPECT_THAT(send("POST " + batch + "/cancel"), HasSubstr("\"cancelling\""));
  EXPECT_EQ(status(batch), "cancelled");
  EXPECT_EQ(lines(batch, "output_file_id").size(), 1U);
  (void)send("POST " + batch + "/cancel");
  EXPECT_THAT(answer_, StartsWith("HTTP/1.1 409 "));
}

TEST_F(BatchTest, WorksWithoutInspectionToo) {
  start(R"({"batch": {"polls": 1}, "default": {"text": "4"}})", false);
  const std::string batch = create(line("a"));
  EXPECT_EQ(status(batch), "completed");
  EXPECT_EQ(text_of(lines(batch, "output_file_id").at("a")), "4");
}

TEST_F(BatchTest, RefusesWhatItDoesNotKnow) {
  start("{}");
  for (const char* head : {"GET /v1/files/none", "GET /v1/batches/none", "GET /v1/files/x/content",
                           "POST /v1/batches/none/cancel"}) {
    (void)send(head);
    EXPECT_THAT(answer_, StartsWith("HTTP/1.1 404 ")) << head;
  }
  for (const char* head : {"POST /v1/files", "POST /v1/batches"}) {
    (void)send(head, "{}");
    EXPECT_THAT(answer_, StartsWith("HTTP/1.1 400 ")) << head;
  }
  (void)send("DELETE /v1/batches/x");
  EXPECT_THAT(answer_, StartsWith("HTTP/1.1 405 "));
  (void)create(line("a"));
  EXPECT_THAT(send("GET /v1/batches?limit=10"), HasSubstr("batch_mock_1"));
}

TEST(BatchPath, KnowsItsPathsUnderAnyPrefix) {
  using Kind = BatchPath::Kind;
  EXPECT_EQ(batch_path("/openai/v1/files?x=y").kind, Kind::files);
  EXPECT_EQ(batch_path("/v1/batches/b1/cancel").id, "b1");
  EXPECT_EQ(batch_path("/v1/batches/b1/cancel").kind, Kind::cancel);
  EXPECT_EQ(batch_path("/v1/files/f/content").kind, Kind::content);
  EXPECT_EQ(batch_path("/v1/messages/batches").kind, Kind::none);
  EXPECT_EQ(batch_path("/v1/chat/completions").kind, Kind::none);
  EXPECT_EQ(batch_path("").kind, Kind::none);
}

TEST(Form, ReadsPartsAndRefusesTheRest) {
  const auto form = read_form("multipart/form-data; boundary=\"b\"", form_with("1\r\n2\r\n"));
  ASSERT_TRUE(form.has_value()) << form.error().message;
  EXPECT_EQ(form->at("purpose").content, "batch");
  EXPECT_EQ(form->at("file").content, "1\r\n2\r\n");
  EXPECT_EQ(form->at("file").file_name, "in.jsonl");
  const std::string whole = form_with("x");
  for (std::size_t size = 0; size + 4 < whole.size(); ++size)
    EXPECT_TRUE(read_form("multipart/form-data; boundary=b", whole.substr(0, size)).has_error())
        << size;
  for (const char* type : {"", "multipart/form-data", "text/plain; boundary=b"})
    EXPECT_TRUE(read_form(type, whole).has_error()) << type;
}

}  // namespace
}  // namespace stareval
