#include "protocols/completion/option_logprobs.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>

#include "libstareval/metrics/ranking.h"

namespace stareval {
namespace {

constexpr std::string_view kSigns = " \t\r\n()[]{}.:,;*_\"'`$\\";

std::string_view without_signs(std::string_view token) {
  const auto first = token.find_first_not_of(kSigns);
  if (first == token.npos) return {};
  return token.substr(first, token.find_last_not_of(kSigns) - first + 1);
}

// Index of the option whose letter a token is, in the case of the answer: "a" is no option where
// the answer is "A".
std::optional<std::size_t> option_of(std::string_view token, char first, std::size_t options) {
  const auto letter = without_signs(token);
  if (letter.size() != 1 || letter[0] < first) return std::nullopt;
  const auto index = static_cast<std::size_t>(letter[0] - first);
  return index < options ? std::optional(index) : std::nullopt;
}

// Where the text of the reply begins among its tokens: servers may cut white space or reasoning off
// its front. Nothing where the tokens are not those of the text.
std::optional<std::size_t> offset_of_text(const Reply& reply) {
  std::string all;
  for (const TokenLogprob& token : reply.logprobs) all += token.token;
  const auto at = all.rfind(reply.text);
  return at == all.npos ? std::nullopt : std::optional(at);
}

const TokenLogprob* token_at(const Reply& reply, std::size_t place) {
  std::size_t begin = 0;
  for (const TokenLogprob& token : reply.logprobs) {
    if (place < begin + token.token.size()) return &token;
    begin += token.token.size();
  }
  return nullptr;
}

const TokenLogprob* answer_token(const Reply& reply, const Span& letter) {
  const auto offset = offset_of_text(reply);
  return offset ? token_at(reply, *offset + letter.begin) : nullptr;
}

}  // namespace

std::optional<std::vector<std::optional<double>>> option_probabilities(const Reply& reply,
                                                                       const Span& letter,
                                                                       std::size_t options) {
  const TokenLogprob* answer = answer_token(reply, letter);
  if (answer == nullptr) return std::nullopt;
  const auto name = without_signs(answer->token);
  const char first = !name.empty() && name[0] >= 'a' ? 'a' : 'A';
  if (!option_of(answer->token, first, options)) return std::nullopt;
  std::vector<std::optional<double>> probabilities(options);
  const auto add = [&](const std::string& token, double logprob) {
    const auto index = option_of(token, first, options);
    if (!index || !(logprob <= 0)) return;
    probabilities[*index] = probabilities[*index].value_or(0.0) + std::exp(logprob);
  };
  bool in_top = false;
  for (const auto& [token, logprob] : answer->top) {
    add(token, logprob);
    in_top = in_top || token == answer->token;
  }
  if (!in_top) add(answer->token, answer->logprob);
  double sum = 0;
  for (const auto& probability : probabilities) sum += probability.value_or(0.0);
  if (!(sum > 0)) return std::nullopt;
  for (auto& probability : probabilities)
    if (probability) *probability /= sum;
  return probabilities;
}

std::vector<std::pair<std::string, double>> option_values(
    const std::vector<std::optional<double>>& probabilities, std::size_t gold) {
  std::vector<double> scores;
  for (const auto& probability : probabilities)
    scores.push_back(probability.value_or(-std::numeric_limits<double>::infinity()));
  const auto placing = place_gold(std::span<const double>(scores), gold);
  if (!placing) return {};
  const double first = placing->above > 0 ? 0.0 : 1.0 / static_cast<double>(placing->tied + 1);
  return {{"logprob_accuracy", first},
          {"logprob_reciprocal_rank", reciprocal_rank(rank_of(*placing))},
          {"gold_probability", probabilities[gold].value_or(0.0)}};
}

}  // namespace stareval
