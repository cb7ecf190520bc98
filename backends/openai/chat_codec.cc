#include "backends/openai/chat_codec.h"

#include <array>
#include <optional>
#include <utility>
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
  PartWriter(HttpBody& out, std::span<const PictureFile> pictures)
      : out_(out), pictures_(pictures) {}

  void operator()(const TextPart& part) {
    out_.add(R"({"type":"text","text":)" + quoted(part.text) + "}");
  }

  void operator()(const ImagePart&) {
    const PictureFile& picture = pictures_.front();
    pictures_ = pictures_.subspan(1);
    out_.add(R"({"type":"image_url","image_url":{"url":"data:)" + picture.media_type + ";base64,");
    out_.add_base64(picture);
    out_.add("\"}}");
  }

 private:
  HttpBody& out_;
  std::span<const PictureFile> pictures_;
};

void write_message(HttpBody& out, const Message& message, PartWriter& write_part) {
  out.add(R"({"role":)" + quoted(message.role) + R"(,"content":)");
  const auto* only_text =
      message.parts.size() == 1 ? std::get_if<TextPart>(&message.parts.front()) : nullptr;
  if (only_text != nullptr) return out.add(quoted(only_text->text) + "}");
  out.add("[");
  for (std::size_t i = 0; i < message.parts.size(); ++i) {
    if (i > 0) out.add(",");
    std::visit(write_part, message.parts[i]);
  }
  out.add("]}");
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

// Words for a generation that the server gave up: OpenRouter's error; abort of vLLM and SGLang.
bool is_broken_off(std::string_view finish_reason) {
  return finish_reason == "error" || finish_reason == "abort";
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

// {"error": {"message", "code"}} of OpenAI, {"error": "text"} of others: in a body, or in a choice.
std::optional<ServerError> stated_error(const json::object& holder) {
  if (std::string text = text_at(holder, "error"); !text.empty())
    return ServerError{std::move(text), text_at(holder, "code")};
  const json::object* error = object_at(holder, "error");
  if (error == nullptr || error->empty()) return std::nullopt;
  const json::value* code = error->if_contains("code");
  const bool number = code != nullptr && code->is_int64();
  return ServerError{text_at(*error, "message"),
                     number ? std::to_string(code->get_int64()) : text_at(*error, "code")};
}

// Also {"message"} and {"detail"}, which say that something failed only where nothing else came.
std::optional<ServerError> server_error(const json::object& body) {
  if (auto error = stated_error(body)) return error;
  for (const std::string_view key : {"message", "detail"})
    if (std::string text = text_at(body, key); !text.empty())
      return ServerError{std::move(text), text_at(body, "code")};
  return std::nullopt;
}

Reply not_a_completion(const HttpResponse& response, std::string_view found, const Secret& key) {
  return failed_reply(Failure::permanent,
                      fmt::format("expected a chat completion, found {}: {}; check --base-url",
                                  found, quote(response.body, key)));
}

// An error in a body of status 200, as gateways put that of the provider behind them. `otherwise`
// is the status that it stands for where its code is none.
Reply decode_hidden_error(const HttpResponse& response, const ServerError& error, int otherwise,
                          const Secret& key) {
  const bool number = error.code.size() == 3 &&
                      error.code.find_first_not_of("0123456789") == std::string::npos &&
                      error.code >= "400";
  HttpResponse inner = response;
  inner.status = number ? std::stoi(error.code) : otherwise;
  return error_reply(inner, error.message, key);
}

// What came before a generation broke off is no answer, and another attempt may fare better.
std::optional<Reply> decode_broken_off(const HttpResponse& response, const json::object& choice,
                                       const Secret& key) {
  if (const auto error = stated_error(choice))
    return decode_hidden_error(response, *error, 500, key);
  const std::string finish_reason = text_at(choice, "finish_reason");
  if (!is_broken_off(finish_reason)) return std::nullopt;
  return failed_reply(
      Failure::server,
      fmt::format("the server broke the reply off with finish_reason \"{}\"", finish_reason));
}

// The completion in a body, or why it is none.
Reply decode_completion(const HttpResponse& response, const json::object& body, const Secret& key) {
  const json::value* choices = body.if_contains("choices");
  const json::array* list = choices == nullptr ? nullptr : choices->if_array();
  if (list == nullptr) return not_a_completion(response, "JSON without \"choices\"", key);
  if (list->empty()) return not_a_completion(response, "an empty list of choices", key);
  const json::object* choice = list->front().if_object();
  if (choice != nullptr)
    if (auto broken_off = decode_broken_off(response, *choice, key)) return *std::move(broken_off);
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

Reply decode_fine(const HttpResponse& response, const json::object& body, const Secret& key) {
  const auto error = body.contains("choices") ? stated_error(body) : server_error(body);
  return error ? decode_hidden_error(response, *error, 400, key)
               : decode_completion(response, body, key);
}

Reply decode_refused(const HttpResponse& response, const json::object& body, const Secret& key) {
  const ServerError error = server_error(body).value_or(ServerError{});
  Reply reply = error_reply(response, error.message, key);
  if (response.status == 429 && error.code == "insufficient_quota")
    reply.failure = Failure::permanent;
  return reply;
}

// A reply that was paid for is not thrown away for a broken character in it.
Result<json::object> parse_body(const std::string& body) {
  auto parsed = parse_json_object(body, "reply");
  if (parsed.has_value()) return parsed;
  return parse_json_object(with_whole_surrogates(to_valid_utf8(body)), "reply");
}

// `body` is empty where that of the response is not JSON.
std::string request_id(const HttpResponse& response, const json::object& body) {
  const std::string_view id = response.header("x-request-id");
  return id.empty() ? text_at(body, "id") : to_valid_utf8(id);
}

Reply decode_status(const HttpResponse& response, const Result<json::object>& body,
                    const Secret& key) {
  if (failure_of_status(response.status) == Failure::none)
    return body.has_error() ? not_a_completion(response, "something else", key)
                            : decode_fine(response, *body, key);
  return body.has_error() ? error_reply(response, "", key) : decode_refused(response, *body, key);
}

}  // namespace

HttpBody encode(const Request& request, std::span<const PictureFile> pictures,
                const std::string& max_tokens_field) {
  HttpBody out;
  out.add(R"({"model":)" + quoted(request.model) + R"(,"messages":[)");
  PartWriter write_part(out, pictures);
  for (std::size_t i = 0; i < request.messages.size(); ++i) {
    if (i > 0) out.add(",");
    write_message(out, request.messages[i], write_part);
  }
  const Decoding& decoding = request.decoding;
  out.add("]");
  if (decoding.temperature) out.add(R"(,"temperature":)" + to_json(*decoding.temperature));
  if (decoding.top_p) out.add(R"(,"top_p":)" + to_json(*decoding.top_p));
  out.add(fmt::format(",{}:{}}}", quoted(max_tokens_field), decoding.max_tokens));
  return out;
}

Reply decode(const HttpResponse& response, const Secret& key) {
  const Result<json::object> body = parse_body(response.body);
  Reply reply = decode_status(response, body, key);
  reply.latency = response.latency;
  reply.provider_request_id = request_id(response, body.has_value() ? *body : json::object());
  redact(reply, key);
  return reply;
}

}  // namespace stareval::chat
