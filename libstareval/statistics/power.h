// How small a difference of two accuracies a test can find: the minimum detectable effect, printed
// before a run starts.
// Input     n: items of each model; share: of items on which exactly one of two models is right.
// Output    a difference of accuracies in (0, 1]; nothing where none below 1 can be found.
// Unpaired  two samples of n items each, two-sided z test of two proportions around 1/2, where the
//           error is largest (Fleiss, Levin, Paik 2003, Statistical Methods for Rates and
//           Proportions, chapter 4):
//               n d^2 = (z_a sqrt(2 p q) + z_b sqrt(p1 q1 + p2 q2))^2,  p1, p2 = (1 -+ d) / 2
// Paired    the same items, McNemar's test (Connor 1987, Biometrics 43:207; Miettinen 1968):
//               n d^2 = (z_a sqrt(share) + z_b sqrt(share - d^2))^2,    d <= share
// Clusters  n / design effect stands for n (Kish 1965, Survey Sampling; Miller, arXiv:2411.00640).
// Thread    pure functions.
#pragma once

#include <optional>
#include <span>

namespace stareval {

struct TestPlan {
  double alpha = 0.05;  // two-sided
  double power = 0.8;
};

[[nodiscard]] std::optional<double> detectable_difference(double n, const TestPlan& plan = {});

[[nodiscard]] std::optional<double> detectable_paired_difference(double n, double share,
                                                                 const TestPlan& plan = {});

// By how much clusters enlarge the variance of a mean: 1 + (m - 1) rho, with m = sum of squares
// over sum of the cluster sizes. 1 for no clusters and for clusters of one item. `correlation` is
// that of two items of a cluster, from 0 to 1.
[[nodiscard]] double design_effect(std::span<const double> cluster_sizes, double correlation);

}  // namespace stareval
