// Errors of the tests by simulation and, where there is one, by an exact sum: at 5 %, a test may
// call a difference that is not there in at most 5.5 % of the trials, with 20, 200 and 2,000 items,
// alone and in clusters. A test that never rejects has no error either, so each must also find what
// is there. Seeds are fixed; standard errors of the shares are between 0.0016 and 0.005.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <functional>
#include <string>
#include <vector>

#include "libstareval/base/random.h"
#include "libstareval/statistics/multiple.h"
#include "libstareval/statistics/paired.h"

namespace stareval {
namespace {

using Items = std::vector<AverageItem>;

constexpr double kLevel = 0.05;
constexpr double kMost = 0.055;

// The largest count of the rarer kind among `discordant` at which the test rejects; -1 for none.
int critical(int discordant, const std::function<double(const McNemar&)>& p) {
  int low = -1;
  int high = discordant / 2 + 1;
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    const auto rarer = static_cast<std::size_t>(middle);
    if (p(mcnemar(rarer, static_cast<std::size_t>(discordant) - rarer)) <= kLevel) low = middle;
    else high = middle;
  }
  return low;
}

// The probability that McNemar rejects, summed over all data: `share` of n items are discordant,
// and each of them goes to B with probability `to_b`.
double rejects(int n, double share, double to_b, const std::function<double(const McNemar&)>& p) {
  namespace math = boost::math;
  const math::binomial discordants(n, share);
  double sum = 0;
  for (int m = 1; m <= n; ++m) {
    const double weight = math::pdf(discordants, m);
    if (weight < 1e-12) continue;
    const int rarer = critical(m, p);
    if (rarer < 0) continue;
    const math::binomial flips(m, to_b);
    sum += weight * (math::cdf(flips, rarer) + math::cdf(math::complement(flips, m - rarer - 1)));
  }
  return sum;
}

double exact(const McNemar& test) { return test.exact; }
double mid_p(const McNemar& test) { return test.mid_p; }

// Of items apart, sign_flip_test is McNemar's exact test (paired_test.cc), and has its error.
TEST(Simulation, mcnemar_errs_at_its_level_by_an_exact_sum) {
  for (const int n : {20, 200, 2000}) {
    for (const double share : {0.1, 0.3, 0.8}) {
      EXPECT_LE(rejects(n, share, 0.5, exact), kLevel) << n << " " << share;
      EXPECT_LE(rejects(n, share, 0.5, mid_p), kMost) << n << " " << share;
    }
    EXPECT_GT(rejects(n, 0.8, 0.8, exact), 0.5) << n;
  }
  EXPECT_GT(rejects(20, 0.8, 0.8, mid_p), rejects(20, 0.8, 0.8, exact));
  EXPECT_GT(rejects(200, 0.3, 0.5, mid_p), 0.045) << "nearer to its level than the exact test";
}

// Clusters of 1, 2 ... largest items in turn.
Items make_items(std::size_t n, std::size_t largest, const std::string& task = "t") {
  Items items;
  for (std::size_t size = 1, cluster = 0; items.size() < n; size = size % largest + 1, ++cluster)
    for (std::size_t i = 0; i < size && items.size() < n; ++i)
      items.push_back({task, std::to_string(cluster), 0});
  return items;
}

// 0/1 scores of two models with one distribution, each with an ability of its own in each cluster;
// `lift` raises those of B.
void draw_scores(Items& items, Random& random, double lift) {
  const std::string* cluster = nullptr;
  double a = 0;
  double b = 0;
  for (AverageItem& item : items) {
    if (cluster == nullptr || *cluster != item.cluster) {
      cluster = &item.cluster;
      a = random.chance(0.5) ? 0.3 : 0.8;
      b = (random.chance(0.5) ? 0.3 : 0.8) + lift;
    }
    item.value = (random.chance(b) ? 1.0 : 0.0) - (random.chance(a) ? 1.0 : 0.0);
  }
}

// Graded differences, with a part that a cluster shares; mean `shift`.
void draw_graded(Items& items, Random& random, double shift) {
  const std::string* cluster = nullptr;
  double shared = 0;
  for (AverageItem& item : items) {
    if (cluster == nullptr || *cluster != item.cluster) {
      cluster = &item.cluster;
      shared = 0.4 * (random.uniform() - 0.5);
    }
    item.value = shift + shared + 0.6 * (random.uniform() - random.uniform());
  }
}

using Trial = std::function<bool(Random&)>;

double share_of(int trials, std::uint64_t seed, const Trial& trial) {
  Random random(seed);
  int hits = 0;
  for (int i = 0; i < trials; ++i) hits += trial(random) ? 1 : 0;
  return static_cast<double>(hits) / trials;
}

bool mcnemar_rejects(const Items& items) {
  std::size_t a = 0;
  std::size_t b = 0;
  for (const AverageItem& item : items) {
    a += item.value < 0 ? 1 : 0;
    b += item.value > 0 ? 1 : 0;
  }
  return mcnemar(a, b).exact <= kLevel;
}

struct Case {
  std::size_t n;
  std::size_t largest;  // cluster
  int trials;
};

TEST(Simulation, sign_flips_of_clusters_err_at_their_level_and_find_what_is_there) {
  for (const Case c : {Case{20, 3, 20000}, Case{200, 7, 6000}, Case{2000, 7, 2500}}) {
    Items items = make_items(c.n, c.largest);
    const auto rejects = [&](double lift) {
      return [&items, lift](Random& random) {
        draw_scores(items, random, lift);
        return sign_flip_test(items)->p <= kLevel;
      };
    };
    const double error = share_of(c.trials, 1, rejects(0));
    EXPECT_LE(error, kMost) << c.n;
    EXPECT_GT(share_of(c.trials / 10, 2, rejects(c.n == 20 ? 0.6 : 0.2)), error + 0.02) << c.n;
  }
}

// The same clusters, taken as independent items: what the simulation must be able to see.
TEST(Simulation, mcnemar_errs_too_often_in_clusters) {
  Items items = make_items(200, 7);
  EXPECT_GT(share_of(4000, 3,
                     [&](Random& random) {
                       draw_scores(items, random, 0);
                       return mcnemar_rejects(items);
                     }),
            0.07);
}

TEST(Simulation, drawn_sign_flips_err_at_their_level_and_find_what_is_there) {
  for (const Case c :
       {Case{20, 1, 4000}, Case{200, 1, 3000}, Case{200, 4, 3000}, Case{2000, 4, 500}}) {
    Items items = make_items(c.n, c.largest);
    const auto rejects = [&](double shift) {
      return [&items, shift](Random& random) {
        draw_graded(items, random, shift);
        return sign_flip_test(items, {.seed = random.next(), .replicates = 99})->p <= kLevel;
      };
    };
    const double error = share_of(c.trials, 4, rejects(0));
    EXPECT_LE(error, kMost) << c.n << " " << c.largest;
    EXPECT_GT(share_of(c.trials / 10, 5, rejects(0.1)), error + 0.05) << c.n << " " << c.largest;
  }
}

// Of draws around 0, moved: an estimate moves with its data, and its error stays.
bool equivalent(const PairedEstimate& drawn, double shift, double margin) {
  const auto test =
      equivalence_test({drawn.difference + shift, drawn.error, drawn.degrees}, margin);
  return test && test->p <= kLevel;
}

// The true difference is the margin itself, above or below, so that every call of equivalence is an
// error; the two are drawn together, as each is half of what is counted.
TEST(Simulation, equivalence_errs_at_its_level_at_the_margin_and_is_found_within) {
  constexpr double kMargin = 0.1;
  for (const Case c : {Case{20, 1, 20000}, Case{200, 1, 6000}, Case{200, 4, 6000},
                       Case{2000, 1, 2000}, Case{2000, 4, 2000}}) {
    Items items = make_items(c.n, c.largest);
    Random random(6);
    int wrong = 0;
    int right = 0;
    for (int i = 0; i < c.trials; ++i) {
      draw_graded(items, random, 0);
      const PairedEstimate drawn = paired_estimate(items).value();
      wrong += equivalent(drawn, kMargin, kMargin) ? 1 : 0;
      wrong += equivalent(drawn, -kMargin, kMargin) ? 1 : 0;
      right += equivalent(drawn, 0, 2 * kMargin) ? 1 : 0;
    }
    EXPECT_LE(wrong, kMost * 2 * c.trials) << c.n << " " << c.largest;
    EXPECT_GT(right, 0.2 * c.trials) << c.n << " " << c.largest;
  }
}

// A task of 5 items beside one of 200: nearly all of the variance is that of the 5, and an error
// over all clusters together, with some 200 degrees, is too small and too sure.
TEST(Simulation, the_interval_of_an_average_covers_beside_a_small_task) {
  Items items = make_items(200, 1);
  for (int i = 0; i < 5; ++i) items.push_back({"small", "s" + std::to_string(i), 0});
  const double covered = share_of(3000, 7, [&](Random& random) {
    draw_graded(items, random, 0);
    const Interval found = paired_interval(paired_estimate(items).value()).value();
    return found.low <= 0 && found.high >= 0;
  });
  EXPECT_GE(covered, 0.935);
  EXPECT_LE(covered, 0.965);
}

// Eight tasks over the same 50 clusters, so that they depend on each other; the first `real` of
// them differ, and whoever calls one of the others errs.
std::vector<Items> eight_tasks(Random& random, std::size_t real) {
  std::vector<Items> tasks(8, make_items(50, 1));
  for (std::size_t i = 0; i < 50; ++i) {
    const double a = random.chance(0.5) ? 0.3 : 0.8;
    const double b = random.chance(0.5) ? 0.3 : 0.8;
    for (std::size_t t = 0; t < tasks.size(); ++t)
      tasks[t][i].value =
          (t < real || random.chance(b) ? 1.0 : 0.0) - (random.chance(a) ? 1.0 : 0.0);
  }
  return tasks;
}

using Adjust = std::function<std::vector<double>(const std::vector<Items>&, Random&)>;

std::vector<double> by_holm(const std::vector<Items>& tasks, Random&) {
  std::vector<double> p;
  for (const Items& task : tasks) p.push_back(sign_flip_test(task)->p);
  return holm(p);
}

std::vector<double> by_max_t(const std::vector<Items>& tasks, Random& random) {
  return max_t(tasks, {.seed = random.next(), .replicates = 99})->adjusted;
}

TEST(Simulation, several_tests_together_err_at_their_level_and_find_what_is_there) {
  for (const Adjust& adjust : {Adjust(by_holm), Adjust(by_max_t)}) {
    for (const std::size_t real : {std::size_t{0}, std::size_t{3}}) {
      std::size_t found = 0;
      const double error = share_of(2000, 9, [&](Random& random) {
        const auto adjusted = adjust(eight_tasks(random, real), random);
        const auto rejected = [](double p) { return p <= kLevel; };
        const auto first_null = adjusted.begin() + static_cast<std::ptrdiff_t>(real);
        found += static_cast<std::size_t>(std::count_if(adjusted.begin(), first_null, rejected));
        return std::any_of(first_null, adjusted.end(), rejected);
      });
      EXPECT_LE(error, kMost) << real;
      EXPECT_GE(found, real * 1600) << "of " << real * 2000;
    }
  }
}

}  // namespace
}  // namespace stareval
