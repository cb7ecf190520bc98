// How far one gets without looking at the picture: each prior with its accuracy, against chance.
// Chance       choice: 1 / number of options. Detection: 1/2. Counting: 1 / number of different
//              golds for the majority, and the share of the most frequent gold for all else.
// Accuracy     leave-one-out within a split, or learnt of the split "train".
// Interval     Wilson, 95 %, of the accuracy, and at least as wide as the accuracy is on golds
// drawn
//              by chance: a guesser that learns of the items that it is asked about errs by more
//              than coins do.
// Above        where the interval lies above chance, and no more than 1 in 20 fair datasets would
//              show any such prior: p_by_chance (guess.h), adjusted by Holm over all that can fail.
// Thread       pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/audit/balance.h"
#include "libstareval/statistics/interval.h"

namespace stareval::engine {

inline constexpr double kFalseAlarms = 0.05;  // of fair datasets, for all tests together

enum class Verdict {
  fair,      // not above chance
  expected,  // above chance in counting: more to count is more to draw. Not a failure
  biased,    // above chance: the dataset fails
};

struct Prior {
  std::string split;
  std::string task;
  std::string name;       // "option frequency"
  std::string learnt_of;  // "others" (leave-one-out), "itself" (majorities), or a split
  std::size_t n = 0;
  double accuracy = 0;
  double chance = 0;
  Interval interval;
  double p = 1;         // by chance alone; 1 where the interval is not above chance
  double adjusted = 1;  // p, for the number of tests
  bool can_fail = true;
  Verdict verdict = Verdict::fair;
};

// Those of one task in one split. None for free text, for fewer than two items, and for more
// than 100 different golds; none over something that does not vary. Cost: at most 5000 times as
// long as guessing once, and that only where a prior is above chance.
[[nodiscard]] std::vector<Prior> priors_within(const std::string& split, const TaskItems& task);

// The same, learnt of the items of one task in another split.
[[nodiscard]] std::vector<Prior> priors_across(const std::string& split, const TaskItems& task,
                                               const std::string& train_split,
                                               const TaskItems& train);

// Adjusts p and sets the verdicts: over those that can fail together with `others`, p of further
// tests that can fail, and over the rest apart. Returns the adjusted p of `others`.
[[nodiscard]] std::vector<double> judge(std::vector<Prior>& priors, std::span<const double> others);

}  // namespace stareval::engine
