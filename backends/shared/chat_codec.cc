#include "backends/shared/chat_codec.h"

#include <fmt/format.h>

#include <optional>
#include <utility>
#include <variant>

#include "backends/shared/http_reply.h"
#include "backends/shared/openai_error.h"
#include "backends/shared/wire_json.h"

namespace stareval::chat {
namespace {

// Writes the parts of the messages; takes the next picture at each image part.
class PartWriter {
 public:
  PartWriter(HttpBody& out, PictureQueue& pictures) : out_(out), pictures_(pictures) {}

  void operator()(const TextPart& part) const {
    out_.add(R"({"type":"text","text":)" + json_string(part.text) + "}");
  }

  void operator()(const ImagePart&) const {
    const PictureFile& picture = pictures_.next();
    out_.add(R"({"type":"image_url","image_url":{"url":"data:)" + picture.media_type + ";base64,");
    out_.add_base64(picture);
    out_.add("\"}}");
  }

 private:
  HttpBody& out_;
  PictureQueue& pictures_;
};

void write_message(HttpBody& out, const Message& message, PictureQueue& pictures) {
  out.add(R"({"role":)" + json_string(message.role) + R"(,"content":)");
  if (const std::string* text = only_text(message)) return out.add(json_string(*text) + "}");
  write_list(out, message.parts,
             [&](const auto& part) { std::visit(PartWriter(out, pictures), part); });
  out.add("}");
}

// ---- decode ----

// A string, or the texts under `key` in a list of parts; "" for null.
std::string content_text(const json::object& message, std::string_view key) {
  if (array_at(message, "content") == nullptr) return text_at(message, "content");
  std::string text;
  for (const json::object* part : objects_at(message, "content")) text += text_at(*part, key);
  return text;
}

// `refusal` of OpenAI, in the message or as a part of its content.
std::string refusal_text(const json::object& message) {
  std::string text = text_at(message, "refusal");
  if (array_at(message, "content") != nullptr) text += content_text(message, "refusal");
  return text;
}

std::string reasoning_text(const json::object& message) {
  std::string text = text_at(message, "reasoning_content");
  return text.empty() ? text_at(message, "reasoning") : text;
}

// Words for a generation that the server gave up: OpenRouter's and Mistral's error; abort of vLLM
// and SGLang; DeepSeek's lack of resources.
bool is_broken_off(std::string_view finish_reason) {
  return finish_reason == "error" || finish_reason == "abort" ||
         finish_reason == "insufficient_system_resource";
}

// model_length is Mistral's word for the end of the context.
Outcome outcome_of(const std::string& finish_reason) {
  if (finish_reason == "length" || finish_reason == "model_length") return Outcome::truncated;
  if (finish_reason == "content_filter") return Outcome::refused;
  return Outcome::answered;
}

Usage read_usage(const json::object& body) {
  const json::object* usage = object_at(body, "usage");
  if (usage == nullptr) return {};
  Usage read{count_at(*usage, "prompt_tokens"), count_at(*usage, "completion_tokens"), 0, 0};
  if (const json::object* details = object_at(*usage, "prompt_tokens_details"))
    read.cached_tokens = count_at(*details, "cached_tokens");
  if (const json::object* details = object_at(*usage, "completion_tokens_details"))
    read.reasoning_tokens = count_at(*details, "reasoning_tokens");
  return read;
}

Reply read_reply(const json::object& body, const json::object& choice,
                 const json::object& message) {
  Reply reply;
  reply.finish_reason = text_at(choice, "finish_reason");
  reply.outcome = outcome_of(reply.finish_reason);
  reply.text = content_text(message, "text");
  reply.reasoning = reasoning_text(message);
  if (std::string refusal = refusal_text(message); !refusal.empty()) {
    reply.outcome = Outcome::refused;
    if (reply.text.empty()) reply.text = std::move(refusal);
  }
  reply.usage = read_usage(body);
  if (const json::object* logprobs = object_at(choice, "logprobs"))
    reply.logprobs = token_logprobs_at(*logprobs, "content");
  reply.provider_request_id = text_at(body, "id");
  return reply;
}

Decoded read_completion(const json::object& body) {
  const json::array* list = array_at(body, "choices");
  if (list == nullptr) return NotAReply{"JSON without \"choices\""};
  if (list->empty()) return NotAReply{"an empty list of choices"};
  const json::object* choice = list->front().if_object();
  if (choice == nullptr) return NotAReply{"a choice without a message"};
  if (auto error = stated_error(*choice, 500)) return *std::move(error);
  if (const std::string reason = text_at(*choice, "finish_reason"); is_broken_off(reason))
    return BrokenOff{fmt::format("finish_reason \"{}\"", reason)};
  const json::object* message = object_at(*choice, "message");
  if (message == nullptr) return NotAReply{"a choice without a message"};
  return read_reply(body, *choice, *message);
}

// Gateways put the error of the provider behind them into a body of status 200.
Decoded read(const json::object& body, int status) {
  const bool fine = failure_of_status(status) == Failure::none;
  const int otherwise = fine ? 400 : 0;
  auto error =
      fine && body.contains("choices") ? stated_error(body, otherwise) : any_error(body, otherwise);
  if (error) return *std::move(error);
  return read_completion(body);
}

constexpr WireFormat kFormat{"a chat completion", "it usually ends in /v1", read};

}  // namespace

HttpBody encode(const Request& request, std::span<const PictureFile> pictures,
                const std::string& max_tokens_field) {
  const Decoding& decoding = request.decoding;
  HttpBody out;
  FieldWriter fields(out, decoding.extra);
  fields.add("model", json::value(request.model));
  PictureQueue queue(pictures);
  if (fields.begin("messages"))
    write_list(out, request.messages,
               [&](const Message& message) { write_message(out, message, queue); });
  if (decoding.temperature) fields.add("temperature", *decoding.temperature);
  if (decoding.top_p) fields.add("top_p", *decoding.top_p);
  fields.add(max_tokens_field, decoding.max_tokens);
  if (decoding.logprobs > 0) {
    fields.add("logprobs", true);
    fields.add("top_logprobs", decoding.logprobs);
  }
  fields.finish();
  return out;
}

Reply decode(const HttpResponse& response, const Secret& key) {
  return decode_response(response, kFormat, key);
}

}  // namespace stareval::chat
