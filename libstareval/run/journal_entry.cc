// How an attempt is written down, and read again.
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "libstareval/base/text.h"
#include "libstareval/run/journal.h"
#include "libstareval/run/reply_json.h"

namespace stareval {
namespace {

constexpr std::array<std::pair<Failure, std::string_view>, 6> kFailures{{
    {Failure::none, "none"},
    {Failure::rate_limited, "rate_limited"},
    {Failure::server, "server"},
    {Failure::connection, "connection"},
    {Failure::timeout, "timeout"},
    {Failure::permanent, "permanent"},
}};

std::string_view name_of(Failure failure) {
  return std::find_if(kFailures.begin(), kFailures.end(),
                      [&](const auto& entry) { return entry.first == failure; })
      ->second;
}

// What failed, in the three fields that only failures have.
void write_failure(const Reply& reply, json::object& line) {
  line["failure"] = name_of(reply.failure);
  line["error"] = to_valid_utf8(reply.error);
  if (reply.retry_after) line["retry_after_ms"] = reply.retry_after->count();
}

void read_failure(ObjectReader& in, Reply& reply) {
  const std::string name = in.string("failure");
  const auto* hit = std::find_if(kFailures.begin(), kFailures.end(),
                                 [&](const auto& entry) { return entry.second == name; });
  if (hit == kFailures.end()) in.fail("failure", "a kind of failure", "\"" + name + "\"");
  else reply.failure = hit->first;
  reply.error = in.string("error");
  if (in.has("retry_after_ms"))
    reply.retry_after = std::chrono::milliseconds(in.integer("retry_after_ms"));
}

Outcome read_outcome(ObjectReader& in) {
  const std::string name = in.string("outcome");
  const auto outcome = parse_outcome(name);
  if (!outcome) in.fail("outcome", "the name of an outcome", "\"" + name + "\"");
  return outcome.value_or(Outcome::api_error);
}

// [["token", logprob, [["token", logprob], ...]], ...]: a list, for there may be thousands.
json::array logprobs_to_json(const std::vector<TokenLogprob>& logprobs) {
  json::array tokens;
  for (const TokenLogprob& token : logprobs) {
    json::array top;
    for (const auto& [text, logprob] : token.top)
      top.push_back(json::array{to_valid_utf8(text), logprob});
    tokens.push_back(json::array{to_valid_utf8(token.token), token.logprob, std::move(top)});
  }
  return tokens;
}

bool is_token(const json::value& value, std::size_t size) {
  const json::array* pair = value.if_array();
  return pair != nullptr && pair->size() == size && (*pair)[0].is_string() &&
         (*pair)[1].is_number();
}

std::pair<std::string, double> token_of(const json::value& value) {
  const json::array& pair = value.get_array();
  return {std::string(pair[0].get_string()), pair[1].to_number<double>()};
}

std::vector<TokenLogprob> read_logprobs(ObjectReader& in) {
  std::vector<TokenLogprob> logprobs;
  for (const json::value& value : in.array("logprobs")) {
    const json::array* top = is_token(value, 3) ? value.get_array()[2].if_array() : nullptr;
    if (top == nullptr || !std::all_of(top->begin(), top->end(),
                                       [](const json::value& v) { return is_token(v, 2); })) {
      in.fail("logprobs", "[token, number, [[token, number], ...]]", "something else");
      return {};
    }
    auto [token, logprob] = token_of(value);
    logprobs.push_back({std::move(token), logprob, {}});
    for (const json::value& other : *top) logprobs.back().top.push_back(token_of(other));
  }
  return logprobs;
}

Reply read_reply(ObjectReader& in) {
  Reply reply;
  reply.outcome = read_outcome(in);
  if (reply.outcome == Outcome::api_error) {
    read_failure(in, reply);
  } else {
    reply.text = in.string("text");
    reply.reasoning = in.string_or("reasoning", "");
    reply.finish_reason = in.string_or("finish_reason", "");
    reply.usage = {in.integer_or("input_tokens", 0), in.integer_or("output_tokens", 0),
                   in.integer_or("cached_tokens", 0), in.integer_or("reasoning_tokens", 0)};
    if (in.has("logprobs")) reply.logprobs = read_logprobs(in);
  }
  reply.cached = in.boolean_or("cached", false);
  reply.latency = std::chrono::milliseconds(in.integer_or("latency_ms", 0));
  reply.provider_request_id = in.string_or("provider_request_id", "");
  return reply;
}

}  // namespace

json::object to_json_object(const Reply& reply) {
  json::object object{{"outcome", to_string(reply.outcome)}};
  if (reply.outcome == Outcome::api_error) {
    write_failure(reply, object);
  } else {
    object["text"] = to_valid_utf8(reply.text);
    if (!reply.reasoning.empty()) object["reasoning"] = to_valid_utf8(reply.reasoning);
    object["finish_reason"] = to_valid_utf8(reply.finish_reason);
    object["input_tokens"] = reply.usage.input_tokens;
    object["output_tokens"] = reply.usage.output_tokens;
    if (reply.usage.cached_tokens > 0) object["cached_tokens"] = reply.usage.cached_tokens;
    if (reply.usage.reasoning_tokens > 0) object["reasoning_tokens"] = reply.usage.reasoning_tokens;
    if (!reply.logprobs.empty()) object["logprobs"] = logprobs_to_json(reply.logprobs);
  }
  if (reply.cached) object["cached"] = true;
  object["latency_ms"] = reply.latency.count();
  if (!reply.provider_request_id.empty())
    object["provider_request_id"] = to_valid_utf8(reply.provider_request_id);
  return object;
}

Result<Reply> reply_from_json(const json::object& object, const std::string& where) {
  ObjectReader in(object, where);
  Reply reply = read_reply(in);
  STAREVAL_CHECK(in.status());
  return reply;
}

json::object to_json_object(const JournalEntry& entry) {
  json::object line{{"sample", entry.key.sample},
                    {"task", entry.task},
                    {"repeat", entry.key.repeat},
                    {"attempt", entry.attempt},
                    {"request", entry.key.request}};
  for (auto& [key, value] : to_json_object(entry.reply)) line[key] = std::move(value);
  return line;
}

Result<JournalEntry> journal_entry_from_json(const json::object& object, const std::string& where) {
  ObjectReader in(object, where);
  JournalEntry entry;
  entry.key = {in.string("sample"), in.count("repeat"), in.string("request")};
  entry.task = in.string("task");
  entry.attempt = in.count("attempt");
  entry.reply = read_reply(in);
  STAREVAL_CHECK(in.status());
  return entry;
}

}  // namespace stareval
