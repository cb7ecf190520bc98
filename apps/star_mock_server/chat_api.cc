#include "apps/star_mock_server/chat_api.h"

#include "apps/star_mock_server/mock_apis.h"
#include "libstareval/base/base64.h"
#include "libstareval/base/digest.h"
#include "libstareval/base/json.h"

namespace stareval {
namespace {

Result<std::string> picture_digest(std::string_view url) {
  constexpr std::string_view kMark = ";base64,";
  const auto mark = url.find(kMark);
  if (!url.starts_with("data:image/") || mark == std::string_view::npos)
    return make_error(ErrorCode::bad_data, "expected a picture as data:image/...;base64,...");
  STAREVAL_TRY(const std::string bytes, base64_decode(url.substr(mark + kMark.size())));
  return sha256(bytes);
}

void add_text(MockQuestion& request, std::string_view text) {
  if (!request.prompt.empty()) request.prompt += '\n';
  request.prompt += text;
}

Result<void> read_part(MockQuestion& request, ObjectReader part) {
  const std::string type = part.string("type");
  if (type == "text") add_text(request, part.string("text"));
  else if (type == "image_url") {
    const std::string url = part.child("image_url").string("url");
    STAREVAL_CHECK(part.status());
    STAREVAL_TRY(std::string digest, picture_digest(url));
    request.pictures.push_back(std::move(digest));
  } else {
    part.fail("type", "text or image_url", type);
  }
  return part.status();
}

Result<void> read_message(MockQuestion& request, ObjectReader message, const json::object& object) {
  (void)message.string("role");
  const json::value* content = object.if_contains("content");
  if (content == nullptr || !content->is_array()) {
    add_text(request, message.string("content"));
    return message.status();
  }
  const json::array& parts = content->get_array();
  for (std::size_t i = 0; i < parts.size(); ++i)
    STAREVAL_CHECK(read_part(request, message.element("content", i, parts[i])));
  return message.status();
}

json::object message_of(const MockStep& step) {
  json::object message{{"role", "assistant"}, {"content", step.text.value_or("")}};
  if (!step.reasoning.empty()) message["reasoning_content"] = step.reasoning;
  if (!step.refusal.empty()) {
    message["content"] = nullptr;
    message["refusal"] = step.refusal;
  }
  return message;
}

std::string completion_body(const MockStep& step, const std::string& id, const std::string& model) {
  json::object choice{
      {"index", 0}, {"message", message_of(step)}, {"finish_reason", step.finish_reason}};
  json::object usage{{"prompt_tokens", step.input_tokens},
                     {"completion_tokens", step.output_tokens},
                     {"total_tokens", step.input_tokens + step.output_tokens}};
  return to_json(json::object{{"id", id},
                              {"object", "chat.completion"},
                              {"created", 0},
                              {"model", model},
                              {"choices", json::array{std::move(choice)}},
                              {"usage", std::move(usage)}});
}

constexpr std::string_view kChat = "/chat/completions";

bool matches(std::string_view target) { return path_of(target).ends_with(kChat); }

// NAME of .../deployments/NAME/chat/completions; "" elsewhere.
std::string deployment_of(std::string_view target) {
  constexpr std::string_view kDeployments = "/deployments/";
  const std::string_view path = path_of(target);
  const auto mark = path.find(kDeployments);
  if (mark == std::string_view::npos) return {};
  const auto begin = mark + kDeployments.size();
  const auto end = path.find('/', begin);
  return std::string(path.substr(begin, end - begin));
}

Result<MockQuestion> parse(std::string_view target, std::string_view body) {
  STAREVAL_TRY(const json::object object, parse_json_object(body, "request"));
  ObjectReader in(object, "request");
  MockQuestion request;
  request.model = deployment_of(target);
  if (request.model.empty() || in.has("model")) request.model = in.string("model");
  if (in.boolean_or("stream", false)) in.fail("stream", "false", "true");
  const json::array& messages = in.array("messages");
  STAREVAL_CHECK(in.status());
  for (std::size_t i = 0; i < messages.size(); ++i) {
    ObjectReader message = in.element("messages", i, messages[i]);
    STAREVAL_CHECK(in.status());
    STAREVAL_CHECK(read_message(request, message, messages[i].get_object()));
  }
  return request;
}

std::string error_body(int, std::string_view message) {
  return to_json(json::object{
      {"error", json::object{{"message", message}, {"type", "mock_error"}, {"code", nullptr}}}});
}

}  // namespace

MockApi chat_api() { return {"chat", matches, parse, completion_body, error_body}; }

std::string models_body() {
  return to_json(json::object{
      {"object", "list"},
      {"data", json::array{json::object{
                   {"id", "star-mock"}, {"object", "model"}, {"owned_by", "star-mock-server"}}}}});
}

}  // namespace stareval
