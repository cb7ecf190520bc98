// Metrics of a yes/no decision, for protocols in which each attempt decides whether something is
// there: ErrorDetection, Detection.
// Cost  a cluster bootstrap of 10,000 replicates.   Thread  pure functions.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "libstareval/protocol/protocol.h"

namespace stareval {

// Name of the value that holds the decision: 1 where the reply says that it is there.
inline constexpr const char* kFlagged = "flagged";

// Whether it is there, by the gold.
using IsPositive = std::function<bool(const Sample&)>;

// balanced_accuracy, sensitivity, specificity over the scored attempts; mcc, yes_rate over those in
// which an answer was read. An attempt without a readable answer is a wrong decision, a miss or a
// false alarm, but none that goes with the gold or against it: MCC would call a model that always
// declines a perfect detector turned round. Formulas: metrics/detection.h.
[[nodiscard]] std::vector<Metric> detection_metrics(std::span<const Scored> scored,
                                                    const IsPositive& is_positive);

}  // namespace stareval
