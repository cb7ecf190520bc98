// Cluster bootstrap: time for 10,000 replicates, and for each cluster that is drawn. CPU is that of
// all threads.
//   Draws        64,000 clusters of 16 sums (8 ratios), 1 and 2 threads
//   Means        64,000 clusters of 8 sums, 8 means of one call
//   Alike        64,000 clusters of one 0/1 answer: counted, not drawn
#include <benchmark/benchmark.h>

#include <optional>
#include <span>
#include <vector>

#include "libstareval/statistics/bootstrap.h"
#include "libstareval/statistics/replicate_random.h"

namespace {

using namespace stareval;

constexpr std::size_t kClusters = 64'000;
constexpr std::size_t kReplicates = 10'000;

ClusterSums graded(std::size_t width) {
  ReplicateRandom random(1, 1);
  ClusterSums sums{width, {}, {}};
  for (std::size_t i = 0; i < kClusters * width; ++i)
    sums.rows.push_back(static_cast<double>(random() >> 11) * 0x1p-53);
  return sums;
}

ClusterSums binary() {
  ReplicateRandom random(1, 2);
  ClusterSums sums{2, {}, {}};
  for (std::size_t i = 0; i < kClusters; ++i)
    sums.rows.insert(sums.rows.end(), {random() >> 63 != 0 ? 1.0 : 0.0, 1.0});
  return sums;
}

std::vector<SumStatistic> ratios(std::size_t metrics) {
  std::vector<SumStatistic> statistics;
  for (std::size_t k = 0; k < metrics; ++k)
    statistics.emplace_back([k](std::span<const double> sums) {
      return std::optional<double>(sums[2 * k] / sums[2 * k + 1]);
    });
  return statistics;
}

std::vector<SumStatistic> means(std::size_t metrics) {
  std::vector<SumStatistic> statistics;
  for (std::size_t k = 0; k < metrics; ++k)
    statistics.emplace_back([k](std::span<const double> sums) {
      return std::optional<double>(sums[k] / static_cast<double>(kClusters));
    });
  return statistics;
}

void measure(benchmark::State& state, const ClusterSums& sums,
             const std::vector<SumStatistic>& statistics) {
  const BootstrapOptions options{.replicates = kReplicates,
                                 .threads = static_cast<int>(state.range(0))};
  for (auto _ : state) benchmark::DoNotOptimize(cluster_bootstrap(sums, statistics, options));
  state.counters["draws"] = benchmark::Counter(
      static_cast<double>(kClusters * kReplicates),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void Draws(benchmark::State& state) { measure(state, graded(16), ratios(8)); }
void Means(benchmark::State& state) { measure(state, graded(8), means(8)); }
void Alike(benchmark::State& state) { measure(state, binary(), ratios(1)); }

BENCHMARK(Draws)
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(Means)
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(Alike)->Arg(1)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
