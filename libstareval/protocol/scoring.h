// What protocols share in scoring and summarising.
// Thread  pure functions.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/extract/extraction.h"
#include "libstareval/extract/refusal.h"
#include "libstareval/protocol/protocol.h"
#include "libstareval/statistics/bootstrap.h"
#include "libstareval/statistics/interval.h"

namespace stareval {

// A score with outcome, rule and span set from what was extracted; answer and values are the
// protocol's. Where nothing was found and the reply declines, it is refused.
template <class T>
[[nodiscard]] Score begin_score(const Extraction<T>& extraction, std::string_view reply) {
  Score score;
  score.rule = extraction.rule;
  if (extraction.status != ReadStatus::none) score.span = extraction.span;
  switch (extraction.status) {
    case ReadStatus::found: score.outcome = Outcome::answered; break;
    case ReadStatus::ambiguous: score.outcome = Outcome::ambiguous; break;
    case ReadStatus::none:
      score.outcome = is_refusal(reply) ? Outcome::refused : Outcome::unparsed;
      break;
  }
  return score;
}

// Of a sample whose gold is not of the kind that the protocol scores.
[[nodiscard]] Score unscorable();

// Value of that name, or nothing.
[[nodiscard]] std::optional<double> value_of(const Score& score, std::string_view name);

// What an attempt adds to a mean; nothing where it is not in the denominator.
using Contribution = std::function<std::optional<double>(const Scored&)>;

// The named value of scored attempts, 0 for those in which no answer was read.
[[nodiscard]] Contribution over_scored(std::string value);

// The named value of the attempts that have it, and no others.
[[nodiscard]] Contribution over_answered(std::string value);

// Mean of the contributions. Its interval, by the clusters of the samples: mean_interval of
// statistics/mean.h for fractions, cluster_robust_interval for unbounded values. Undefined where
// there are no contributions; the interval also where these methods have none.
[[nodiscard]] Metric mean_metric(std::string name, std::span<const Scored> scored,
                                 const Contribution& contribution, Range range = Range::fraction);

// Puts the ends and the method of an interval in; changes nothing where there is none.
void set_interval(Metric& metric, const std::optional<Interval>& interval);

// A statistic of sums over clusters, with its bootstrap interval, whose seed is the default of
// BootstrapOptions, as a protocol knows no other. `n`: samples in the sums; undefined where it is
// 0.
[[nodiscard]] Metric sums_metric(std::string name, const ClusterSums& sums, std::size_t n,
                                 const SumStatistic& statistic);

// Over the scored attempts: "<headline>"; over those in which an answer was read:
// "<headline>_answered"; over all, those that are not scored counting 0: "<headline>_floor".
[[nodiscard]] std::vector<Metric> headline_metrics(const std::string& headline,
                                                   std::span<const Scored> scored);

}  // namespace stareval
