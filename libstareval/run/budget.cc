#include "libstareval/run/budget.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "libstareval/base/file.h"
#include "libstareval/base/file_stream.h"
#include "libstareval/run/journal.h"

namespace stareval {
namespace {

// Fields of requests that add choices, change the limit or the tariff, or call what is charged
// apart: OpenAI, Anthropic, Gemini, vLLM.
constexpr std::array<std::string_view, 24> kUnbounded{"n",
                                                      "best_of",
                                                      "max_tokens",
                                                      "max_completion_tokens",
                                                      "max_output_tokens",
                                                      "tools",
                                                      "functions",
                                                      "service_tier",
                                                      "web_search_options",
                                                      "modalities",
                                                      "speed",
                                                      "candidateCount",
                                                      "generationConfig",
                                                      "mcp_servers",
                                                      "messages",
                                                      "input",
                                                      "contents",
                                                      "system",
                                                      "systemInstruction",
                                                      "instructions",
                                                      "prompt",
                                                      "conversation",
                                                      "previous_response_id",
                                                      "cachedContent"};

std::int64_t most_cost(const Price& price, const Request& request, std::int64_t most_input) {
  return cost_nanos(price, {most_input, request.decoding.max_tokens, 0, 0});
}

// The items of a plan by what the journal names them.
class Reservations {
 public:
  Reservations(const Plan& plan, const Price& price) : plan_(plan), price_(price) {
    for (const PlanItem& item : plan.items()) items_.emplace(name(plan.key(item)), &item);
  }

  // Nothing for a line that is not of the plan, which another check reports.
  [[nodiscard]] std::optional<std::int64_t> of(const JournalKey& key) const {
    const auto hit = items_.find(name(key));
    if (hit == items_.end()) return std::nullopt;
    return most_cost_nanos(price_, plan_.request(*hit->second));
  }

 private:
  static std::string name(const JournalKey& key) {
    return fmt::format("{}#{}#{}", key.sample, key.repeat, key.request);
  }

  const Plan& plan_;
  const Price& price_;
  std::unordered_map<std::string, const PlanItem*> items_;
};

Result<std::int64_t> charged_by_line(std::string_view line, const std::string& where,
                                     const Reservations& reservations, const Price& price) {
  STAREVAL_TRY(const json::object object, parse_json_object(line, where));
  STAREVAL_TRY(const JournalEntry entry, journal_entry_from_json(object, where));
  const auto reserved = reservations.of(entry.key);
  return reserved ? charged_nanos(price, entry.reply, *reserved) : 0;
}

}  // namespace

std::int64_t most_cost_nanos(const Price& price, const Request& request) {
  return most_cost(price, request, estimate_request(request, &price.pictures).most_input);
}

std::int64_t charged_nanos(const Price& price, const Reply& reply, std::int64_t reserved) {
  if (reply.cached) return 0;
  if (reply.outcome == Outcome::api_error)
    return reply.failure == Failure::rate_limited ? 0 : reserved;
  const bool stated = reply.usage.input_tokens > 0 && reply.usage.output_tokens > 0;
  return stated ? cost_nanos(price, reply.usage) : reserved;
}

Result<void> check_boundable(const Decoding& decoding) {
  for (const auto& field : decoding.extra)
    if (std::find(kUnbounded.begin(), kUnbounded.end(), field.key()) != kUnbounded.end())
      return make_error(ErrorCode::usage,
                        "--budget: with \"{}\" in the request it cannot be said what a reply costs "
                        "at most; leave one of the two out",
                        std::string_view(field.key()));
  return {};
}

Result<std::int64_t> spent_in_journal(const std::filesystem::path& replies, const Plan& plan,
                                      const Price& price) {
  std::int64_t spent = 0;
  if (!file_exists(replies)) return spent;
  const Reservations reservations(plan, price);
  std::optional<Error> torn;  // an error of the last line that was read
  std::size_t number = 0;
  STAREVAL_CHECK(for_each_line(replies, [&](std::string_view line) -> Result<void> {
    if (torn) return *torn;
    const std::string where = fmt::format("{}:{}", replies.string(), ++number);
    const auto charged = charged_by_line(line, where, reservations, price);
    if (charged.has_error()) torn = charged.error();
    else spent += *charged;
    return {};
  }));
  return spent;
}

Budget::Budget(std::int64_t cap_nanos, Price price, std::int64_t already_spent_nanos)
    : cap_(cap_nanos), price_(std::move(price)), spent_(already_spent_nanos) {}

bool Budget::admit(const Request& request) {
  const std::int64_t bound = estimate_request(request, &price_.pictures).most_input;
  const std::int64_t input = (bound * input_per_mille_ + 999) / 1000;
  const std::int64_t most = most_cost(price_, request, input);
  const bool known = !price_.up_to_input_tokens || input <= *price_.up_to_input_tokens;
  exhausted_ = !known || spent_ + reserved_ + most > cap_;
  if (exhausted_) return false;
  reserved_ += most;
  under_way_[{request.sample_id, request.repeat}] += most;
  return true;
}

void Budget::settle(const Request& request, const Reply& reply) {
  const auto hit = under_way_.find({request.sample_id, request.repeat});
  if (hit == under_way_.end()) return;
  spent_ += charged_nanos(price_, reply, hit->second);
  reserved_ -= hit->second;
  under_way_.erase(hit);
  if (!reply.cached) learn(request, reply);
}

void Budget::learn(const Request& request, const Reply& reply) {
  const std::int64_t bound = estimate_request(request, &price_.pictures).most_input;
  const std::int64_t billed = std::min(reply.usage.input_tokens, kMostTokens);
  if (billed <= bound) return;
  input_per_mille_ = std::max(input_per_mille_, (billed * 1000 + bound - 1) / bound);
}

}  // namespace stareval
