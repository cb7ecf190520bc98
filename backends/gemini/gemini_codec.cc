#include "backends/gemini/gemini_codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "backends/shared/endpoint.h"
#include "backends/shared/http_reply.h"
#include "backends/shared/rate_limits.h"
#include "backends/shared/system_messages.h"
#include "backends/shared/wire_json.h"

namespace stareval::gemini {
namespace {

class PartWriter {
 public:
  PartWriter(HttpBody& out, PictureQueue& pictures) : out_(out), pictures_(pictures) {}

  void operator()(const TextPart& part) const {
    out_.add(R"({"text":)" + json_string(part.text) + "}");
  }

  void operator()(const ImagePart&) const {
    const PictureFile& picture = pictures_.next();
    out_.add(R"({"inlineData":{"mimeType":")" + picture.media_type + R"(","data":")");
    out_.add_base64(picture);
    out_.add("\"}}");
  }

 private:
  HttpBody& out_;
  PictureQueue& pictures_;
};

void write_content(HttpBody& out, const Message& message, PictureQueue& pictures) {
  out.add(fmt::format(R"({{"role":"{}","parts":)", message.role == "assistant" ? "model" : "user"));
  write_list(out, message.parts,
             [&](const auto& part) { std::visit(PartWriter(out, pictures), part); });
  out.add("}");
}

json::array system_parts(const Request& request) {
  json::array parts;
  for (const std::string& text : system_texts(request))
    parts.push_back(json::object{{"text", text}});
  return parts;
}

json::object generation_config(const Decoding& decoding) {
  json::object config;
  if (decoding.temperature) config["temperature"] = *decoding.temperature;
  if (decoding.top_p) config["topP"] = *decoding.top_p;
  config["maxOutputTokens"] = decoding.max_tokens;
  if (decoding.logprobs > 0) {
    config["responseLogprobs"] = true;
    config["logprobs"] = decoding.logprobs;
  }
  return config;
}

// ---- decode ----

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_refusal(std::string_view reason) {
  constexpr std::array<std::string_view, 9> kReasons{
      "SAFETY",   "RECITATION",   "PROHIBITED_CONTENT",       "BLOCKLIST",       "SPII",
      "LANGUAGE", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION"};
  return is_one_of(reason, kReasons);
}

bool is_broken_off(std::string_view reason) {
  constexpr std::array<std::string_view, 7> kReasons{
      "OTHER",       "MALFORMED_FUNCTION_CALL",   "MALFORMED_RESPONSE", "UNEXPECTED_TOOL_CALL",
      "IMAGE_OTHER", "MISSING_THOUGHT_SIGNATURE", "TOO_MANY_TOOL_CALLS"};
  return is_one_of(reason, kReasons);
}

std::optional<std::chrono::milliseconds> retry_delay(const json::object& error) {
  for (const json::object* detail : objects_at(error, "details"))
    if (const std::string delay = text_at(*detail, "retryDelay"); !delay.empty())
      return parse_duration(delay);
  return std::nullopt;
}

// {"error": {"code": 429, "message", "status": "RESOURCE_EXHAUSTED", "details": [...]}}
std::optional<ServerError> stated_error(const json::object& body, bool fine) {
  const json::object* error = object_at(body, "error");
  if (error == nullptr) return std::nullopt;
  ServerError stated;
  stated.message = text_at(*error, "message");
  stated.retry_after = retry_delay(*error);
  const std::int64_t code = count_at(*error, "code");
  if (fine) stated.status = code >= 400 && code < 600 ? static_cast<int>(code) : 500;
  return stated;
}

// Nothing where the prompt was not blocked.
std::optional<ServerError> blocked_prompt(const json::object& body) {
  const json::object* feedback = object_at(body, "promptFeedback");
  if (feedback == nullptr || text_at(*feedback, "blockReason").empty()) return std::nullopt;
  ServerError blocked;
  blocked.refused = true;
  blocked.word = text_at(*feedback, "blockReason");
  blocked.message = text_at(*feedback, "blockReasonMessage");
  return blocked;
}

void read_parts(Reply& reply, const json::object& candidate) {
  const json::object* content = object_at(candidate, "content");
  if (content == nullptr) return;
  for (const json::object* part : objects_at(*content, "parts"))
    (flag_at(*part, "thought") ? reply.reasoning : reply.text) += text_at(*part, "text");
}

Usage read_usage(const json::object& body) {
  const json::object* usage = object_at(body, "usageMetadata");
  if (usage == nullptr) return {};
  Usage read;
  read.input_tokens = count_at(*usage, "promptTokenCount");
  read.cached_tokens = count_at(*usage, "cachedContentTokenCount");
  read.reasoning_tokens = count_at(*usage, "thoughtsTokenCount");
  read.output_tokens = count_at(*usage, "candidatesTokenCount") + read.reasoning_tokens;
  return read;
}

std::pair<std::string, double> token_of(const json::object& item) {
  return {text_at(item, "token"), std::min(number_at(item, "logProbability"), 0.0)};
}

// {"chosenCandidates": [{"token", "logProbability"}], "topCandidates": [{"candidates": [...]}]}
std::vector<TokenLogprob> read_logprobs(const json::object& candidate) {
  std::vector<TokenLogprob> tokens;
  const json::object* result = object_at(candidate, "logprobsResult");
  if (result == nullptr) return tokens;
  for (const json::object* chosen : objects_at(*result, "chosenCandidates")) {
    auto [token, logprob] = token_of(*chosen);
    tokens.push_back({std::move(token), logprob, {}});
  }
  const auto steps = objects_at(*result, "topCandidates");
  for (std::size_t i = 0; i < std::min(steps.size(), tokens.size()); ++i)
    for (const json::object* other : objects_at(*steps[i], "candidates"))
      tokens[i].top.push_back(token_of(*other));
  return tokens;
}

Reply read_reply(const json::object& body, const json::object& candidate) {
  Reply reply;
  reply.finish_reason = text_at(candidate, "finishReason");
  reply.outcome = Outcome::answered;
  if (reply.finish_reason == "MAX_TOKENS") reply.outcome = Outcome::truncated;
  if (is_refusal(reply.finish_reason)) reply.outcome = Outcome::refused;
  read_parts(reply, candidate);
  reply.usage = read_usage(body);
  reply.logprobs = read_logprobs(candidate);
  reply.provider_request_id = text_at(body, "responseId");
  return reply;
}

Decoded read(const json::object& body, int status) {
  const bool fine = failure_of_status(status) == Failure::none;
  if (auto error = stated_error(body, fine)) return *std::move(error);
  const auto candidates = objects_at(body, "candidates");
  if (candidates.empty()) {
    if (auto blocked = blocked_prompt(body); blocked && fine) return *std::move(blocked);
    return NotAReply{"JSON without \"candidates\""};
  }
  if (const std::string reason = text_at(*candidates[0], "finishReason"); is_broken_off(reason))
    return BrokenOff{fmt::format("finishReason \"{}\"", reason)};
  return read_reply(body, *candidates[0]);
}

constexpr WireFormat kFormat{"a reply of generateContent", "", read};

}  // namespace

std::string path_of(std::string_view model) {
  const bool whole = model.find('/') != std::string_view::npos;
  return fmt::format("{}{}:generateContent", whole ? "" : "models/", percent_encoded(model, "/"));
}

Result<HttpBody> encode(const Request& request, std::span<const PictureFile> pictures) {
  STAREVAL_CHECK(check_roles(request, "gemini"));
  HttpBody out;
  FieldWriter fields(out, request.decoding.extra);
  if (json::array parts = system_parts(request); !parts.empty())
    fields.add("systemInstruction", json::object{{"parts", std::move(parts)}});
  PictureQueue queue(pictures);
  if (fields.begin("contents"))
    write_list(out, without_system(request),
               [&](const Message& message) { write_content(out, message, queue); });
  fields.add("generationConfig", generation_config(request.decoding));
  fields.finish();
  return out;
}

Reply decode(const HttpResponse& response, const Secret& key) {
  return decode_response(response, kFormat, key);
}

}  // namespace stareval::gemini
