#include "backends/openai/chat_codec.h"

#include <array>
#include <variant>

#include "backends/shared/http_reply.h"
#include "libstareval/base/json.h"
#include "libstareval/base/text.h"

namespace stareval::chat {
namespace {

std::string quoted(const std::string& text) { return to_json(json::value(text)); }

// Writes the parts of the messages; takes the next picture at each image part.
class PartWriter {
 public:
  PartWriter(std::string& out, std::span<const Picture> pictures)
      : out_(out), pictures_(pictures) {}

  void operator()(const TextPart& part) {
    out_ += R"({"type":"text","text":)" + quoted(part.text) + "}";
  }

  void operator()(const ImagePart&) {
    const Picture& picture = pictures_.front();
    pictures_ = pictures_.subspan(1);
    out_ += R"({"type":"image_url","image_url":{"url":"data:)" + picture.media_type + ";base64,";
    out_ += picture.base64;
    out_ += "\"}}";
  }

 private:
  std::string& out_;
  std::span<const Picture> pictures_;
};

void write_message(std::string& out, const Message& message, PartWriter& write_part) {
  out += R"({"role":)" + quoted(message.role) + R"(,"content":)";
  const auto* only_text =
      message.parts.size() == 1 ? std::get_if<TextPart>(&message.parts.front()) : nullptr;
  if (only_text != nullptr) {
    out += quoted(only_text->text) + "}";
    return;
  }
  out += '[';
  for (std::size_t i = 0; i < message.parts.size(); ++i) {
    if (i > 0) out += ',';
    std::visit(write_part, message.parts[i]);
  }
  out += "]}";
}

std::size_t size_hint(std::span<const Picture> pictures) {
  std::size_t size = 8192;
  for (const Picture& picture : pictures) size += picture.base64.size() + 128;
  return size;
}

// ---- decode ----

std::string text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(*text);
}

const json::object* object_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_object();
}

std::int64_t count_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  const std::int64_t* count = value == nullptr ? nullptr : value->if_int64();
  return count == nullptr ? 0 : *count;
}

// A string, or the texts of a list of parts; "" for null.
std::string content_text(const json::object& message) {
  const json::value* content = message.if_contains("content");
  const json::array* parts = content == nullptr ? nullptr : content->if_array();
  if (parts == nullptr) return text_at(message, "content");
  std::string text;
  for (const json::value& part : *parts)
    if (const json::object* object = part.if_object()) text += text_at(*object, "text");
  return text;
}

// What servers call it: `refusal` of OpenAI, in the message or as a part of its content.
std::string refusal_text(const json::object& message) {
  std::string text = text_at(message, "refusal");
  const json::value* content = message.if_contains("content");
  const json::array* parts = content == nullptr ? nullptr : content->if_array();
  if (parts == nullptr) return text;
  for (const json::value& part : *parts)
    if (const json::object* object = part.if_object()) text += text_at(*object, "refusal");
  return text;
}

std::string reasoning_text(const json::object& message) {
  std::string text = text_at(message, "reasoning_content");
  return text.empty() ? text_at(message, "reasoning") : text;
}

Outcome outcome_of(const std::string& finish_reason) {
  if (finish_reason == "length") return Outcome::truncated;
  if (finish_reason == "content_filter") return Outcome::refused;
  return Outcome::answered;
}

struct ServerError {
  std::string message;
  std::string code;  // a word, or a number as text
};

// {"error": {"message", "code"}} of OpenAI; {"error": "text"}, {"message"} and {"detail"} of
// others.
ServerError server_error(const json::object& body) {
  if (const json::object* error = object_at(body, "error")) {
    const json::value* code = error->if_contains("code");
    const bool number = code != nullptr && code->is_int64();
    return {text_at(*error, "message"),
            number ? std::to_string(code->get_int64()) : text_at(*error, "code")};
  }
  for (const std::string_view key : {"error", "message", "detail"})
    if (std::string text = text_at(body, key); !text.empty()) return {text, text_at(body, "code")};
  return {};
}

