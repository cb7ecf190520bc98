// Intervals of one proportion: successes out of n independent trials.
// Input   0 <= successes <= n. Output within [0, 1]. Nothing where n is 0.
// Wilson  the score interval without continuity correction: covers the truth in 95 % of cases on
// the
//         average over proportions, some more and some fewer, as counts are whole numbers; least
//         near 0 and 1: for a proportion of 1 / (6 n) it covers 85 %.
// Exact   Clopper and Pearson: never covers in fewer than 95 %, and is the wider for it.
// Sources Wilson 1927, JASA 22:209, as recommended for evaluations by Bowyer et al.,
//         arXiv:2503.01747; Clopper, Pearson 1934, Biometrika 26:404; how often each covers: Brown,
//         Cai, DasGupta 2001, Stat. Sci. 16:101.
// Thread  pure functions.
#pragma once

#include <optional>

#include "libstareval/statistics/interval.h"

namespace stareval {

[[nodiscard]] std::optional<Interval> wilson_interval(double successes, double n,
                                                      double confidence = kConfidence);

// Quantiles of the beta distributions of (successes, n - successes + 1) and (successes + 1,
// n - successes).
[[nodiscard]] std::optional<Interval> clopper_pearson_interval(double successes, double n,
                                                               double confidence = kConfidence);

}  // namespace stareval
