// How an attempt ended. Each attempt ends in exactly one outcome, and the counts of the outcomes of
// a run add up to the number of its attempts: nothing is dropped, nothing is guessed.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace stareval {

enum class Outcome {
  answered,        // a reply, and an answer read out of it
  unparsed,        // a reply, but no answer in it
  ambiguous,       // a reply with several answers that differ
  refused,         // the model or its provider declined
  truncated,       // the reply was cut at the token limit; never read
  api_error,       // no reply: network, server, authorisation
  judge_error,     // the reply could not be judged
  budget_stopped,  // not sent: the budget was spent
  skipped,         // not sent: nothing could be asked, or the run was stopped before
};

inline constexpr std::array<Outcome, 9> kOutcomes{
    Outcome::answered,    Outcome::unparsed,       Outcome::ambiguous,
    Outcome::refused,     Outcome::truncated,      Outcome::api_error,
    Outcome::judge_error, Outcome::budget_stopped, Outcome::skipped};

[[nodiscard]] std::string_view to_string(Outcome outcome);
[[nodiscard]] std::optional<Outcome> parse_outcome(std::string_view name);

// Whether the attempt counts in the denominator of a score. The model's own failures do, with
// credit 0: answered, unparsed, ambiguous, refused. What the harness or the world did does not, and
// lowers the coverage instead: whether a reply that was cut off is right is not known.
[[nodiscard]] bool is_scored(Outcome outcome);

}  // namespace stareval
