// Detection (the detection tasks of M3STR): is something wrong in the picture, yes or no?
// Values   accuracy, flagged (the reply says yes), of each sample with an answer
// Metrics  accuracy, accuracy_answered, accuracy_floor, balanced_accuracy, mcc, sensitivity,
//          specificity, yes_rate
// Thread   pure.
#pragma once

#include "libstareval/protocol/template_protocol.h"

namespace stareval {

class Registry;

class Detection : public TemplateProtocol {
 public:
  explicit Detection(const ProtocolOptions& options);

  [[nodiscard]] Score score(const Sample& sample, const Reply& reply) const override;
  [[nodiscard]] std::vector<Metric> summarise(std::span<const Scored> scored) const override;
};

void register_detection(Registry& registry);

}  // namespace stareval
