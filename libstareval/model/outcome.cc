#include "libstareval/model/outcome.h"

#include <algorithm>

namespace stareval {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::answered: return "answered";
    case Outcome::unparsed: return "unparsed";
    case Outcome::ambiguous: return "ambiguous";
    case Outcome::refused: return "refused";
    case Outcome::truncated: return "truncated";
    case Outcome::api_error: return "api_error";
    case Outcome::judge_error: return "judge_error";
    case Outcome::budget_stopped: return "budget_stopped";
    case Outcome::skipped: return "skipped";
  }
  return "unknown";
}

std::optional<Outcome> parse_outcome(std::string_view name) {
  const auto* hit = std::find_if(kOutcomes.begin(), kOutcomes.end(),
                                 [&](Outcome outcome) { return to_string(outcome) == name; });
  if (hit == kOutcomes.end()) return std::nullopt;
  return *hit;
}

bool is_scored(Outcome outcome) {
  return outcome == Outcome::answered || outcome == Outcome::unparsed ||
         outcome == Outcome::ambiguous || outcome == Outcome::refused;
}

}  // namespace stareval
