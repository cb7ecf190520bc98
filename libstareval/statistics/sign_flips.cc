// The walk over patterns of signs, and the test of one mean by them.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "libstareval/base/parallel.h"
#include "libstareval/base/random.h"
#include "libstareval/statistics/sign_flips_internal.h"

namespace stareval {
namespace {

constexpr std::size_t kMeetInTheMiddle = 32;  // clusters: two lists of 2^16 sums, some ms
constexpr double kMostSteps = 1e8;            // of the table: 0.2 s
constexpr int kMostParts = 128;               // of the smallest sum that a unit may be
constexpr double kUnitRounding = 1e-9;        // of a unit

std::vector<double> not_zero(std::span<const ClusterPart> parts) {
  double scale = 0;
  for (const auto& [cluster, part] : parts) scale += std::abs(part);
  std::vector<double> values;
  for (const auto& [cluster, part] : parts)
    if (std::abs(part) > kTie * scale) values.push_back(part);
  return values;
}

// The values as whole multiples of a unit, which is the smallest of them or a part of it; empty
// where there is none, or the table would be too long.
std::vector<std::size_t> in_units(std::span<const double> values) {
  double least = std::numeric_limits<double>::max();
  for (const double value : values) least = std::min(least, std::abs(value));
  for (int parts = 1; parts <= kMostParts; ++parts) {
    const double unit = least / parts;
    double total = 0;
    const bool fits = std::all_of(values.begin(), values.end(), [&](double value) {
      const double units = std::abs(value) / unit;
      total += units;
      return std::abs(units - std::round(units)) <= kUnitRounding * parts;
    });
    if (total * static_cast<double>(values.size()) > kMostSteps) return {};
    if (!fits) continue;
    std::vector<std::size_t> whole;
    for (const double value : values)
      whole.push_back(static_cast<std::size_t>(std::lround(std::abs(value) / unit)));
    return whole;
  }
  return {};
}

// The distribution of the sum of those that are positive, built value by value. The whole sum is
// 2 * positive - total.
double p_by_table(std::span<const double> values, std::span<const std::size_t> units) {
  const std::size_t total = std::accumulate(units.begin(), units.end(), std::size_t{0});
  std::vector<double> chance(total + 1, 0.0);
  chance[0] = 1;
  std::size_t reached = 0;
  std::size_t positive = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::size_t step = units[i];
    reached += step;
    if (values[i] > 0) positive += step;
    for (std::size_t s = reached; s >= step; --s) chance[s] = (chance[s] + chance[s - step]) / 2;
    for (std::size_t s = 0; s < step; ++s) chance[s] /= 2;
  }
  const std::size_t low = std::min(positive, total - positive);
  if (2 * low == total) return 1;
  const double tail =
      std::accumulate(chance.begin(), chance.begin() + static_cast<std::ptrdiff_t>(low) + 1, 0.0);
  return std::clamp(2 * tail, std::numeric_limits<double>::min(), 1.0);
}

std::vector<double> all_sums(std::span<const double> values) {
  std::vector<double> sums{0.0};
  for (const double value : values) {
    const std::size_t half = sums.size();
    sums.resize(2 * half);
    for (std::size_t i = 0; i < half; ++i) {
      sums[half + i] = sums[i] - value;
      sums[i] += value;
    }
  }
  return sums;
}

double p_by_meeting(std::span<const double> values, double extreme) {
  if (extreme <= 0) return 1;
  const std::size_t half = values.size() / 2;
  const std::vector<double> left = all_sums(values.first(half));
  std::vector<double> right = all_sums(values.subspan(half));
  std::sort(right.begin(), right.end());
  double hits = 0;  // above; as many are below
  for (const double sum : left)
    hits += static_cast<double>(right.end() -
                                std::lower_bound(right.begin(), right.end(), extreme - sum));
  return 2 * hits / (static_cast<double>(left.size()) * static_cast<double>(right.size()));
}

void fill_signs(std::vector<double>& signs, Random& random) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    if (i % 64 == 0) word = random.next();
    signs[i] = (word & 1U) != 0 ? 1.0 : -1.0;
    word >>= 1U;
  }
}

}  // namespace