Reply not_a_completion(const HttpResponse& response, std::string_view found, const Secret& key) {
  return failed_reply(Failure::permanent,
                      fmt::format("expected a chat completion, found {}: {}; check --base-url",
                                  found, quote(response.body, key)));
}

// The completion in a body, or why it is none.
Reply decode_completion(const HttpResponse& response, const json::object& body, const Secret& key) {
  const json::value* choices = body.if_contains("choices");
  const json::array* list = choices == nullptr ? nullptr : choices->if_array();
  if (list == nullptr) return not_a_completion(response, "JSON without \"choices\"", key);
  if (list->empty()) return not_a_completion(response, "an empty list of choices", key);
  const json::object* choice = list->front().if_object();
  const json::object* message = choice == nullptr ? nullptr : object_at(*choice, "message");
  if (message == nullptr) return not_a_completion(response, "a choice without a message", key);

  Reply reply;
  reply.finish_reason = text_at(*choice, "finish_reason");
  reply.outcome = outcome_of(reply.finish_reason);
  reply.text = content_text(*message);
  reply.reasoning = reasoning_text(*message);
  if (std::string refusal = refusal_text(*message); !refusal.empty()) {
    reply.outcome = Outcome::refused;
    if (reply.text.empty()) reply.text = std::move(refusal);
  }
  if (const json::object* usage = object_at(body, "usage"))
    reply.usage = {count_at(*usage, "prompt_tokens"), count_at(*usage, "completion_tokens")};
  return reply;
}

// Gateways put the error of the provider behind them into a body of status 200.
Reply decode_hidden_error(const HttpResponse& response, const ServerError& error,
                          const Secret& key) {
  const bool number = error.code.size() == 3 &&
                      error.code.find_first_not_of("0123456789") == std::string::npos &&
                      error.code >= "400";
  HttpResponse inner = response;
  inner.status = number ? std::stoi(error.code) : 400;
  return error_reply(inner, error.message, key);
}

Reply decode_body(const HttpResponse& response, const Secret& key) {
  const bool fine = failure_of_status(response.status) == Failure::none;
  const auto body = parse_json_object(
      is_valid_utf8(response.body) ? response.body : to_valid_utf8(response.body), "reply");
  if (body.has_error())
    return fine ? not_a_completion(response, "something else", key)
                : error_reply(response, "", key);
  const ServerError error = server_error(*body);
  if (fine && (body->contains("choices") || error.message.empty()))
    return decode_completion(response, *body, key);
  if (fine) return decode_hidden_error(response, error, key);
  Reply reply = error_reply(response, error.message, key);
  if (response.status == 429 && error.code == "insufficient_quota")
    reply.failure = Failure::permanent;
  return reply;
}

std::string request_id(const HttpResponse& response) {
  const std::string_view id = response.header("x-request-id");
  if (!id.empty()) return to_valid_utf8(id);
  const auto body = parse_json_object(response.body, "reply");
  return body.has_error() ? std::string() : text_at(*body, "id");
}

}  // namespace

std::string encode(const Request& request, std::span<const Picture> pictures,
                   const std::string& max_tokens_field) {
  std::string out;
  out.reserve(size_hint(pictures));
  out += R"({"model":)" + quoted(request.model) + R"(,"messages":[)";
  PartWriter write_part(out, pictures);
  for (std::size_t i = 0; i < request.messages.size(); ++i) {
    if (i > 0) out += ',';
    write_message(out, request.messages[i], write_part);
  }
  out += ']';
  const Decoding& decoding = request.decoding;
  if (decoding.temperature) out += R"(,"temperature":)" + to_json(*decoding.temperature);
  if (decoding.top_p) out += R"(,"top_p":)" + to_json(*decoding.top_p);
  out += fmt::format(",{}:{}}}", quoted(max_tokens_field), decoding.max_tokens);
  return out;
}

Reply decode(const HttpResponse& response, const Secret& key) {
  Reply reply = decode_body(response, key);
  reply.latency = response.latency;
  reply.provider_request_id = request_id(response);
  redact(reply, key);
  return reply;
}

}  // namespace stareval::chat
