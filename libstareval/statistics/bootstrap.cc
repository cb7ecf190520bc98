#include "libstareval/statistics/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "libstareval/base/random.h"

namespace stareval {
namespace {

constexpr double kDefinedShare = 0.95;  // of the replicates, below which there is no interval

// Values must be sorted, and not empty.
double quantile(const std::vector<double>& sorted, double probability) {
  const double place = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(place));
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

// Number of each name, in the order of the first occurrence.
class Numbering {
 public:
  std::size_t operator()(const std::string& name) {
    return numbers_.emplace(name, numbers_.size()).first->second;
  }
  [[nodiscard]] std::size_t size() const { return numbers_.size(); }

 private:
  std::map<std::string, std::size_t> numbers_;
};

// A row a cluster: sum and count of each task in turn.
ClusterSums sums_of_tasks(std::span<const AverageItem> items) {
  Numbering tasks;
  Numbering clusters;
  for (const AverageItem& item : items) {
    tasks(item.task);
    clusters(item.cluster);
  }
  ClusterSums sums{2 * tasks.size(), std::vector<double>(2 * tasks.size() * clusters.size(), 0.0)};
  for (const AverageItem& item : items) {
    const std::size_t at = clusters(item.cluster) * sums.width + 2 * tasks(item.task);
    sums.rows[at] += item.value;
    sums.rows[at + 1] += 1.0;
  }
  return sums;
}

std::optional<double> mean_of_means(std::span<const double> sums) {
  double total = 0;
  for (std::size_t i = 0; i + 1 < sums.size(); i += 2) {
    if (sums[i + 1] <= 0) return std::nullopt;
    total += sums[i] / sums[i + 1];
  }
  if (sums.empty()) return std::nullopt;
  return total / (static_cast<double>(sums.size()) / 2.0);
}

}  // namespace

std::vector<std::optional<double>> bootstrap_replicates(const ClusterSums& sums,
                                                        const SumStatistic& statistic,
                                                        const BootstrapOptions& options,
                                                        std::size_t first, std::size_t count) {
  const std::size_t clusters = sums.clusters();
  const Random seeds(options.seed);
  std::vector<std::optional<double>> replicates;
  std::vector<double> total(sums.width);
  for (std::size_t r = first; r < first + count && clusters > 0; ++r) {
    Random random = seeds.fork(static_cast<std::uint64_t>(r));
    std::fill(total.begin(), total.end(), 0.0);
    for (std::size_t draw = 0; draw < clusters; ++draw) {
      const double* row = sums.rows.data() + random.below(clusters) * sums.width;
      for (std::size_t i = 0; i < sums.width; ++i) total[i] += row[i];
    }
    replicates.push_back(statistic(total));
  }
  return replicates;
}

std::optional<Interval> cluster_bootstrap(const ClusterSums& sums, const SumStatistic& statistic,
                                          const BootstrapOptions& options) {
  if (sums.clusters() < 2) return std::nullopt;
  std::vector<double> defined;
  for (const auto& value : bootstrap_replicates(sums, statistic, options, 0, options.replicates))
    if (value) defined.push_back(*value);
  if (defined.empty() ||
      static_cast<double>(defined.size()) < kDefinedShare * static_cast<double>(options.replicates))
    return std::nullopt;
  std::sort(defined.begin(), defined.end());
  const double tail = (1.0 - options.confidence) / 2.0;
  return Interval{quantile(defined, tail), quantile(defined, 1.0 - tail), "cluster bootstrap"};
}

std::optional<double> average_of_tasks(std::span<const AverageItem> items) {
  const ClusterSums sums = sums_of_tasks(items);
  std::vector<double> total(sums.width, 0.0);
  for (std::size_t i = 0; i < sums.rows.size(); ++i) total[i % sums.width] += sums.rows[i];
  return mean_of_means(total);
}

std::optional<Interval> cluster_bootstrap_average(std::span<const AverageItem> items,
                                                  const BootstrapOptions& options) {
  return cluster_bootstrap(sums_of_tasks(items), mean_of_means, options);
}

}  // namespace stareval
