// How often each 95 % interval covers the truth, by simulation: what stands behind the choice of
// methods in libstareval/statistics/, and more points than the tests have time for.
// Data    n items, each alone, or in clusters of 3 to 7 whose items are alike (beta-binomial, with
//         intraclass correlation 0.3). Statistics of known truth: a share, a graded mean, F1, the
//         plain mean over four tasks.
// Methods percentiles and BCa with normal levels, and (+) with those for few clusters; a t interval
//         with the error of the jackknife, and the same in Wilson's form. For a share and a mean
//         the last two are cluster_robust_interval and cluster_robust_wilson_interval.
// Output  one row a point: covered, missed below and above, and the mean width, for each method.
// Usage   coverage_study [TRIALS [REPLICATES [SEED]]]      by default 4000, 2000 and 1
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/random/beta_distribution.hpp>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "libstareval/base/parallel.h"
#include "libstareval/statistics/bootstrap.h"
#include "libstareval/statistics/quantiles.h"
#include "libstareval/statistics/replicate_random.h"

namespace {

using namespace stareval;

double uniform(ReplicateRandom& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

// The level of a cluster, with mean p and the correlation rho of its items.
double level(ReplicateRandom& random, double p, double rho) {
  const double size = (1.0 - rho) / rho;
  return boost::random::beta_distribution<double>(p * size, (1.0 - p) * size)(random);
}

// Sizes of the clusters of n items.
std::vector<int> cluster_sizes(int n, bool clustered) {
  if (!clustered) return std::vector<int>(static_cast<std::size_t>(n), 1);
  constexpr std::array<int, 5> kSizes{5, 3, 7, 4, 6};
  std::vector<int> sizes;
  for (int left = n; left > 0; left -= sizes.back())
    sizes.push_back(std::min(left, kSizes[sizes.size() % kSizes.size()]));
  return sizes;
}

struct Statistic {
  std::string name;
  double truth = 0;
  std::function<ClusterSums(ReplicateRandom&, const std::vector<int>&, bool)> draw;
  SumStatistic of;
};

std::optional<double> ratio(std::span<const double> s) {
  return s[1] > 0 ? std::optional<double>(s[0] / s[1]) : std::nullopt;
}

std::optional<double> f1(std::span<const double> s) {
  const double all = 2 * s[0] + s[1] + s[2];
  return all > 0 ? std::optional<double>(2 * s[0] / all) : std::nullopt;
}

std::optional<double> mean_of_ratios(std::span<const double> s) {
  double sum = 0;
  for (std::size_t i = 0; i < s.size(); i += 2) {
    if (s[i + 1] <= 0) return std::nullopt;
    sum += s[i] / s[i + 1];
  }
  return sum / (static_cast<double>(s.size()) / 2);
}

Statistic share(double p) {
  return {fmt::format("share {}", p), p,
          [p](ReplicateRandom& random, const std::vector<int>& sizes, bool clustered) {
            ClusterSums sums{2, {}, {}};
            for (const int size : sizes) {
              const double own = clustered ? level(random, p, 0.3) : p;
              double hits = 0;
              for (int i = 0; i < size; ++i) hits += uniform(random) < own ? 1 : 0;
              sums.rows.insert(sums.rows.end(), {hits, static_cast<double>(size)});
            }
            return sums;
          },
          ratio};
}

// u^3 of a uniform number: skewed, with the mean 1/4. In clusters half of the spread is shared.
Statistic graded() {
  return {"graded 0.25", 0.25,
          [](ReplicateRandom& random, const std::vector<int>& sizes, bool clustered) {
            ClusterSums sums{2, {}, {}};
            for (const int size : sizes) {
              const double common = uniform(random);
              double sum = 0;
              for (int i = 0; i < size; ++i) {
                const bool shared = clustered && uniform(random) < std::sqrt(0.3);
                sum += std::pow(shared ? common : uniform(random), 3);
              }
              sums.rows.insert(sums.rows.end(), {sum, static_cast<double>(size)});
            }
            return sums;
          },
          ratio};
}

// Half of the items are positive; each is judged right with probability p.
Statistic f1_of(double p) {
  // TP p/2, FP (1-p)/2, FN (1-p)/2: 2 TP / (2 TP + FP + FN) = p.
  return {fmt::format("F1 {}", p), p,
          [p](ReplicateRandom& random, const std::vector<int>& sizes, bool clustered) {
            ClusterSums sums{3, {}, {}};
            for (const int size : sizes) {
              const double own = clustered ? level(random, p, 0.3) : p;
              std::array<double, 3> row{};
              for (int i = 0; i < size; ++i) {
                const bool positive = random() >> 63 != 0;
                const bool right = uniform(random) < own;
                if (right && positive) ++row[0];
                if (!right) ++row[positive ? 2 : 1];
              }
              sums.rows.insert(sums.rows.end(), row.begin(), row.end());
            }
            return sums;
          },
          f1};
}

// Four tasks of n items each, strata of their own, with shares 0.2, 0.5, 0.8, 0.95.
Statistic average() {
  return {"AVG of 4", (0.2 + 0.5 + 0.8 + 0.95) / 4,
          [](ReplicateRandom& random, const std::vector<int>& sizes, bool clustered) {
            ClusterSums sums{8, {}, {}};
            constexpr std::array<double, 4> kShares{0.2, 0.5, 0.8, 0.95};
            for (std::size_t task = 0; task < 4; ++task) {
              const ClusterSums own = share(kShares[task]).draw(random, sizes, clustered);
              for (std::size_t i = 0; i < own.rows.size(); i += 2) {
                std::array<double, 8> row{};
                row[2 * task] = own.rows[i];
                row[2 * task + 1] = own.rows[i + 1];
                sums.rows.insert(sums.rows.end(), row.begin(), row.end());
              }
              sums.strata.push_back(sizes.size());
            }
            return sums;
          },
          mean_of_ratios};
}

constexpr std::array<const char*, 6> kMethods{"percentile", "BCa",         "percentile+",
                                              "BCa+",       "jackknife t", "jackknife Wilson"};

std::optional<Interval> interval(std::size_t method, const ClusterSums& sums, const Statistic& s,
                                 const BootstrapOptions& base) {
  if (method < 4) {
    BootstrapOptions options = base;
    options.method = method % 2 == 0 ? BootstrapMethod::percentile : BootstrapMethod::bca;
    options.expand = method >= 2;
    return cluster_bootstrap(sums, s.of, options);
  }
  const auto value = s.of(total_of(sums));
  const auto left_out = jackknife(sums, s.of);
  if (!value || !left_out) return std::nullopt;
  const double half = left_out->error * t_quantile(base.confidence, left_out->degrees);
  if (method == 5) {  // cluster_robust_wilson_interval, for any statistic within [0, 1]
    const double room = *value * (1 - *value);
    if (room <= 0) return std::nullopt;
    const double spread = half * half / room;
    const double centre = (*value + spread / 2) / (1 + spread);
    const double width = std::sqrt(spread * room + spread * spread / 4) / (1 + spread);
    return Interval{centre - width, centre + width, "jackknife Wilson"};
  }
  return Interval{*value - half, *value + half, "jackknife t"};
}

struct Tally {
  int below = 0;  // the truth lies below the interval
  int above = 0;
  int covered = 0;
  int undefined = 0;
  double width = 0;
};

using Tallies = std::array<Tally, kMethods.size()>;

void run_trial(const Statistic& statistic, const ClusterSums& sums, const BootstrapOptions& options,
               Tallies& tallies) {
  for (std::size_t method = 0; method < kMethods.size(); ++method) {
    const auto found = interval(method, sums, statistic, options);
    Tally& tally = tallies[method];
    if (!found) {
      ++tally.undefined;
      continue;
    }
    tally.width += found->high - found->low;
    const double rounding = 1e-12;
    if (statistic.truth < found->low - rounding) ++tally.below;
    else if (statistic.truth > found->high + rounding) ++tally.above;
    else ++tally.covered;
  }
}

void print_row(const std::string& point, const Tallies& tallies) {
  fmt::print("{:<28}", point);
  for (const Tally& tally : tallies) {
    const double n = std::max(1, tally.below + tally.above + tally.covered);
    fmt::print(" | {:5.1f} {:4.1f} {:4.1f} {:.3f} {:4}", 100 * tally.covered / n,
               100 * tally.below / n, 100 * tally.above / n, tally.width / n, tally.undefined);
  }
  fmt::print("\n");
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  const auto argument = [&](int i, int otherwise) {
    return count > i ? std::atoi(arguments[i]) : otherwise;
  };
  const int trials = argument(1, 4000);
  const auto replicates = static_cast<std::size_t>(argument(2, 2000));
  const auto seed = static_cast<std::uint64_t>(argument(3, 1));
  fmt::print("{:<28}", "covered below above width undef");
  for (const char* method : kMethods) fmt::print(" | {:<26}", method);
  fmt::print("\n");
  const std::vector<Statistic> statistics{share(0.537), share(0.9),  graded(),
                                          f1_of(0.6),   f1_of(0.85), average()};
  for (const Statistic& statistic : statistics) {
    for (const bool clustered : {false, true}) {
      for (const int n : {20, 50, 100, 200, 2000}) {
        const auto sizes = cluster_sizes(n, clustered);
        Tallies tallies{};
        const int fewer = n > 200 ? trials / 4 : trials;
        for (int trial = 0; trial < fewer; ++trial) {
          ReplicateRandom random(seed, static_cast<std::uint64_t>(trial));
          const ClusterSums sums = statistic.draw(random, sizes, clustered);
          run_trial(statistic, sums, {.seed = random(), .replicates = replicates, .threads = 1},
                    tallies);
        }
        print_row(fmt::format("{} n={} {}", statistic.name, n, clustered ? "clusters" : "alone"),
                  tallies);
      }
    }
  }
  return 0;
}
