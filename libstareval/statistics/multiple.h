// Several tests at once: p values adjusted so that the chance of one false alarm or more (Holm,
// max-t), or the share of false alarms among the alarms (Benjamini-Hochberg), stays below a level.
// Input   p values in [0, 1], in any order; throws std::invalid_argument on others and on NaN,
// which
//         are bugs of the caller.
// Output  adjusted p values in the order given, in [0, 1], none below its own p value.
// Thread  pure functions.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "libstareval/statistics/paired.h"

namespace stareval {

// Holds whatever the dependence between the tests (Holm 1979, Scand. J. Stat. 6:65).
[[nodiscard]] std::vector<double> holm(std::span<const double> p);

// For screens: holds for independent tests and for most that are positively dependent (Benjamini,
// Hochberg 1995, J. R. Stat. Soc. B 57:289).
[[nodiscard]] std::vector<double> benjamini_hochberg(std::span<const double> p);

struct MaxT {
  std::vector<double> adjusted;  // one a comparison
  std::size_t replicates = 0;    // 0: exact
};

// Single-step maximum over several comparisons, by the sign flips of sign_flip_test: a cluster that
// stands in several comparisons changes sign in all of them together, so that what they share is
// not paid for twice, as it is with Holm (Westfall, Young 1993, Resampling-Based Multiple Testing).
// The statistic of a comparison is |sum_g x_g| / sqrt(sum_g x_g^2) over its clusters. Exact for up
// to 14 clusters that are not 0 in all comparisons; 1 for a comparison without differences. Nothing
// where one of the comparisons is undefined (below two clusters).
// Cost   replicates * clusters * comparisons.
[[nodiscard]] std::optional<MaxT> max_t(std::span<const std::vector<AverageItem>> comparisons,
                                        const SignFlipOptions& options = {});

}  // namespace stareval
