// How a model is asked for a rationale: a protocol like any other, so that plan, runner and journal
// send, retry and keep its replies. It asks from the graph as text, question and gold answer,
// without the picture, for the steps of somebody who sees the picture. Score   "kept": 1 where
// check_rationale_reply keeps the reply, else 0 and the fault as the rule. Source  arXiv
// 2510.21828: chains of thought written from the text of the subgraph. [D] the wording. Thread
// pure.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/rationale/rationale_check.h"
#include "libstareval/protocol/protocol.h"

namespace stareval::engine {

class RationaleProtocol : public Protocol {
 public:
  // `readers` score the answers of the tasks, in the mode direct; their tasks are this one's.
  explicit RationaleProtocol(std::vector<std::unique_ptr<Protocol>> readers);

  [[nodiscard]] ProtocolInfo info() const override { return info_; }
  [[nodiscard]] Prompt prompt(const Sample& sample) const override;
  [[nodiscard]] Score score(const Sample& sample, const Reply& reply) const override;
  [[nodiscard]] std::vector<Metric> summarise(std::span<const Scored> scored) const override;

  // Throws std::out_of_range where no reader scores the task of the sample.
  [[nodiscard]] CheckedRationale check(const Sample& sample, const Reply& reply) const;

 private:
  std::vector<std::unique_ptr<Protocol>> readers_;
  std::map<std::string, const Protocol*, std::less<>> by_task_;
  ProtocolInfo info_;
};

}  // namespace stareval::engine
