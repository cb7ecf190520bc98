#include <algorithm>
#include <map>

#include "libstareval/statistics/agreement.h"
#include "libstareval/statistics/agreement_internal.h"

namespace stareval {
namespace {

// alpha = 1 - (n - 1) * sum of o(c, k) d(c, k) / sum of n(c) n(k) d(c, k), over pairs of values
// c < k; o counts the pairs within an item, each item weighted 1 / (its ratings - 1).
std::optional<double> alpha_ratio(double n, double observed, double chance) {
  if (chance <= 0) return std::nullopt;
  return 1.0 - (n - 1.0) * observed / chance;
}

// Of sums (pairs that differ, number of each value).
std::optional<double> nominal_alpha(std::span<const double> sums) {
  double n = 0;
  double squares = 0;
  for (const double count : sums.subspan(1)) {
    n += count;
    squares += count * count;
  }
  return alpha_ratio(n, sums[0], (n * n - squares) / 2.0);
}

// Of sums (squares of differences, ratings, their sum, the sum of their squares). The ratings are
// centred beforehand, so that large ones cost no digits.
std::optional<double> interval_alpha(std::span<const double> sums) {
  constexpr double kRounding = 1e-12;  // of the difference of two sums, relative
  const double squares = sums[1] * sums[3];
  const double chance = squares - sums[2] * sums[2];
  return alpha_ratio(sums[1], sums[0], chance > kRounding * squares ? chance : 0.0);
}

// Of sums (number of each value, pairs c < k row by row).
std::optional<double> ordinal_alpha(std::span<const double> sums, std::size_t values) {
  double n = 0;
  double observed = 0;
  double chance = 0;
  std::size_t pair = values;
  for (std::size_t c = 0; c < values; ++c) {
    n += sums[c];
    double between = sums[c] / 2.0;
    for (std::size_t k = c + 1; k < values; ++k) {
      const double distance = between + sums[k] / 2.0;
      between += sums[k];
      observed += sums[pair++] * distance * distance;
      chance += sums[c] * sums[k] * distance * distance;
    }
  }
  return alpha_ratio(n, observed, chance);
}

// Place of the pair (c, k), c < k, among the sums of ordinal_alpha.
std::size_t pair_place(std::size_t c, std::size_t k, std::size_t values) {
  return values + c * values - c * (c + 1) / 2 + (k - c - 1);
}

class AlphaRows {
 public:
  AlphaRows(AlphaLevel level, const std::map<std::size_t, std::vector<double>>& items)
      : level_(level) {
    double n = 0;
    for (const auto& [item, given] : items) {
      for (const double value : given) {
        places_.emplace(value, 0);
        centre_ += value;
        n += 1;
      }
    }
    centre_ /= n;
    std::size_t place = 0;
    for (auto& [value, at] : places_) at = place++;
  }

  [[nodiscard]] std::size_t width() const {
    const std::size_t values = places_.size();
    if (level_ == AlphaLevel::kInterval) return 4;
    return level_ == AlphaLevel::kNominal ? 1 + values : values + values * (values - 1) / 2;
  }

  void add(const std::vector<double>& given, std::vector<double>& row) const {
    const double weight = 1.0 / static_cast<double>(given.size() - 1);
    for (std::size_t a = 0; a < given.size(); ++a) {
      add_rating(given[a], row);
      for (std::size_t b = a + 1; b < given.size(); ++b)
        if (given[a] != given[b]) add_pair(given[a], given[b], weight, row);
    }
  }

  [[nodiscard]] SumStatistic statistic() const {
    if (level_ == AlphaLevel::kNominal) return nominal_alpha;
    if (level_ == AlphaLevel::kInterval) return interval_alpha;
    return [values = places_.size()](std::span<const double> sums) {
      return ordinal_alpha(sums, values);
    };
  }

 private:
  void add_rating(double value, std::vector<double>& row) const {
    if (level_ == AlphaLevel::kInterval) {
      row[1] += 1;
      row[2] += value - centre_;
      row[3] += (value - centre_) * (value - centre_);
    } else {
      row[places_.at(value) + (level_ == AlphaLevel::kNominal ? 1 : 0)] += 1;
    }
  }

  void add_pair(double a, double b, double weight, std::vector<double>& row) const {
    if (level_ == AlphaLevel::kOrdinal)
      row[pair_place(places_.at(std::min(a, b)), places_.at(std::max(a, b)), places_.size())] +=
          weight;
    else row[0] += weight * (level_ == AlphaLevel::kInterval ? (a - b) * (a - b) : 1.0);
  }

  AlphaLevel level_;
  std::map<double, std::size_t> places_;
  double centre_ = 0;
};

}  // namespace

std::optional<Agreement> krippendorff_alpha(const Ratings& ratings, AlphaLevel level,
                                            const AgreementOptions& options) {
  if (!ratings.is_whole()) return std::nullopt;
  const auto items = rated_items(ratings, 2);
  if (items.empty()) return std::nullopt;
  const AlphaRows alpha(level, items);
  ClusterRows rows;
  for (const auto& [item, given] : items)
    alpha.add(given, row_of(rows, ratings, item, alpha.width()));
  return agreement_of({sums_of(rows, alpha.width()), alpha.statistic(), items.size()}, options);
}

}  // namespace stareval
