// Counting (EC, RC, IC, TC): how many entities, relations, pictures, triples does the picture show?
// Values   accuracy (exact), within_1, error (read - gold), of each sample with an answer
// Metrics  accuracy, accuracy_answered, accuracy_floor, within_1, mean_absolute_error, bias
// Thread   pure.
#pragma once

#include "libstareval/protocol/protocol.h"

namespace stareval {

class Registry;

class Counting : public Protocol {
 public:
  explicit Counting(const ProtocolOptions& options);

  [[nodiscard]] ProtocolInfo info() const override { return info_; }
  [[nodiscard]] Prompt prompt(const Sample& sample) const override;
  [[nodiscard]] Score score(const Sample& sample, const Reply& reply) const override;
  [[nodiscard]] std::vector<Metric> summarise(std::span<const Scored> scored) const override;

 private:
  ProtocolInfo info_;  // made once: the digest of the template costs more than a prompt
};

void register_counting(Registry& registry);

}  // namespace stareval
