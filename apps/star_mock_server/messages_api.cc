#include "apps/star_mock_server/messages_api.h"

#include "apps/star_mock_server/mock_apis.h"
#include "apps/star_mock_server/question_parts.h"
#include "libstareval/base/json.h"

namespace stareval {
namespace {

bool matches(std::string_view target) { return path_of(target).ends_with("/messages"); }

Result<void> read_block(MockQuestion& question, ObjectReader block, bool pictures) {
  const std::string type = block.string("type");
  if (type == "text") {
    const std::string text = block.string("text");
    if (text.empty()) block.fail("text", "a text that is not empty", "\"\"");
    add_text(question, text);
    return block.status();
  }
  if (type != "image" || !pictures) {
    block.fail("type", pictures ? "text or image" : "text", type);
    return block.status();
  }
  ObjectReader source = block.child("source");
  if (const std::string kind = source.string("type"); kind != "base64")
    source.fail("type", "base64", kind);
  const std::string media_type = source.string("media_type");
  const std::string data = source.string("data");
  STAREVAL_CHECK(block.status());
  STAREVAL_CHECK(check_media_type(media_type));
  return add_base64_picture(question, data);
}

// A string or a list of blocks under `key`.
Result<void> read_content(MockQuestion& question, ObjectReader& in, const json::object& object,
                          std::string_view key, bool pictures) {
  const json::value* content = object.if_contains(key);
  if (content == nullptr || !content->is_array()) {
    add_text(question, in.string(key));
    return in.status();
  }
  const json::array& blocks = content->get_array();
  if (blocks.empty()) in.fail(key, "at least one block", "none");
  STAREVAL_CHECK(in.status());
  for (std::size_t i = 0; i < blocks.size(); ++i)
    STAREVAL_CHECK(read_block(question, in.element(key, i, blocks[i]), pictures));
  return in.status();
}

Result<void> read_message(MockQuestion& question, ObjectReader message,
                          const json::object& object) {
  if (const std::string role = message.string("role"); role != "user" && role != "assistant")
    message.fail("role", "user or assistant (the system prompt is a field of its own)", role);
  STAREVAL_CHECK(message.status());
  return read_content(question, message, object, "content", true);
}

// "temperature may only be set to 1 when thinking is enabled".
Result<void> check_sampling(const json::object& object) {
  STAREVAL_CHECK(check_range(object, "temperature", 0, 1));
  STAREVAL_CHECK(check_range(object, "top_p", 0, 1));
  const json::value* thinking = object.if_contains("thinking");
  const bool enabled = thinking != nullptr && thinking->is_object() &&
                       thinking->get_object().contains("budget_tokens");
  return enabled ? check_range(object, "temperature", 1, 1) : Result<void>();
}

Result<void> check_request(const json::object& object) {
  STAREVAL_CHECK(check_fields(
      object, "request", {"model",        "max_tokens",    "messages",      "system",
                          "temperature",  "top_p",         "top_k",         "stop_sequences",
                          "stream",       "metadata",      "thinking",      "tools",
                          "tool_choice",  "service_tier",  "container",     "context_management",
                          "mcp_servers",  "output_config", "output_format", "cache_control",
                          "inference_geo"}));
  return check_sampling(object);
}

Result<MockQuestion> parse(std::string_view, std::string_view body) {
  STAREVAL_TRY(const json::object object, parse_json_object(body, "request"));
  STAREVAL_CHECK(check_request(object));
  ObjectReader in(object, "request");
  MockQuestion question;
  question.model = in.string("model");
  (void)in.integer_in("max_tokens", 1, 10'000'000);
  if (in.boolean_or("stream", false)) in.fail("stream", "false", "true");
  const json::array& messages = in.array("messages");
  if (messages.empty()) in.fail("messages", "at least one message", "none");
  STAREVAL_CHECK(in.status());
  if (in.has("system")) STAREVAL_CHECK(read_content(question, in, object, "system", false));
  for (std::size_t i = 0; i < messages.size(); ++i) {
    ObjectReader message = in.element("messages", i, messages[i]);
    STAREVAL_CHECK(in.status());
    STAREVAL_CHECK(read_message(question, message, messages[i].get_object()));
  }
  return question;
}

std::string_view stop_reason(const MockStep& step) {
  if (!step.refusal.empty() || step.finish_reason == "content_filter") return "refusal";
  if (step.finish_reason == "length") return "max_tokens";
  return step.finish_reason == "stop" ? "end_turn" : std::string_view(step.finish_reason);
}

std::string answer(const MockStep& step, const std::string& id, const std::string& model) {
  json::array content;
  if (!step.reasoning.empty())
    content.push_back(
        json::object{{"type", "thinking"}, {"thinking", step.reasoning}, {"signature", "mock"}});
  const std::string text = step.refusal.empty() ? step.text.value_or("") : step.refusal;
  if (!text.empty()) content.push_back(json::object{{"type", "text"}, {"text", text}});
  return to_json(json::object{{"id", id},
                              {"type", "message"},
                              {"role", "assistant"},
                              {"model", model},
                              {"content", std::move(content)},
                              {"stop_reason", stop_reason(step)},
                              {"stop_sequence", nullptr},
                              {"usage", json::object{{"input_tokens", step.input_tokens},
                                                     {"cache_creation_input_tokens", 0},
                                                     {"cache_read_input_tokens", 0},
                                                     {"output_tokens", step.output_tokens}}}});
}

std::string_view type_of(int status) {
  switch (status) {
    case 400: return "invalid_request_error";
    case 401: return "authentication_error";
    case 402: return "billing_error";
    case 403: return "permission_error";
    case 404: return "not_found_error";
    case 413: return "request_too_large";
    case 429: return "rate_limit_error";
    case 504: return "timeout_error";
    case 529: return "overloaded_error";
    default: return "api_error";
  }
}

std::string error(int status, std::string_view message) {
  return to_json(
      json::object{{"type", "error"},
                   {"error", json::object{{"type", type_of(status)}, {"message", message}}},
                   {"request_id", "req_mock"}});
}

}  // namespace

MockApi messages_api() { return {"messages", matches, parse, answer, error}; }

}  // namespace stareval
