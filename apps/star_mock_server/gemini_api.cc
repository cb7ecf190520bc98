#include "apps/star_mock_server/gemini_api.h"

#include "apps/star_mock_server/mock_apis.h"
#include "apps/star_mock_server/question_parts.h"
#include "libstareval/base/json.h"

namespace stareval {
namespace {

constexpr std::string_view kMethod = ":generateContent";

bool matches(std::string_view target) { return path_of(target).ends_with(kMethod); }

// NAME of .../models/NAME:generateContent.
std::string model_of(std::string_view target) {
  std::string_view path = path_of(target);
  path.remove_suffix(kMethod.size());
  return std::string(path.substr(path.rfind('/') + 1));
}

Result<void> read_part(MockQuestion& question, ObjectReader part, const json::object& object) {
  STAREVAL_CHECK(check_fields(object, "part", {"text", "inlineData", "thought"}));
  if (object.contains("text") == object.contains("inlineData")) {
    part.fail("text", "text or inlineData, and not both", "another part");
    return part.status();
  }
  if (object.contains("text")) {
    add_text(question, part.string("text"));
    return part.status();
  }
  ObjectReader data = part.child("inlineData");
  const std::string type = data.string("mimeType");
  const std::string base64 = data.string("data");
  STAREVAL_CHECK(part.status());
  STAREVAL_CHECK(check_media_type(type));
  return add_base64_picture(question, base64);
}

Result<void> read_parts(MockQuestion& question, ObjectReader content) {
  const json::array& parts = content.array("parts");
  if (parts.empty()) content.fail("parts", "at least one part", "none");
  STAREVAL_CHECK(content.status());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    ObjectReader part = content.element("parts", i, parts[i]);
    STAREVAL_CHECK(content.status());
    STAREVAL_CHECK(read_part(question, part, parts[i].get_object()));
  }
  return content.status();
}

Result<void> read_content(MockQuestion& question, ObjectReader content) {
  if (const std::string role = content.string_or("role", "user"); role != "user" && role != "model")
    content.fail("role", "a valid role: user, model", role);
  STAREVAL_CHECK(content.status());
  return read_parts(question, content);
}

Result<void> check_config(const json::object& config) {
  STAREVAL_CHECK(check_fields(
      config, "generationConfig",
      {"temperature", "topP", "topK", "maxOutputTokens", "responseLogprobs", "logprobs", "seed",
       "candidateCount", "stopSequences", "responseMimeType", "responseSchema",
       "responseJsonSchema", "presencePenalty", "frequencyPenalty", "thinkingConfig",
       "mediaResolution", "responseModalities", "speechConfig", "enableEnhancedCivicAnswers"}));
  STAREVAL_CHECK(check_range(config, "temperature", 0, 2));
  STAREVAL_CHECK(check_range(config, "topP", 0, 1));
  STAREVAL_CHECK(check_range(config, "logprobs", 0, 20));
  const json::value* asked = config.if_contains("responseLogprobs");
  if (config.contains("logprobs") && (asked == nullptr || *asked != json::value(true)))
    return make_error(ErrorCode::bad_data, "logprobs: valid only with responseLogprobs true");
  return check_range(config, "maxOutputTokens", 1, 10'000'000);
}

Result<MockQuestion> parse(std::string_view target, std::string_view body) {
  STAREVAL_TRY(const json::object object, parse_json_object(body, "request"));
  STAREVAL_CHECK(
      check_fields(object, "request",
                   {"contents", "systemInstruction", "generationConfig", "safetySettings", "tools",
                    "toolConfig", "cachedContent", "store", "serviceTier", "model"}));
  ObjectReader in(object, "request");
  MockQuestion question;
  question.model = model_of(target);
  const json::array& contents = in.array("contents");
  if (contents.empty()) in.fail("contents", "at least one content", "none");
  const json::object& config = in.object_or_empty("generationConfig");
  STAREVAL_CHECK(in.status());
  STAREVAL_CHECK(check_config(config));
  if (in.has("systemInstruction"))
    STAREVAL_CHECK(read_parts(question, in.child("systemInstruction")));
  for (std::size_t i = 0; i < contents.size(); ++i)
    STAREVAL_CHECK(read_content(question, in.element("contents", i, contents[i])));
  STAREVAL_CHECK(in.status());
  return question;
}

std::string_view finish_reason(const MockStep& step) {
  if (!step.refusal.empty() || step.finish_reason == "content_filter") return "SAFETY";
  if (step.finish_reason == "length") return "MAX_TOKENS";
  return step.finish_reason == "stop" ? "STOP" : std::string_view(step.finish_reason);
}

std::string answer(const MockStep& step, const std::string& id, const std::string& model) {
  json::array parts;
  if (!step.reasoning.empty())
    parts.push_back(json::object{{"text", step.reasoning}, {"thought", true}});
  if (step.refusal.empty()) parts.push_back(json::object{{"text", step.text.value_or("")}});
  json::object candidate{{"content", json::object{{"parts", std::move(parts)}, {"role", "model"}}},
                         {"finishReason", finish_reason(step)},
                         {"index", 0}};
  if (!step.refusal.empty()) candidate["finishMessage"] = step.refusal;
  return to_json(json::object{
      {"candidates", json::array{std::move(candidate)}},
      {"usageMetadata", json::object{{"promptTokenCount", step.input_tokens},
                                     {"candidatesTokenCount", step.output_tokens},
                                     {"totalTokenCount", step.input_tokens + step.output_tokens}}},
      {"modelVersion", model},
      {"responseId", id}});
}

std::string_view status_name(int status) {
  switch (status) {
    case 400: return "INVALID_ARGUMENT";
    case 401: return "UNAUTHENTICATED";
    case 403: return "PERMISSION_DENIED";
    case 404: return "NOT_FOUND";
    case 429: return "RESOURCE_EXHAUSTED";
    case 503: return "UNAVAILABLE";
    case 504: return "DEADLINE_EXCEEDED";
    default: return "INTERNAL";
  }
}

std::string error(int status, std::string_view message) {
  return to_json(json::object{
      {"error",
       json::object{{"code", status}, {"message", message}, {"status", status_name(status)}}}});
}

}  // namespace

MockApi gemini_api() { return {"gemini", matches, parse, answer, error}; }

}  // namespace stareval
