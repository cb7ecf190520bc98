// Description (SD): put the graph of the picture into words.
// Values   triple_f1, triple_precision, triple_recall of each sample whose reply states a triple
// Metrics  triple_f1, triple_f1_answered, triple_f1_floor, triple_precision, triple_recall: means
//          over samples, not pooled
// Thread   pure.
#pragma once

#include "libstareval/protocol/protocol.h"

namespace stareval {

class Description : public Protocol {
 public:
  explicit Description(const ProtocolOptions& options) : mode_(options.mode) {}

  [[nodiscard]] ProtocolInfo info() const override;
  [[nodiscard]] Prompt prompt(const Sample& sample) const override;
  [[nodiscard]] Score score(const Sample& sample, const Reply& reply) const override;
  [[nodiscard]] std::vector<Metric> summarise(std::span<const Scored> scored) const override;

 private:
  Mode mode_;
};

}  // namespace stareval
