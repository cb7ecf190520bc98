// Two models on the same items: how much they differ, whether that can be chance, and whether it is
// small enough to be passed over.
// Input     an AverageItem (bootstrap.h) an item: `value` is the difference B - A on it, finite, of
//           any unit; `cluster` names what shares a subgraph or a picture; `task` is equal for all
//           items, or one of several whose mean differences are averaged, as in AVG. The order of
//           the items never matters. Swapping A and B negates differences and keeps p values.
// Output    p values are two-sided unless said otherwise, in (0, 1].
// Undefined below two clusters, and where a task stands in fewer than two (an estimate over several
//           tasks: kFewestClusters): nothing, never 0 or 1.
// Thread    pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "libstareval/statistics/bootstrap.h"
#include "libstareval/statistics/interval.h"
#include "libstareval/statistics/power.h"

namespace stareval {

// From the discordant items: those that only A has right, and those that only B has. Both take the
// items as independent: with clusters of several, take sign_flip_test.
//     exact   twice the binomial tail at 1/2, at most 1 (McNemar 1947)
//     mid_p   counts half of what is as likely as the data; nearer to its level, and hardly ever
//             above it (Fagerland, Lydersen, Laake 2013, BMC Med. Res. Methodol. 13:91). It is 1
//             where both counts are equal.
struct McNemar {
  double exact = 1;
  double mid_p = 1;
};
[[nodiscard]] McNemar mcnemar(std::size_t only_a, std::size_t only_b);

struct SignFlipOptions {
  std::uint64_t seed = 20251021;
  std::size_t replicates = 9999;  // where not all signs can be counted
  int threads = 1;                // the result is the same with any number
};

struct SignFlipTest {
  double p = 1;
  std::size_t replicates = 0;  // 0: exact, every pattern of signs is counted
};

// Whether the mean difference is further from 0 than by chance, if A and B were exchangeable within
// each cluster: all differences of a cluster change sign together. Exact where the sums of the
// clusters are multiples of a common unit, as they are for 0/1 scores (by a table of the
// distribution), and for up to 32 clusters that are not 0 (by meeting in the middle); else
// p = (hits + 1) / (replicates + 1), one generator a replicate (Phipson, Smyth 2010, Stat. Appl.
// Genet. Mol. Biol. 9:39).
// Ties  a pattern is as far as the data within 1e-9 of the sum of the absolute values.
// Cost  exact: at most some 0.2 s; else replicates * clusters.
[[nodiscard]] std::optional<SignFlipTest> sign_flip_test(std::span<const AverageItem> differences,
                                                         const SignFlipOptions& options = {});

// The mean difference with its standard error.
//     one task   cluster-robust, that of cluster_robust_interval (mean.h): G / (G - 1) * sum_g
//     u_g^2,
//                where u_g is the sum over cluster g of (value - mean) / n; G - 1 degrees
//     several    the jackknife of bca.h, stratified by the set of tasks that a cluster touches
//                (cluster_bootstrap_average, bootstrap.h), with the degrees of Satterthwaite: where
//                each task has clusters of its own, Welch's. Nothing where a task stands in fewer
//                than kFewestClusters (there with what such an interval would cover).
struct PairedEstimate {
  double difference = 0;
  double error = 0;    // 0: the clusters do not differ
  double degrees = 0;  // of the t distribution, above 0; need not be whole
};
[[nodiscard]] std::optional<PairedEstimate> paired_estimate(
    std::span<const AverageItem> differences);

// difference -+ t(degrees) * error. Nothing where the error is nothing but rounding.
[[nodiscard]] std::optional<Interval> paired_interval(const PairedEstimate& estimate,
                                                      double confidence = kConfidence);

// Two one-sided t tests against a margin (Schuirmann 1987, J. Pharmacokinet. Biopharm. 15:657).
struct Equivalence {
  double margin = 0;
  double p_not_worse = 1;   // of: B is worse than A by the margin or more (non-inferiority of B)
  double p_not_better = 1;  // of: B is better than A by the margin or more
  double p = 1;             // the larger: of a difference of the margin or more
};

// Nothing where the error is nothing but rounding. The margin must be above 0 and finite; throws
// std::invalid_argument, as that is the caller's to check.
[[nodiscard]] std::optional<Equivalence> equivalence_test(const PairedEstimate& estimate,
                                                          double margin);

// The difference that a test finds with the planned power, (z_a + z_b) * error: for graded scores,
// where detectable_paired_difference (power.h) has no share of discordant items. Nothing where the
// error is 0.
[[nodiscard]] std::optional<double> detectable_by_error(double error, const TestPlan& plan = {});

}  // namespace stareval
