#include "libstareval/statistics/multiple.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string_view>

#include "libstareval/statistics/sign_flips_internal.h"

namespace stareval {
namespace {

constexpr std::size_t kCountAll = 14;  // clusters: 8,192 patterns, as many as are drawn otherwise

// Places of the p values, the smallest first.
std::vector<std::size_t> order_of(std::span<const double> p) {
  if (!std::all_of(p.begin(), p.end(), [](double value) { return value >= 0 && value <= 1; }))
    throw std::invalid_argument("a p value lies outside [0, 1]");
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  return order;
}

using Row = std::vector<double>;  // a value a cluster

// A row a comparison over all clusters, scaled so that the sum of squares is 1; a row without
// differences stays 0. Clusters that are 0 in all rows are left out.
std::vector<Row> scaled_rows(std::span<const std::vector<AverageItem>> comparisons) {
  std::map<std::string_view, Row> columns;
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const auto parts = cluster_parts(comparisons[i]);
    double squares = 0;
    for (const auto& [cluster, part] : parts) squares += part * part;
    if (squares <= 0) continue;
    for (const auto& [cluster, part] : parts)
      if (std::abs(part) > kTie * std::sqrt(squares))
        columns.try_emplace(cluster, comparisons.size(), 0.0).first->second[i] =
            part / std::sqrt(squares);
  }
  std::vector<Row> rows(comparisons.size());
  for (const auto& [cluster, column] : columns)
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].push_back(column[i]);
  return rows;
}

double product(const Row& row, std::span<const double> signs) {
  return std::inner_product(row.begin(), row.end(), signs.begin(), 0.0);
}

std::vector<double> extremes_of(const std::vector<Row>& rows) {
  std::vector<double> extremes;
  for (const Row& row : rows) {
    double scale = 0;
    for (const double value : row) scale += std::abs(value);
    extremes.push_back(std::abs(std::accumulate(row.begin(), row.end(), 0.0)) - kTie * scale);
  }
  return extremes;
}

}  // namespace

std::vector<double> holm(std::span<const double> p) {
  const std::vector<std::size_t> order = order_of(p);
  std::vector<double> adjusted(p.size());
  double most = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    most = std::max(most, std::min(1.0, p[order[rank]] * static_cast<double>(p.size() - rank)));
    adjusted[order[rank]] = most;
  }
  return adjusted;
}

std::vector<double> benjamini_hochberg(std::span<const double> p) {
  const std::vector<std::size_t> order = order_of(p);
  std::vector<double> adjusted(p.size());
  const auto n = static_cast<double>(p.size());
  double least = 1;
  for (std::size_t rank = order.size(); rank > 0; --rank) {
    least = std::min(least, p[order[rank - 1]] * (n / static_cast<double>(rank)));
    adjusted[order[rank - 1]] = least;
  }
  return adjusted;
}

std::optional<MaxT> max_t(std::span<const std::vector<AverageItem>> comparisons,
                          const SignFlipOptions& options) {
  if (!std::all_of(comparisons.begin(), comparisons.end(), has_two_clusters_a_task))
    return std::nullopt;
  const std::vector<Row> rows = scaled_rows(comparisons);
  const std::vector<double> extremes = extremes_of(rows);
  const std::size_t clusters = rows.empty() ? 0 : rows.front().size();
  if (clusters == 0) return MaxT{std::vector<double>(comparisons.size(), 1.0), 0};
  const FlipVisitor visit = [&](std::span<const double> signs, std::span<std::size_t> hits) {
    double most = 0;
    for (const Row& row : rows) most = std::max(most, std::abs(product(row, signs)));
    for (std::size_t i = 0; i < extremes.size(); ++i)
      if (most >= extremes[i]) ++hits[i];
  };
  const bool all = clusters <= kCountAll;
  const auto hits = all ? count_all_flips(clusters, rows.size(), visit)
                        : count_random_flips(clusters, rows.size(), options, visit);
  const double more = all ? 0 : 1;
  const double of = all ? std::ldexp(1.0, static_cast<int>(clusters) - 1)
                        : static_cast<double>(options.replicates) + 1;
  MaxT result{{}, all ? 0 : options.replicates};
  for (const std::size_t hit : hits)
    result.adjusted.push_back((static_cast<double>(hit) + more) / of);
  return result;
}

}  // namespace stareval
