// What a text says of faults: where the question is whether something is wrong, "correct" and
// "wrong" answer neither yes nor no by themselves.
// Cost  linear in the text.   Thread  pure functions.
#pragma once

#include <optional>
#include <string_view>

namespace stareval::extract {

// How many clauses speak of a fault, of none, and how many sentences say surely which it is.
struct FaultClaims {
  int fault = 0;            // "the entity is wrong", "not correct"
  int clean = 0;            // "no error", "the entity is correct"
  int surely_fault = 0;     // "There is an error in the graph"
  int surely_clean = 0;     // "Nothing is wrong"
  bool asks_truth = false;  // "Is the graph correct?": a yes to that is no fault
  bool excepts = false;     // "except for one"
  bool hedged = false;      // "maybe", and questions

  [[nodiscard]] bool any() const { return fault + clean + surely_fault + surely_clean > 0; }
  [[nodiscard]] std::optional<bool> sure() const;  // true: a fault; none: not sure, or both
};

// Of lower-case text.
[[nodiscard]] FaultClaims fault_claims(std::string_view lower);

}  // namespace stareval::extract