bool has_two_clusters_a_task(std::span<const AverageItem> differences) {
  std::map<std::string_view, std::pair<std::string_view, bool>> tasks;  // first cluster; another?
  for (const AverageItem& item : differences) {
    auto& [first, another] = tasks.try_emplace(item.task, item.cluster, false).first->second;
    if (item.cluster != first) another = true;
  }
  return !tasks.empty() && std::all_of(tasks.begin(), tasks.end(),
                                       [](const auto& task) { return task.second.second; });
}

std::vector<ClusterPart> cluster_parts(std::span<const AverageItem> differences,
                                       const std::map<std::string_view, double>& centres) {
  std::map<std::string_view, double> counts;
  for (const AverageItem& item : differences) ++counts[item.task];
  const auto tasks = static_cast<double>(counts.size());
  std::vector<ClusterPart> addends;
  addends.reserve(differences.size());
  for (const AverageItem& item : differences) {
    const auto centre = centres.find(item.task);
    addends.emplace_back(item.cluster,
                         (item.value - (centre == centres.end() ? 0.0 : centre->second)) /
                             (tasks * counts.find(item.task)->second));
  }
  std::sort(addends.begin(), addends.end(), [](const ClusterPart& a, const ClusterPart& b) {
    const int order = a.first.compare(b.first);
    return order < 0 || (order == 0 && std::abs(a.second) < std::abs(b.second));
  });
  std::vector<ClusterPart> parts;
  for (std::size_t i = 0; i < addends.size();) {
    // By size and both signs apart, so that neither order nor sign of all decides a last digit.
    const std::string_view cluster = addends[i].first;
    double above = 0;
    double below = 0;
    for (; i < addends.size() && addends[i].first == cluster; ++i)
      (addends[i].second > 0 ? above : below) += addends[i].second;
    parts.emplace_back(cluster, above + below);
  }
  return parts;
}

std::vector<std::size_t> count_random_flips(std::size_t clusters, std::size_t statistics,
                                            const SignFlipOptions& options,
                                            const FlipVisitor& visit) {
  const Random seeds(options.seed);
  std::vector<std::atomic<std::size_t>> total(statistics);
  std::atomic<std::size_t> next{0};
  run_on_threads(options.threads, [&] {
    std::vector<double> signs(clusters);
    std::vector<std::size_t> hits(statistics, 0);
    for (std::size_t r = next++; r < options.replicates; r = next++) {
      Random random = seeds.fork(static_cast<std::uint64_t>(r));
      fill_signs(signs, random);
      visit(signs, hits);
    }
    for (std::size_t i = 0; i < statistics; ++i) total[i] += hits[i];
  });
  return {total.begin(), total.end()};
}

std::vector<std::size_t> count_all_flips(std::size_t clusters, std::size_t statistics,
                                         const FlipVisitor& visit) {
  std::vector<std::size_t> hits(statistics, 0);
  std::vector<double> signs(clusters, 1.0);
  for (std::size_t pattern = 0; pattern < std::size_t{1} << (clusters - 1); ++pattern) {
    for (std::size_t i = 1; i < clusters; ++i)
      signs[i] = (pattern >> (i - 1) & 1U) != 0 ? -1.0 : 1.0;
    visit(signs, hits);
  }
  return hits;
}

std::optional<SignFlipTest> sign_flip_test(std::span<const AverageItem> differences,
                                           const SignFlipOptions& options) {
  if (!has_two_clusters_a_task(differences)) return std::nullopt;
  const std::vector<double> values = not_zero(cluster_parts(differences));
  if (values.empty()) return SignFlipTest{};
  if (const auto units = in_units(values); !units.empty())
    return SignFlipTest{p_by_table(values, units), 0};
  double sum = 0;
  double scale = 0;
  for (const double value : values) {
    sum += value;
    scale += std::abs(value);
  }
  const double extreme = std::abs(sum) - kTie * scale;
  if (values.size() <= kMeetInTheMiddle) return SignFlipTest{p_by_meeting(values, extreme), 0};
  const auto hits = count_random_flips(
      values.size(), 1, options, [&](std::span<const double> signs, std::span<std::size_t> hit) {
        double flipped = 0;
        for (std::size_t i = 0; i < values.size(); ++i) flipped += signs[i] * values[i];
        if (std::abs(flipped) >= extreme) ++hit[0];
      });
  return SignFlipTest{
      static_cast<double>(hits[0] + 1) / static_cast<double>(options.replicates + 1),
      options.replicates};
}

}  // namespace stareval
