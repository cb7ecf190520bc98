// Completion (ER, RR): which of k options is the masked entity or relation?
// Values   accuracy, of each sample with an answer
// Metrics  accuracy, accuracy_answered, accuracy_floor, chance (mean of 1 / k)
// Thread   pure.
#pragma once

#include "libstareval/protocol/protocol.h"

namespace stareval {

class CompletionProtocol : public Protocol {
 public:
  explicit CompletionProtocol(const ProtocolOptions& options) : mode_(options.mode) {}

  [[nodiscard]] ProtocolInfo info() const override;
  [[nodiscard]] Prompt prompt(const Sample& sample) const override;
  [[nodiscard]] Score score(const Sample& sample, const Reply& reply) const override;
  [[nodiscard]] std::vector<Metric> summarise(std::span<const Scored> scored) const override;

 private:
  Mode mode_;
};

}  // namespace stareval
