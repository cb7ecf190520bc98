#include "apps/star_mock_server/ollama_api.h"

#include "apps/star_mock_server/mock_apis.h"
#include "apps/star_mock_server/question_parts.h"
#include "libstareval/base/json.h"

namespace stareval {
namespace {

bool matches(std::string_view target) { return path_of(target).ends_with("/api/chat"); }

Result<void> read_pictures(MockQuestion& question, ObjectReader& message) {
  for (const json::value& image : message.array_or_empty("images")) {
    const json::string* base64 = image.if_string();
    if (base64 == nullptr)
      return make_error(ErrorCode::bad_data, "images: expected pictures in base64");
    STAREVAL_CHECK(add_base64_picture(question, *base64));
  }
  return message.status();
}

Result<void> read_message(MockQuestion& question, ObjectReader message) {
  const std::string role = message.string("role");
  if (role != "system" && role != "user" && role != "assistant" && role != "tool")
    message.fail("role", "system, user, assistant or tool", role);
  add_text(question, message.string("content"));
  STAREVAL_CHECK(message.status());
  return read_pictures(question, message);
}

Result<MockQuestion> parse(std::string_view, std::string_view body) {
  STAREVAL_TRY(const json::object object, parse_json_object(body, "request"));
  ObjectReader in(object, "request");
  MockQuestion question;
  question.model = in.string("model");
  // The API streams unless it is told not to.
  if (in.boolean_or("stream", true)) in.fail("stream", "false", "true, or no field");
  (void)in.object_or_empty("options");
  const json::array& messages = in.array("messages");
  STAREVAL_CHECK(in.status());
  for (std::size_t i = 0; i < messages.size(); ++i)
    STAREVAL_CHECK(read_message(question, in.element("messages", i, messages[i])));
  STAREVAL_CHECK(in.status());
  return question;
}

// A refusal is a text like any other here.
std::string answer(const MockStep& step, const std::string&, const std::string& model) {
  json::object message{{"role", "assistant"},
                       {"content", step.refusal.empty() ? step.text.value_or("") : step.refusal}};
  if (!step.reasoning.empty()) message["thinking"] = step.reasoning;
  return to_json(json::object{{"model", model},
                              {"created_at", "1970-01-01T00:00:00Z"},
                              {"message", std::move(message)},
                              {"done", true},
                              {"done_reason", step.finish_reason},
                              {"total_duration", 1},
                              {"prompt_eval_count", step.input_tokens},
                              {"eval_count", step.output_tokens}});
}

std::string error(int, std::string_view message) {
  return to_json(json::object{{"error", message}});
}

}  // namespace

MockApi ollama_api() { return {"ollama", matches, parse, answer, error}; }

}  // namespace stareval
