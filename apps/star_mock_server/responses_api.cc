#include "apps/star_mock_server/responses_api.h"

#include "apps/star_mock_server/mock_apis.h"
#include "apps/star_mock_server/question_parts.h"
#include "libstareval/base/json.h"

namespace stareval {
namespace {

bool matches(std::string_view target) { return path_of(target).ends_with("/responses"); }

Result<void> read_part(MockQuestion& question, ObjectReader part, const std::string& text_type) {
  const std::string type = part.string("type");
  if (type == text_type) {
    add_text(question, part.string("text"));
    return part.status();
  }
  if (type != "input_image" || text_type == "output_text") {
    part.fail("type", text_type == "input_text" ? "input_text or input_image" : "output_text",
              type);
    return part.status();
  }
  const std::string url = part.string("image_url");
  STAREVAL_CHECK(part.status());
  return add_data_url_picture(question, url);
}

Result<void> read_item(MockQuestion& question, ObjectReader item, const json::object& object) {
  const std::string role = item.string("role");
  if (role != "user" && role != "assistant" && role != "system" && role != "developer")
    item.fail("role", "user, assistant, system or developer", role);
  if (const std::string type = item.string_or("type", "message"); type != "message")
    item.fail("type", "message", type);
  const json::value* content = object.if_contains("content");
  if (content == nullptr || !content->is_array()) {
    add_text(question, item.string("content"));
    return item.status();
  }
  STAREVAL_CHECK(item.status());
  const std::string text_type = role == "assistant" ? "output_text" : "input_text";
  const json::array& parts = content->get_array();
  for (std::size_t i = 0; i < parts.size(); ++i)
    STAREVAL_CHECK(read_part(question, item.element("content", i, parts[i]), text_type));
  return item.status();
}

Result<void> check_request(const json::object& object) {
  STAREVAL_CHECK(check_fields(object, "request",
                              {"model",
                               "input",
                               "instructions",
                               "temperature",
                               "top_p",
                               "max_output_tokens",
                               "store",
                               "include",
                               "top_logprobs",
                               "reasoning",
                               "text",
                               "tools",
                               "tool_choice",
                               "metadata",
                               "stream",
                               "truncation",
                               "user",
                               "service_tier",
                               "background",
                               "conversation",
                               "previous_response_id",
                               "parallel_tool_calls",
                               "max_tool_calls",
                               "prompt",
                               "prompt_cache_key",
                               "prompt_cache_retention",
                               "safety_identifier"}));
  STAREVAL_CHECK(check_range(object, "temperature", 0, 2));
  STAREVAL_CHECK(check_range(object, "top_p", 0, 1));
  STAREVAL_CHECK(check_range(object, "top_logprobs", 0, 20));
  return check_range(object, "max_output_tokens", 16, 10'000'000);
}

Result<void> read_input(MockQuestion& question, ObjectReader& in, const json::object& object) {
  const json::value* input = object.if_contains("input");
  if (input == nullptr || !input->is_array()) {
    add_text(question, in.string("input"));
    return in.status();
  }
  const json::array& items = input->get_array();
  if (items.empty()) in.fail("input", "at least one message", "none");
  STAREVAL_CHECK(in.status());
  for (std::size_t i = 0; i < items.size(); ++i) {
    ObjectReader item = in.element("input", i, items[i]);
    STAREVAL_CHECK(in.status());
    STAREVAL_CHECK(read_item(question, item, items[i].get_object()));
  }
  return in.status();
}

Result<MockQuestion> parse(std::string_view, std::string_view body) {
  STAREVAL_TRY(const json::object object, parse_json_object(body, "request"));
  STAREVAL_CHECK(check_request(object));
  ObjectReader in(object, "request");
  MockQuestion question;
  question.model = in.string("model");
  if (in.boolean_or("stream", false)) in.fail("stream", "false", "true");
  if (in.has("instructions")) add_text(question, in.string("instructions"));
  STAREVAL_CHECK(in.status());
  STAREVAL_CHECK(read_input(question, in, object));
  return question;
}

json::object message_item(const MockStep& step) {
  json::object part{
      {"type", "output_text"}, {"text", step.text.value_or("")}, {"annotations", json::array()}};
  if (!step.refusal.empty()) part = {{"type", "refusal"}, {"refusal", step.refusal}};
  return {{"type", "message"},
          {"id", "msg_mock"},
          {"status", "completed"},
          {"role", "assistant"},
          {"content", json::array{std::move(part)}}};
}

json::object reasoning_item(const MockStep& step) {
  return {
      {"type", "reasoning"},
      {"id", "rs_mock"},
      {"summary", json::array{json::object{{"type", "summary_text"}, {"text", step.reasoning}}}}};
}

json::object usage_of(const MockStep& step) {
  return {{"input_tokens", step.input_tokens},
          {"input_tokens_details", json::object{{"cached_tokens", 0}}},
          {"output_tokens", step.output_tokens},
          {"output_tokens_details", json::object{{"reasoning_tokens", 0}}},
          {"total_tokens", step.input_tokens + step.output_tokens}};
}

// Why the answer is incomplete; "" where it is whole.
std::string_view incomplete_reason(const MockStep& step) {
  if (step.finish_reason == "length") return "max_output_tokens";
  return step.finish_reason == "content_filter" ? "content_filter" : "";
}

std::string answer(const MockStep& step, const std::string& id, const std::string& model) {
  const std::string_view reason = incomplete_reason(step);
  json::value details;
  if (!reason.empty()) details = json::object{{"reason", reason}};
  json::array output;
  if (!step.reasoning.empty()) output.push_back(reasoning_item(step));
  output.push_back(message_item(step));
  return to_json(json::object{{"id", id},
                              {"object", "response"},
                              {"created_at", 0},
                              {"status", reason.empty() ? "completed" : "incomplete"},
                              {"error", nullptr},
                              {"incomplete_details", std::move(details)},
                              {"model", model},
                              {"output", std::move(output)},
                              {"usage", usage_of(step)}});
}

std::string error(int, std::string_view message) {
  return to_json(json::object{
      {"error",
       json::object{
           {"message", message}, {"type", "mock_error"}, {"param", nullptr}, {"code", nullptr}}}});
}

}  // namespace

MockApi responses_api() { return {"responses", matches, parse, answer, error}; }

}  // namespace stareval
