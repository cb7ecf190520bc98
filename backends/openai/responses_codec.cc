#include "backends/openai/responses_codec.h"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "backends/shared/http_reply.h"
#include "backends/shared/openai_error.h"
#include "backends/shared/wire_json.h"

namespace stareval::responses {
namespace {

class PartWriter {
 public:
  PartWriter(HttpBody& out, PictureQueue& pictures, std::string_view text_type)
      : out_(out), pictures_(pictures), text_type_(text_type) {}

  void operator()(const TextPart& part) const {
    out_.add(fmt::format(R"({{"type":"{}","text":{}}})", text_type_, json_string(part.text)));
  }

  void operator()(const ImagePart&) const {
    const PictureFile& picture = pictures_.next();
    out_.add(R"({"type":"input_image","image_url":"data:)" + picture.media_type + ";base64,");
    out_.add_base64(picture);
    out_.add("\"}");
  }

 private:
  HttpBody& out_;
  PictureQueue& pictures_;
  std::string_view text_type_;
};

void write_message(HttpBody& out, const Message& message, PictureQueue& pictures) {
  out.add(R"({"role":)" + json_string(message.role) + R"(,"content":)");
  if (const std::string* text = only_text(message)) return out.add(json_string(*text) + "}");
  const PartWriter write(out, pictures, message.role == "assistant" ? "output_text" : "input_text");
  write_list(out, message.parts, [&](const auto& part) { std::visit(write, part); });
  out.add("}");
}

// ---- decode ----

// Documented codes of a response that failed; all but these are of the request: permanent.
int status_of(const std::string& code) {
  if (code == "rate_limit_exceeded") return 429;
  if (code == "server_error" || code == "vector_store_timeout" || code.empty()) return 500;
  return 400;
}

void add_message(Reply& reply, const json::object& item) {
  for (const json::object* part : objects_at(item, "content")) {
    if (text_at(*part, "type") == "refusal") {
      reply.outcome = Outcome::refused;
      reply.text += text_at(*part, "refusal");
      continue;
    }
    reply.text += text_at(*part, "text");
    for (TokenLogprob& token : token_logprobs_at(*part, "logprobs"))
      reply.logprobs.push_back(std::move(token));
  }
}

// Summaries of OpenAI; whole texts of servers that show them.
void add_reasoning(Reply& reply, const json::object& item) {
  for (const char* key : {"summary", "content"})
    for (const json::object* part : objects_at(item, key)) {
      if (!reply.reasoning.empty()) reply.reasoning += '\n';
      reply.reasoning += text_at(*part, "text");
    }
}

Usage read_usage(const json::object& body) {
  const json::object* usage = object_at(body, "usage");
  if (usage == nullptr) return {};
  Usage read{count_at(*usage, "input_tokens"), count_at(*usage, "output_tokens"), 0, 0};
  if (const json::object* details = object_at(*usage, "input_tokens_details"))
    read.cached_tokens = count_at(*details, "cached_tokens");
  if (const json::object* details = object_at(*usage, "output_tokens_details"))
    read.reasoning_tokens = count_at(*details, "reasoning_tokens");
  return read;
}

// The server's word, and what it says of the outcome.
void read_ending(Reply& reply, const json::object& body) {
  reply.outcome = Outcome::answered;
  reply.finish_reason = text_at(body, "status");
  if (reply.finish_reason != "incomplete") return;
  const json::object* details = object_at(body, "incomplete_details");
  const std::string reason = details == nullptr ? "" : text_at(*details, "reason");
  if (!reason.empty()) reply.finish_reason = reason;
  reply.outcome = reason == "content_filter" ? Outcome::refused : Outcome::truncated;
}

Decoded read_response(const json::object& body) {
  if (array_at(body, "output") == nullptr) return NotAReply{"JSON without \"output\""};
  const std::string status = text_at(body, "status");
  if (status == "cancelled" || status == "queued" || status == "in_progress")
    return BrokenOff{fmt::format("status \"{}\"", status)};
  if (status == "failed") return ServerError{"the response failed", 500};
  Reply reply;
  read_ending(reply, body);
  for (const json::object* item : objects_at(body, "output")) {
    const std::string type = text_at(*item, "type");
    if (type == "message") add_message(reply, *item);
    if (type == "reasoning") add_reasoning(reply, *item);
  }
  reply.usage = read_usage(body);
  reply.provider_request_id = text_at(body, "id");
  return reply;
}

Decoded read(const json::object& body, int status) {
  const bool fine = failure_of_status(status) == Failure::none;
  const bool response = fine && body.contains("output");
  auto error = response ? stated_error(body, 400) : any_error(body, fine ? 400 : 0);
  if (!error) return read_response(body);
  if (response && error->status == 400) error->status = status_of(error->word);
  return *std::move(error);
}

constexpr WireFormat kFormat{"a response", "it usually ends in /v1", read};

}  // namespace

HttpBody encode(const Request& request, std::span<const PictureFile> pictures) {
  const Decoding& decoding = request.decoding;
  HttpBody out;
  FieldWriter fields(out, decoding.extra);
  fields.add("model", json::value(request.model));
  PictureQueue queue(pictures);
  if (fields.begin("input"))
    write_list(out, request.messages,
               [&](const Message& message) { write_message(out, message, queue); });
  if (decoding.temperature) fields.add("temperature", *decoding.temperature);
  if (decoding.top_p) fields.add("top_p", *decoding.top_p);
  fields.add("max_output_tokens", decoding.max_tokens);
  fields.add("store", false);
  if (decoding.logprobs > 0) {
    fields.add("include", json::array{"message.output_text.logprobs"});
    fields.add("top_logprobs", decoding.logprobs);
  }
  fields.finish();
  return out;
}

Reply decode(const HttpResponse& response, const Secret& key) {
  return decode_response(response, kFormat, key);
}

}  // namespace stareval::responses
