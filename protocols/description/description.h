// Description (SD): put the graph of the picture into words.
// Values   triple_f1, triple_precision, triple_recall, rouge_l, chrf of each sample whose reply
//          states a triple; chrf as a fraction
// Metrics  triple_f1, triple_f1_answered, triple_f1_floor, triple_precision, triple_recall,
// rouge_l,
//          chrf: means over samples, not pooled
// Thread   pure.
#pragma once

#include "libstareval/protocol/template_protocol.h"

namespace stareval {

class Registry;

class Description : public TemplateProtocol {
 public:
  explicit Description(const ProtocolOptions& options);

  [[nodiscard]] Score score(const Sample& sample, const Reply& reply) const override;
  [[nodiscard]] std::vector<Metric> summarise(std::span<const Scored> scored) const override;
};

void register_description(Registry& registry);

}  // namespace stareval
