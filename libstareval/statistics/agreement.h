// How far raters agree beyond chance: Cohen's kappa, Gwet's AC1, Krippendorff's alpha.
// Input    ratings: items x raters, row-major, any finite numbers; nothing where a rater did not
//          rate. A scale: the distinct values that could have been given, in their order, used or
//          not: AC1 depends on how many there are, weighted kappa on their places.
// Output   1 for full agreement, 0 for what chance gives, below 0 for less than that. At least -1
//          for kappa and AC1.
// Intervals, over clusters of items (items that share a picture are not independent), G clusters:
//          linearised   1 - (1 - value) exp(-+ t(G-1) e / (1 - value)), where the error is
//                       e = sqrt(G/(G-1) * sum_g u_g^2) and u_g the coefficient's derivative by the
//                       weight of cluster g (infinitesimal jackknife). With an item a cluster e is
//                       the large-sample error of Fleiss, Cohen, Everitt 1969 for kappa, and of
//                       Gwet 2008 for AC1 without missing ratings, times sqrt(n/(n-1)). On the
//                       scale of log(1 - value), where the estimate is closer to normal: it covers
//                       better than value -+ t e, most of all below 50 items, and stays below 1.
//          bootstrap    percentiles over resampled clusters (Hayes, Krippendorff 2007; Zapf et al.
//                       2016, BMC Med Res Methodol 16:93).
//          Coverage of the linearised one, four categories, measured: 93.5 to 96.5 % from 50 items
//          on for nominal, linear and ordinal, from 100 on for quadratic and interval distances.
//          At 20 to 30 items the former have 92 to 97 %, the latter 87 to 93 %. The bootstrap has
//          up to 4 points less than the linearised one below 100 items.
// Sources  Cohen 1960, Educ Psychol Meas 20:37; Cohen 1968, Psychol Bull 70:213; Gwet 2008, Br J
//          Math Stat Psychol 61:29; Krippendorff 2011, Computing Krippendorff's Alpha-Reliability.
// Thread   pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libstareval/statistics/bootstrap.h"
#include "libstareval/statistics/interval.h"

namespace stareval {

struct Ratings {
  std::size_t raters = 0;
  std::vector<std::optional<double>> values;  // items x raters, row-major
  std::vector<std::string> clusters;          // one an item; empty: each item is its own

  [[nodiscard]] std::size_t items() const { return raters == 0 ? 0 : values.size() / raters; }
  // Whether the ratings are finite, and as many as the raters and clusters say. Ratings that are
  // not have no agreement.
  [[nodiscard]] bool is_whole() const;
};

enum class AgreementMethod { kLinearised, kBootstrap };

struct AgreementOptions {
  AgreementMethod method = AgreementMethod::kLinearised;
  // Percentiles at plain levels, as the source has them. Its confidence holds for both methods.
  BootstrapOptions bootstrap{.method = BootstrapMethod::percentile, .expand = false};
};

struct Agreement {
  double value = 0;
  std::size_t items = 0;             // that it rests on
  std::optional<Interval> interval;  // nothing below two clusters (bootstrap: kFewestClusters), and
                                     // where they do not vary
};

// What a disagreement costs: 1 whatever it is, the distance of the places on the scale, or its
// square.
enum class KappaWeights { kNone, kLinear, kQuadratic };

// Two raters. Items that one of them did not rate are left out. Nothing where there are not two
// raters, no item is rated by both, a value is not on the scale, or both raters gave one and the
// same value to every item: chance then agrees fully as well. Cost: items * scale^2.
[[nodiscard]] std::optional<Agreement> cohen_kappa(const Ratings& ratings,
                                                   std::span<const double> scale,
                                                   KappaWeights weights = KappaWeights::kNone,
                                                   const AgreementOptions& options = {});

// Two raters or more. The observed agreement is the mean over items rated at least twice; items
// rated once count for how often a value is given. Defined where all ratings are equal (then 1).
// Nothing where no item is rated twice, a value is not on the scale, or the scale has below two
// values. Cost: items * (raters + scale).
[[nodiscard]] std::optional<Agreement> gwet_ac1(const Ratings& ratings,
                                                std::span<const double> scale,
                                                const AgreementOptions& options = {});

// Of the distance between two ratings: equal or not; how many ratings lie between them; the square
// of their difference.
enum class AlphaLevel { kNominal, kOrdinal, kInterval };

// Two raters or more, whoever rated what. Items rated below twice are left out. Nothing where no
// item is left, or all ratings are equal. Cost: items * raters^2; of an interval, times the number
// of distinct values (nominal) or its square (ordinal).
[[nodiscard]] std::optional<Agreement> krippendorff_alpha(const Ratings& ratings, AlphaLevel level,
                                                          const AgreementOptions& options = {});

}  // namespace stareval
