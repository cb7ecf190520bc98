// Completion (ER, RR): which of k options is the masked entity or relation?
// Values   accuracy, of each sample with an answer
// Metrics  accuracy, accuracy_answered, accuracy_floor, chance (mean of 1 / k)
// Thread   pure.
#pragma once

#include "libstareval/protocol/protocol.h"

namespace stareval {

class Registry;

class CompletionProtocol : public Protocol {
 public:
  explicit CompletionProtocol(const ProtocolOptions& options);

  [[nodiscard]] ProtocolInfo info() const override { return info_; }
  [[nodiscard]] Prompt prompt(const Sample& sample) const override;
  [[nodiscard]] Score score(const Sample& sample, const Reply& reply) const override;
  [[nodiscard]] std::vector<Metric> summarise(std::span<const Scored> scored) const override;

 private:
  ProtocolInfo info_;  // made once: the digest of the template costs more than a prompt
};

void register_completion(Registry& registry);

}  // namespace stareval
