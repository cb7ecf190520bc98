// Error detection (ED): which fact of the picture is wrong, if one is?
// Values   accuracy (the right triple, or none where all are true), flagged (a triple was named);
//          head_hit, relation_hit, tail_hit where the gold is a triple
// Metrics  accuracy, accuracy_answered, accuracy_floor, balanced_accuracy, mcc, sensitivity,
//          specificity, yes_rate, head_hit, relation_hit, tail_hit
// Thread   pure.
#pragma once

#include "libstareval/protocol/template_protocol.h"

namespace stareval {

class Registry;

class ErrorDetection : public TemplateProtocol {
 public:
  explicit ErrorDetection(const ProtocolOptions& options);

  [[nodiscard]] Score score(const Sample& sample, const Reply& reply) const override;
  [[nodiscard]] std::vector<Metric> summarise(std::span<const Scored> scored) const override;
};

void register_error_detection(Registry& registry);

}  // namespace stareval
