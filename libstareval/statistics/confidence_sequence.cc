#include "libstareval/statistics/confidence_sequence.h"

#include <algorithm>
#include <cmath>

namespace stareval {
namespace {

constexpr double kTruncation = 0.5;  // c: the share of the capital that a bet can lose at most

}  // namespace

ConfidenceSequence::ConfidenceSequence(double confidence, std::size_t grid)
    : threshold_(2.0 / (1.0 - confidence)),
      grid_(std::max<std::size_t>(grid, 1)),
      sum_(0.5),
      squares_(0.25),
      high_(grid_ + 1),
      above_(grid_ + 1, 1.0),
      below_(grid_ + 1, 1.0) {}

bool ConfidenceSequence::add(double value) {
  if (!(value >= 0 && value <= 1)) return false;
  const double bet = next_bet();
  ++count_;
  sum_ += value;
  const double mean = sum_ / static_cast<double>(count_ + 1);
  squares_ += (value - mean) * (value - mean);
  bet_on(value, bet);
  return true;
}

double ConfidenceSequence::next_bet() const {
  const auto t = static_cast<double>(count_ + 1);
  const double variance = squares_ / t;
  return std::sqrt(2.0 * std::log(threshold_) / (variance * t * std::log(t + 1)));
}

void ConfidenceSequence::bet_on(double value, double bet) {
  if (low_ > high_) return;
  const auto steps = static_cast<double>(grid_);
  std::size_t low = low_;
  std::size_t high = high_;
  // The nearest candidates that are out are bet on as well: where the other gambler wins there too,
  // nothing is left between them.
  for (std::size_t i = low_ == 0 ? 0 : low_ - 1; i <= std::min(high_, grid_); ++i) {
    const double m = static_cast<double>(i) / steps;
    const double rest = 1.0 - m;
    above_[i] *= 1.0 + (bet * m < kTruncation ? bet : kTruncation / m) * (value - m);
    below_[i] *= 1.0 - (bet * rest < kTruncation ? bet : kTruncation / rest) * (value - m);
    if (above_[i] >= threshold_) low = std::max(low, i + 1);
    if (below_[i] >= threshold_) high = std::min(high, i);
  }
  low_ = low;
  high_ = high;
}

std::optional<Interval> ConfidenceSequence::interval() const {
  if (low_ > high_) return std::nullopt;
  const auto steps = static_cast<double>(grid_);
  // The ends lie between the candidates that are left and the nearest that are out.
  const double low = low_ == 0 ? 0.0 : static_cast<double>(low_ - 1) / steps;
  const double high = high_ > grid_ ? 1.0 : static_cast<double>(high_) / steps;
  return Interval{low, high, "betting"};
}

}  // namespace stareval
