// Are golds, gold positions and wordings spread evenly?
// Thread  pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/audit/features.h"

namespace stareval::engine {

struct ChiSquare {
  double statistic = 0;
  std::size_t freedom = 0;
  double p = 1;  // of as uneven a spread, if all were as likely as expected
};

// Pearson's test; nothing below two classes, or where all expected counts are 0.
// observed and expected have the same length.
[[nodiscard]] std::optional<ChiSquare> chi_square(std::span<const double> observed,
                                                  std::span<const double> expected);

struct TaskBalance {
  std::string task;
  AnswerKind kind = AnswerKind::other;
  std::size_t n = 0;
  std::map<std::int64_t, std::size_t> golds;  // counting: numbers; detection: 0, 1; choice:
                                              // positions from 0; empty where free text is asked
  double majority = 0;                        // share of the most frequent gold
  std::optional<double> entropy;              // of the golds, 1 where all are equally frequent
  std::optional<ChiSquare> positions;         // choice: against each option being as likely
  std::size_t wordings = 0;                   // different questions
  std::optional<ChiSquare> wording;  // against equal use; nothing where most questions are unique
};

// Of the items of one task.
[[nodiscard]] TaskBalance balance_of(std::span<const AuditItem* const> items);

// The items of each task, in the order in which tasks first occur. A task of a plug-in that asks
// for several kinds of answers is as many.
struct TaskItems {
  std::string task;
  AnswerKind kind = AnswerKind::other;
  Items items;
};
[[nodiscard]] std::vector<TaskItems> by_task(std::span<const AuditItem> items);

}  // namespace stareval::engine
