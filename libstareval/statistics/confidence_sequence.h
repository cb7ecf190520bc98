// A confidence sequence for the mean of values in [0, 1]: an interval after each value, all of
// which hold the mean at once with the confidence. So one may look after every value and stop when
// the interval is narrow or leaves out a bound; an interval for a fixed n would be wrong far too
// often. Method   betting (hedged capital process) of Waudby-Smith and Ramdas 2024, JRSS B 86:1
//          (arXiv:2010.09686), theorem 3 and its predictable plug-in bets. For each candidate mean
//          m two gamblers bet against m, on the values being larger and smaller:
//              K+(m) = prod (1 + min(l_t, c/m) (x_t - m)),
//              K-(m) = prod (1 - min(l_t, c/(1-m)) (x_t - m)),
//              l_t   = sqrt(2 log(2/alpha) / (v_{t-1} t log(t+1))),  c = 1/2,
//          v_{t-1} the variance of the values before (with one value 1/2 of variance 1/4 added).
//          Against the true mean no bet gains on average, so that K+ or K- reaches 2/alpha with
//          chance alpha at most (Ville); an m where one has done so is out for ever.
// Assumes  that each value has the same mean, whatever came before: items in random order, from a
//          population of which the split is a sample. Of items that share a picture, add the mean
//          of each cluster as one value.
// Ends     on a grid of m, rounded outwards: at most one step (1/grid) wider on either side.
// Cost     of a value: the candidates that are left, twice some ten operations; memory: 16 bytes a
//          grid step. K+ falls and K- rises with m, so that what is left is always one range.
// Thread   one for one thread.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "libstareval/statistics/interval.h"

namespace stareval {

class ConfidenceSequence {
 public:
  explicit ConfidenceSequence(double confidence = kConfidence, std::size_t grid = 1000);

  // False, and nothing changes, for a value that is not in [0, 1].
  [[nodiscard]] bool add(double value);

  // After the values so far; [0, 1] before the first. Never wider than before. Nothing where no
  // mean is left: with chance 1 - confidence at most, or where the mean moved.
  [[nodiscard]] std::optional<Interval> interval() const;

  [[nodiscard]] std::size_t size() const { return count_; }

 private:
  [[nodiscard]] double next_bet() const;
  void bet_on(double value, double bet);

  double threshold_;  // 2 / alpha
  std::size_t grid_;
  std::size_t count_ = 0;
  double sum_ = 0;      // of the values and 1/2
  double squares_ = 0;  // of deviations from the running means, and 1/4
  // Candidates from low_ / grid_ to below high_ / grid_ are left. Where there are none, but low_ is
  // not above high_, the mean lies between two.
  std::size_t low_ = 0;
  std::size_t high_;
  std::vector<double> above_;  // K+
  std::vector<double> below_;  // K-
};

}  // namespace stareval
