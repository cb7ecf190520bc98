// Completion by ranking: all candidates, the likeliest first.
// Values   hits_at_1, hits_at_3, hits_at_10 (those with more candidates than places),
//          reciprocal_rank, rank, reciprocal_rank_optimistic, reciprocal_rank_pessimistic,
//          candidates, listed, unknown: of each sample with a readable list
// Metrics  README.md
// Thread   pure.
#pragma once

#include <string>

#include "libstareval/protocol/protocol.h"

namespace stareval {

class RankingCompletion : public Protocol {
 public:
  RankingCompletion(ProtocolInfo info, Mode mode);

  [[nodiscard]] ProtocolInfo info() const override { return info_; }
  [[nodiscard]] Prompt prompt(const Sample& sample) const override;
  [[nodiscard]] Score score(const Sample& sample, const Reply& reply) const override;
  [[nodiscard]] std::vector<Metric> summarise(std::span<const Scored> scored) const override;

 private:
  ProtocolInfo info_;
};

}  // namespace stareval
