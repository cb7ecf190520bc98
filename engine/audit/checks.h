// What one split has that it should not: repeats within it, and what it shares with another.
// Thread  pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/audit/input.h"

namespace stareval::engine {

enum class CheckState {
  passed,
  failed,
  noted,        // found, but no fault by itself
  not_checked,  // what it needs is not in the records
};

// One thing that was looked for.
struct Check {
  std::string splits;  // "test", or "test, train"
  std::string what;    // "duplicate samples"
  std::size_t found = 0;
  CheckState state = CheckState::passed;
  std::vector<std::string> examples;  // at most 3, a line each
  std::string note;                   // why it was not checked, or what a reader should know
};

// Lines that are no sample, golds that cannot be right, duplicate options, broken pictures,
// duplicate samples; pictures that stand twice in a task (failed) or in two tasks (noted).
[[nodiscard]] std::vector<Check> checks_within(const AuditSplit& split);

// Graphs, pictures, start entities, and questions about the same graph, that both splits have.
[[nodiscard]] std::vector<Check> checks_across(const AuditSplit& a, const AuditSplit& b);

}  // namespace stareval::engine
