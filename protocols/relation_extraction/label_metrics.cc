#include "protocols/relation_extraction/label_metrics.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include "libstareval/protocol/scoring.h"

namespace stareval {
namespace {

// Hits, predictions and golds, in this order in the rows of the sums.
constexpr std::size_t kColumns = 3;

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0.0; }

std::optional<double> precision(std::span<const double> sums) { return ratio(sums[0], sums[1]); }
std::optional<double> recall(std::span<const double> sums) { return ratio(sums[0], sums[2]); }
std::optional<double> f1(std::span<const double> sums) {
  return ratio(2 * sums[0], sums[1] + sums[2]);
}

// Three sums a label; a label that is neither gold nor predicted does not count.
std::optional<double> mean_f1(std::span<const double> sums) {
  double total = 0;
  double labels = 0;
  for (std::size_t i = 0; i + 2 < sums.size(); i += kColumns) {
    if (sums[i + 1] + sums[i + 2] <= 0) continue;
    total += *f1(sums.subspan(i, kColumns));
    labels += 1;
  }
  return ratio(total, labels);
}

// Sums of each cluster, sorted by its name. `column` gives the first of three columns of a label;
// nothing for one that does not count.
template <class Column>
ClusterSums sums_of(std::span<const LabelPair> pairs, std::size_t width, Column column) {
  std::map<std::string_view, std::vector<double>> clusters;
  for (const LabelPair& pair : pairs) {
    std::vector<double>& row = clusters.try_emplace(pair.cluster, width, 0.0).first->second;
    const std::optional<std::size_t> gold = column(pair.gold);
    if (gold) row[*gold + 2] += 1;
    if (!pair.predicted) continue;
    if (const std::optional<std::size_t> said = column(*pair.predicted)) row[*said + 1] += 1;
    if (gold && pair.predicted == pair.gold) row[*gold] += 1;
  }
  ClusterSums sums{width, {}, {}};
  for (const auto& [cluster, row] : clusters)
    sums.rows.insert(sums.rows.end(), row.begin(), row.end());
  return sums;
}

// All labels but the negative one in one.
ClusterSums micro_sums(std::span<const LabelPair> pairs, std::optional<std::size_t> negative) {
  return sums_of(pairs, kColumns, [&](std::size_t label) -> std::optional<std::size_t> {
    if (label == negative) return std::nullopt;
    return 0;
  });
}

ClusterSums macro_sums(std::span<const LabelPair> pairs, std::size_t labels,
                       std::optional<std::size_t> negative) {
  return sums_of(pairs, kColumns * labels, [&](std::size_t label) -> std::optional<std::size_t> {
    if (label == negative) return std::nullopt;
    return kColumns * label;
  });
}

}  // namespace

std::optional<std::size_t> negative_label(std::span<const std::string> labels) {
  constexpr std::array<std::string_view, 7> kNegatives{"NA",     "na",   "no_relation", "Other",
                                                       "Others", "none", "None"};
  for (const std::string_view name : kNegatives)
    if (const auto label = std::find(labels.begin(), labels.end(), name); label != labels.end())
      return static_cast<std::size_t>(label - labels.begin());
  return std::nullopt;
}

std::vector<Metric> label_metrics(std::span<const LabelPair> pairs, std::size_t labels,
                                  std::optional<std::size_t> negative) {
  const ClusterSums micro = micro_sums(pairs, negative);
  return {sums_metric("micro_precision", micro, pairs.size(), precision),
          sums_metric("micro_recall", micro, pairs.size(), recall),
          sums_metric("micro_f1", micro, pairs.size(), f1),
          sums_metric("macro_f1", macro_sums(pairs, labels, negative), pairs.size(), mean_f1)};
}

Metric micro_f1_metric(std::string name, std::span<const LabelPair> pairs,
                       std::optional<std::size_t> negative) {
  return sums_metric(std::move(name), micro_sums(pairs, negative), pairs.size(), f1);
}

}  // namespace stareval
