#include "backends/anthropic/messages_codec.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "backends/shared/http_reply.h"
#include "backends/shared/system_messages.h"
#include "backends/shared/wire_json.h"

namespace stareval::messages {
namespace {

class PartWriter {
 public:
  PartWriter(HttpBody& out, PictureQueue& pictures) : out_(out), pictures_(pictures) {}

  void operator()(const TextPart& part) const {
    out_.add(R"({"type":"text","text":)" + json_string(part.text) + "}");
  }

  void operator()(const ImagePart&) const {
    const PictureFile& picture = pictures_.next();
    out_.add(R"({"type":"image","source":{"type":"base64","media_type":")" + picture.media_type +
             R"(","data":")");
    out_.add_base64(picture);
    out_.add("\"}}");
  }

 private:
  HttpBody& out_;
  PictureQueue& pictures_;
};

Result<void> check(const Request& request) {
  if (request.decoding.logprobs > 0)
    return make_error(ErrorCode::usage,
                      "the backend anthropic: the API gives no log-probabilities; leave logprobs "
                      "out");
  return check_roles(request, "anthropic");
}

void write_message(HttpBody& out, const Message& message, PictureQueue& pictures) {
  out.add(R"({"role":)" + json_string(message.role) + R"(,"content":)");
  if (const std::string* text = only_text(message)) return out.add(json_string(*text) + "}");
  write_list(out, message.parts,
             [&](const auto& part) { std::visit(PartWriter(out, pictures), part); });
  out.add("}");
}

// One text as a string, several as blocks.
json::value system_field(const std::vector<std::string>& texts) {
  if (texts.size() == 1) return json::value(texts[0]);
  json::array blocks;
  for (const std::string& text : texts)
    blocks.push_back(json::object{{"type", "text"}, {"text", text}});
  return blocks;
}

// ---- decode ----

// Source: the table of errors in the documentation.
int status_of(std::string_view type) {
  constexpr std::array<std::pair<std::string_view, int>, 9> kTypes{{{"invalid_request_error", 400},
                                                                    {"authentication_error", 401},
                                                                    {"billing_error", 402},
                                                                    {"permission_error", 403},
                                                                    {"not_found_error", 404},
                                                                    {"request_too_large", 413},
                                                                    {"rate_limit_error", 429},
                                                                    {"timeout_error", 504},
                                                                    {"overloaded_error", 529}}};
  for (const auto& [name, status] : kTypes)
    if (name == type) return status;
  return 500;
}

// {"type": "error", "error": {"type", "message"}}. In a response of status 200 the type says what
// status it stands for.
std::optional<ServerError> stated_error(const json::object& body, bool fine) {
  const json::object* error = object_at(body, "error");
  if (error == nullptr) return std::nullopt;
  ServerError stated;
  stated.message = text_at(*error, "message");
  if (fine) stated.status = status_of(text_at(*error, "type"));
  return stated;
}

Outcome outcome_of(const std::string& stop_reason) {
  if (stop_reason == "max_tokens" || stop_reason == "model_context_window_exceeded")
    return Outcome::truncated;
  return stop_reason == "refusal" ? Outcome::refused : Outcome::answered;
}

Usage read_usage(const json::object& body) {
  const json::object* usage = object_at(body, "usage");
  if (usage == nullptr) return {};
  Usage read;
  read.cached_tokens = count_at(*usage, "cache_read_input_tokens");
  read.input_tokens = count_at(*usage, "input_tokens") + read.cached_tokens +
                      count_at(*usage, "cache_creation_input_tokens");
  read.output_tokens = count_at(*usage, "output_tokens");
  return read;
}

Decoded read(const json::object& body, int status) {
  const bool fine = failure_of_status(status) == Failure::none;
  if (auto error = stated_error(body, fine)) return *std::move(error);
  if (array_at(body, "content") == nullptr) return NotAReply{"JSON without \"content\""};
  Reply reply;
  reply.finish_reason = text_at(body, "stop_reason");
  reply.outcome = outcome_of(reply.finish_reason);
  for (const json::object* block : objects_at(body, "content")) {
    const std::string type = text_at(*block, "type");
    if (type == "text") reply.text += text_at(*block, "text");
    if (type == "thinking") reply.reasoning += text_at(*block, "thinking");
  }
  reply.usage = read_usage(body);
  reply.provider_request_id = text_at(body, "id");
  return reply;
}

constexpr WireFormat kFormat{"a message", "", read};

}  // namespace

Result<HttpBody> encode(const Request& request, std::span<const PictureFile> pictures) {
  STAREVAL_CHECK(check(request));
  const Decoding& decoding = request.decoding;
  HttpBody out;
  FieldWriter fields(out, decoding.extra);
  fields.add("model", json::value(request.model));
  fields.add("max_tokens", decoding.max_tokens);
  if (const auto texts = system_texts(request); !texts.empty())
    fields.add("system", system_field(texts));
  PictureQueue queue(pictures);
  if (fields.begin("messages"))
    write_list(out, without_system(request),
               [&](const Message& message) { write_message(out, message, queue); });
  if (decoding.temperature) fields.add("temperature", *decoding.temperature);
  if (decoding.top_p) fields.add("top_p", *decoding.top_p);
  fields.finish();
  return out;
}

Reply decode(const HttpResponse& response, const Secret& key) {
  return decode_response(response, kFormat, key);
}

}  // namespace stareval::messages
