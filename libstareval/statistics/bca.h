// The parts of a bootstrap interval: quantiles of the replicates at levels that are corrected for
// bias and skewness (BCa), and for few clusters.
// Sources Efron 1987, Better bootstrap confidence intervals, JASA 82:171; DiCiccio, Efron 1996,
//         Bootstrap confidence intervals, Stat. Sci. 11:189. Acceleration with strata: Davison,
//         Hinkley 1997, Bootstrap Methods and their Application, section 5.4. Degrees of freedom
//         over strata: Satterthwaite 1946, Biometrics Bull. 2:110.
// Thread  pure functions.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "libstareval/statistics/resample.h"

namespace stareval {

// A statistic of the sums over all clusters; nothing where it is undefined.
using SumStatistic = std::function<std::optional<double>(std::span<const double>)>;

// What leaving out one cluster at a time tells. A cluster is left out of its stratum, and the
// others of the stratum count for n / (n - 1) each, so that each stratum keeps its weight.
struct Jackknife {
  double error = 0;         // standard error, with n / (n - 1) in each stratum
  double inflation = 1;     // error over the one that the bootstrap imitates, without n / (n - 1)
  double degrees = 0;       // of freedom: G - 1 for one stratum
  double acceleration = 0;  // a sixth of the skewness of the statistic
};

// Rows sorted within named strata or not; strata of one cluster do not vary, and are passed over.
// Nothing where the statistic is undefined without some cluster, or does not vary.
// Cost: one call of the statistic a cluster.
[[nodiscard]] std::optional<Jackknife> jackknife(const ClusterSums& sums,
                                                 const SumStatistic& statistic);

// z0: the normal quantile of the share of the replicates below the estimate; those that equal it
// but for rounding count half. Nothing where all lie on one side.
[[nodiscard]] std::optional<double> bias_correction(std::span<const double> replicates,
                                                    double estimate);

struct Levels {
  double low = 0;
  double high = 0;
};

// Phi(z0 + (z0 -+ z) / (1 - a (z0 -+ z))), with z the normal quantile of the confidence, or a
// larger one for few clusters. Where a denominator is not positive, its limit from above: 0 or 1.
[[nodiscard]] Levels bca_levels(double z0, double acceleration, double z);

}  // namespace stareval
