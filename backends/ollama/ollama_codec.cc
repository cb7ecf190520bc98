#include "backends/ollama/ollama_codec.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <variant>

#include "backends/shared/http_reply.h"
#include "backends/shared/wire_json.h"

namespace stareval::ollama {
namespace {

std::string text_of(const Message& message) {
  std::string text;
  bool first = true;
  for (const auto& part : message.parts)
    if (const auto* piece = std::get_if<TextPart>(&part)) {
      if (!first) text += '\n';
      first = false;
      text += piece->text;
    }
  return text;
}

std::size_t count_pictures(const Message& message) {
  std::size_t count = 0;
  for (const auto& part : message.parts) count += std::holds_alternative<ImagePart>(part) ? 1 : 0;
  return count;
}

void write_message(HttpBody& out, const Message& message, PictureQueue& pictures) {
  out.add(R"({"role":)" + json_string(message.role) + R"(,"content":)" +
          json_string(text_of(message)));
  const std::size_t count = count_pictures(message);
  for (std::size_t i = 0; i < count; ++i) {
    out.add(i == 0 ? R"(,"images":[")" : R"(",")");
    out.add_base64(pictures.next());
  }
  out.add(count > 0 ? "\"]}" : "}");
}

json::object options_of(const Decoding& decoding) {
  json::object options;
  if (decoding.temperature) options["temperature"] = *decoding.temperature;
  if (decoding.top_p) options["top_p"] = *decoding.top_p;
  options["num_predict"] = decoding.max_tokens;
  return options;
}

Decoded read(const json::object& body, int status) {
  const bool fine = failure_of_status(status) == Failure::none;
  if (std::string error = text_at(body, "error"); !error.empty())
    return ServerError{std::move(error), fine ? 500 : 0};
  const json::object* message = object_at(body, "message");
  if (message == nullptr) return NotAReply{"JSON without a \"message\""};
  Reply reply;
  reply.finish_reason = text_at(body, "done_reason");
  if (!flag_at(body, "done")) return BrokenOff{"\"done\" not true"};
  if (reply.finish_reason == "load" || reply.finish_reason == "unload")
    return BrokenOff{fmt::format("done_reason \"{}\"", reply.finish_reason)};
  reply.outcome = reply.finish_reason == "length" ? Outcome::truncated : Outcome::answered;
  reply.text = text_at(*message, "content");
  reply.reasoning = text_at(*message, "thinking");
  reply.usage = {count_at(body, "prompt_eval_count"), count_at(body, "eval_count"), 0, 0};
  reply.logprobs = token_logprobs_at(body, "logprobs");
  return reply;
}

constexpr WireFormat kFormat{"a chat reply of Ollama", "without /v1", read};

}  // namespace

HttpBody encode(const Request& request, std::span<const PictureFile> pictures,
                const std::optional<json::value>& think) {
  const Decoding& decoding = request.decoding;
  HttpBody out;
  FieldWriter fields(out, decoding.extra);
  fields.add("model", json::value(request.model));
  PictureQueue queue(pictures);
  if (fields.begin("messages"))
    write_list(out, request.messages,
               [&](const Message& message) { write_message(out, message, queue); });
  fields.add("stream", false);
  if (think) fields.add("think", *think);
  fields.add("options", options_of(decoding));
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

}  // namespace stareval::ollama
