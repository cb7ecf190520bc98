// Cost of the metrics: ranks of 100,000 queries over 1,000 candidates, and texts by the thousand.
// By Google Benchmark: metrics_bench --benchmark_filter=Rank
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <vector>

#include "libstareval/base/random.h"
#include "libstareval/metrics/bleu.h"
#include "libstareval/metrics/chrf.h"
#include "libstareval/metrics/ranking.h"
#include "libstareval/metrics/rouge_l.h"

namespace {

using namespace stareval;

constexpr std::size_t kCandidates = 1000;
constexpr std::size_t kQueries = 100'000;

struct Ranking {
  std::vector<float> scores;
  std::vector<std::size_t> gold;
  std::vector<std::uint8_t> left_out;
};

// Scores of 32 levels, so that there are ties; one candidate of ten is left out.
const Ranking& ranking() {
  static const Ranking made = [] {
    Ranking r;
    Random random(1);
    r.scores.reserve(kQueries * kCandidates);
    r.left_out.reserve(kQueries * kCandidates);
    for (std::size_t i = 0; i < kQueries * kCandidates; ++i) {
      const std::uint64_t bits = random.next();
      r.scores.push_back(static_cast<float>(bits & 31U));
      r.left_out.push_back((bits >> 32U) % 10 == 0 ? 1 : 0);
    }
    for (std::size_t q = 0; q < kQueries; ++q) r.gold.push_back(random.below(kCandidates));
    return r;
  }();
  return made;
}

// Argument: threads. Items: candidates.
void BM_RankBatch(benchmark::State& state, bool filtered) {
  const Ranking& r = ranking();
  const LeftOutMask left_out = filtered ? LeftOutMask(r.left_out) : LeftOutMask();
  for ([[maybe_unused]] auto _ : state) {
    const auto placings = place_gold_batch(std::span<const float>(r.scores), kCandidates, r.gold,
                                           left_out, static_cast<int>(state.range(0)));
    benchmark::DoNotOptimize(mean_reciprocal_rank(ranks_of(placings.value())));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kQueries * kCandidates));
}
BENCHMARK_CAPTURE(BM_RankBatch, all, false)
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_RankBatch, filtered, true)
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

struct Texts {
  std::vector<std::string> said, gold;
};

// 1,000 pairs of about 60 words, a fifth of them changed: descriptions of ten triples.
const Texts& texts() {
  static const Texts made = [] {
    Texts t;
    Random random(2);
    for (int i = 0; i < 1000; ++i) {
      std::string said, gold;
      for (int word = 0; word < 60; ++word) {
        const std::string same = "word" + std::to_string(random.between(0, 300));
        const std::string end = word % 6 == 5 ? ". " : " ";
        gold += same + end;
        said += (random.chance(0.2) ? "other" : same) + end;
      }
      t.said.push_back(said);
      t.gold.push_back(gold);
    }
    return t;
  }();
  return made;
}

template <class Score>
void over_texts(benchmark::State& state, Score score) {
  const Texts& t = texts();
  for ([[maybe_unused]] auto _ : state) {
    double sum = 0;
    for (std::size_t i = 0; i < t.said.size(); ++i) sum += score(t.said[i], t.gold[i]);
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(t.said.size()));
}

void BM_RougeL(benchmark::State& state) {
  over_texts(state, [](std::string_view a, std::string_view b) { return rouge_l(a, b).f1; });
}
void BM_Chrf(benchmark::State& state) {
  over_texts(state, [](std::string_view a, std::string_view b) { return chrf(a, b); });
}
void BM_Bleu(benchmark::State& state) {
  over_texts(state, [](std::string_view a, std::string_view b) { return sentence_bleu(a, b); });
}
BENCHMARK(BM_RougeL)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Chrf)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Bleu)->Unit(benchmark::kMillisecond);

}  // namespace
