#include "backends/command/command_codec.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "libstareval/base/base64.h"
#include "libstareval/base/json.h"
#include "libstareval/base/text.h"

namespace stareval::command {
namespace {

// Writes the parts of the messages; takes the next picture at each image part.
class PartWriter {
 public:
  explicit PartWriter(std::span<const Picture> pictures) : pictures_(pictures) {}

  json::object operator()(const TextPart& part) { return {{"type", "text"}, {"text", part.text}}; }

  json::object operator()(const ImagePart&) {
    const Picture& picture = pictures_.front();
    pictures_ = pictures_.subspan(1);
    json::object object{{"type", "image"}, {"media_type", picture.media_type}};
    if (picture.path.empty()) object["base64"] = base64_encode(picture.bytes);
    else object["path"] = picture.path;
    return object;
  }

 private:
  std::span<const Picture> pictures_;
};

json::array messages_to_json(const Request& request, std::span<const Picture> pictures) {
  PartWriter write(pictures);
  json::array messages;
  for (const Message& message : request.messages) {
    json::array content;
    for (const auto& part : message.parts) content.push_back(std::visit(write, part));
    messages.push_back(json::object{{"role", message.role}, {"content", std::move(content)}});
  }
  return messages;
}

// ---- decode ----

Outcome outcome_of(const std::string& finish_reason) {
  if (finish_reason == "length") return Outcome::truncated;
  if (finish_reason == "refusal" || finish_reason == "content_filter") return Outcome::refused;
  return Outcome::answered;
}

std::int64_t tokens(ObjectReader& usage, std::string_view key) {
  const std::int64_t count = usage.integer_or(key, 0);
  if (count < 0) usage.fail(key, "a number of tokens", std::to_string(count));
  return count;
}

Usage read_usage(ObjectReader& in) {
  if (!in.has("usage")) return {};
  ObjectReader usage = in.child("usage");
  return {tokens(usage, "input_tokens"), tokens(usage, "output_tokens"),
          tokens(usage, "cached_tokens"), tokens(usage, "reasoning_tokens")};
}

std::pair<std::string, double> read_token(ObjectReader& in) {
  return {in.string("token"), in.number("logprob")};
}

std::vector<TokenLogprob> read_logprobs(ObjectReader& in) {
  std::vector<TokenLogprob> logprobs;
  const json::array& tokens = in.array_or_empty("logprobs");
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    ObjectReader token = in.element("logprobs", i, tokens[i]);
    auto [text, logprob] = read_token(token);
    logprobs.push_back({std::move(text), logprob, {}});
    const json::array& top = token.array_or_empty("top");
    for (std::size_t j = 0; j < top.size(); ++j) {
      ObjectReader other = token.element("top", j, top[j]);
      logprobs.back().top.push_back(read_token(other));
    }
  }
  return logprobs;
}

Reply read_reply(ObjectReader& in) {
  if (in.has("error")) {
    const Failure failure = in.boolean_or("retry", false) ? Failure::server : Failure::permanent;
    return failed_reply(failure, "the command says: " + for_error(in.string("error")));
  }
  Reply reply;
  reply.text = in.string("text");
  reply.reasoning = in.string_or("reasoning", "");
  reply.finish_reason = in.string_or("finish_reason", "stop");
  reply.outcome = outcome_of(reply.finish_reason);
  reply.usage = read_usage(in);
  reply.logprobs = read_logprobs(in);
  return reply;
}

Error not_an_answer(std::string_view line, std::string_view what) {
  return make_error(ErrorCode::bad_data,
                    "the command wrote a line to stdout that is not an answer ({}): \"{}\"; each "
                    "line there must be one JSON object with \"id\" and \"text\" or \"error\"; "
                    "print all else to stderr",
                    what, for_error(line));
}

}  // namespace

std::string encode(const Request& request, const std::string& id,
                   std::span<const Picture> pictures) {
  const Decoding& decoding = request.decoding;
  json::object line{{"id", id},
                    {"sample", request.sample_id},
                    {"repeat", request.repeat},
                    {"model", request.model},
                    {"messages", messages_to_json(request, pictures)}};
  if (decoding.temperature) line["temperature"] = *decoding.temperature;
  if (decoding.top_p) line["top_p"] = *decoding.top_p;
  line["max_tokens"] = decoding.max_tokens;
  if (decoding.logprobs > 0) line["logprobs"] = decoding.logprobs;
  if (!decoding.extra.empty()) line["extra"] = decoding.extra;
  return to_json(line);
}

Result<Answer> decode(std::string_view line) {
  const auto object = parse_json_object(with_whole_surrogates(line), "line");
  if (object.has_error()) return not_an_answer(line, "it is not a JSON object");
  ObjectReader in(*object, "line");
  Answer answer;
  answer.id = in.string("id");
  if (in.status().has_value()) answer.reply = read_reply(in);
  if (const auto status = in.status(); status.has_error())
    return not_an_answer(line, for_error(status.error().message));
  return answer;
}

std::string for_error(std::string_view text, std::size_t most) {
  const bool cut = text.size() > most;
  std::string out = to_valid_utf8(text.substr(0, most));
  std::replace_if(
      out.begin(), out.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return std::string(trim(out)) + (cut ? "..." : "");
}

}  // namespace stareval::command
