// Time of the statistics that resample or iterate: a leaderboard of 20 models on 2,000 items in 500
// clusters with 10,000 replicates, on one thread and two; Bradley-Terry over 20 models and 20,000
// comparisons; alpha and kappa of 2,000 items with their intervals; a value of a confidence
// sequence.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "libstareval/base/random.h"
#include "libstareval/statistics/agreement.h"
#include "libstareval/statistics/confidence_sequence.h"
#include "libstareval/statistics/leaderboard.h"
#include "libstareval/statistics/preference.h"

namespace stareval {
namespace {

void rank(benchmark::State& state) {
  Random random(1);
  ScoreMatrix scores{20, std::vector<double>(40000), {}};
  for (double& value : scores.values) value = random.chance(0.6) ? 1 : 0;
  for (int item = 0; item < 2000; ++item) scores.clusters.push_back(std::to_string(item / 4));
  LeaderboardOptions options;
  options.threads = static_cast<int>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(rank_models(scores, options));
}
BENCHMARK(rank)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void flip(benchmark::State& state) {
  Random random(1);
  ScoreMatrix scores{20, std::vector<double>(40000), {}};
  for (double& value : scores.values) value = random.chance(0.6) ? 1 : 0;
  for (auto _ : state) benchmark::DoNotOptimize(fewest_items_to_flip(scores));
}
BENCHMARK(flip)->Unit(benchmark::kMillisecond);

void prefer(benchmark::State& state) {
  Random random(2);
  std::vector<Preference> comparisons;
  for (int i = 0; i < 20000; ++i) {
    const std::size_t first = random.below(20);
    const std::size_t second = (first + 1 + random.below(19)) % 20;
    comparisons.push_back(
        {first, second, static_cast<Preferred>(random.below(3)), std::to_string(i / 10)});
  }
  for (auto _ : state) benchmark::DoNotOptimize(fit_preferences(20, comparisons));
}
BENCHMARK(prefer)->Unit(benchmark::kMillisecond);

Ratings ratings_of(std::size_t raters) {
  Random random(3);
  Ratings ratings{raters, {}, {}};
  for (int item = 0; item < 2000; ++item) {
    const int truth = random.between(1, 5);
    for (std::size_t rater = 0; rater < raters; ++rater)
      ratings.values.emplace_back(random.chance(0.6) ? truth : random.between(1, 5));
  }
  return ratings;
}

void alpha(benchmark::State& state) {
  const Ratings ratings = ratings_of(3);
  AgreementOptions options;
  if (state.range(0) != 0) options.method = AgreementMethod::kBootstrap;
  for (auto _ : state)
    benchmark::DoNotOptimize(krippendorff_alpha(ratings, AlphaLevel::kOrdinal, options));
}
BENCHMARK(alpha)->ArgName("bootstrap")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void kappa(benchmark::State& state) {
  const Ratings ratings = ratings_of(2);
  const std::vector<double> scale{1, 2, 3, 4, 5};
  for (auto _ : state)
    benchmark::DoNotOptimize(cohen_kappa(ratings, scale, KappaWeights::kQuadratic));
}
BENCHMARK(kappa)->Unit(benchmark::kMillisecond);

void follow(benchmark::State& state) {
  Random random(4);
  for (auto _ : state) {
    ConfidenceSequence sequence;
    for (int i = 0; i < 1000; ++i) benchmark::DoNotOptimize(sequence.add(random.uniform()));
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(follow)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace stareval
