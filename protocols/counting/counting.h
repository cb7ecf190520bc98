// Counting (EC, RC, IC, TC): how many entities, relations, pictures, triples does the picture show?
// Values   accuracy (exact), within_1, error (read - gold), of each sample with an answer
// Metrics  accuracy, accuracy_answered, accuracy_floor, within_1, mean_absolute_error, bias,
//          accuracy[gold=N] for each gold count
// Thread   pure.
#pragma once

#include "libstareval/protocol/template_protocol.h"

namespace stareval {

class Registry;

class Counting : public TemplateProtocol {
 public:
  explicit Counting(const ProtocolOptions& options);

  [[nodiscard]] Score score(const Sample& sample, const Reply& reply) const override;
  [[nodiscard]] std::vector<Metric> summarise(std::span<const Scored> scored) const override;
};

void register_counting(Registry& registry);

}  // namespace stareval
