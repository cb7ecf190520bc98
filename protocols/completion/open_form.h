// Completion without options: the model names the masked entity or relation.
// Values   exact_match: 1 where the name is that of the right option, or an alias of it
// Metrics  exact_match, exact_match_answered, exact_match_floor
// Thread   pure.
#pragma once

#include "libstareval/protocol/template_protocol.h"

namespace stareval {

class OpenCompletion : public TemplateProtocol {
 public:
  OpenCompletion(ProtocolInfo info, Mode mode);

  [[nodiscard]] Score score(const Sample& sample, const Reply& reply) const override;
  [[nodiscard]] std::vector<Metric> summarise(std::span<const Scored> scored) const override;
};

}  // namespace stareval
