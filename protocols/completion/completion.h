// Completion (ER, RR): which of k options is the masked entity or relation? By choice;
// ranking_form.h and open_form.h ask in other forms. And the tasks of M3STR that offer options.
// Values   accuracy, of each sample with an answer; those of option_logprobs.h where the reply has
//          log-probabilities
// Metrics  accuracy, accuracy_answered, accuracy_floor, chance (mean of 1 / k); with
//          log-probabilities accuracy_by_logprob, mrr_by_logprob, mean_gold_probability
// Thread   pure.
#pragma once

#include "libstareval/protocol/template_protocol.h"

namespace stareval {

class Registry;

class CompletionProtocol : public TemplateProtocol {
 public:
  explicit CompletionProtocol(const ProtocolOptions& options);

  [[nodiscard]] Score score(const Sample& sample, const Reply& reply) const override;
  [[nodiscard]] std::vector<Metric> summarise(std::span<const Scored> scored) const override;
};

void register_completion(Registry& registry);

}  // namespace stareval
