// Relation extraction (MORE): which of the labels is the relation between the object of a picture
// and an entity of the text? Prompts  direct: one label. cot: the six steps of MORE-R1 (arXiv
// 2603.09478) in words of our own. Values   accuracy, predicted (index of the label among the
// choices), of each sample with an answer Metrics  accuracy, accuracy_answered, accuracy_floor,
// micro_precision, micro_recall, micro_f1,
//          macro_f1, majority; accuracy[GROUP] and micro_f1[GROUP] for each group of the samples
// Thread   pure.
#pragma once

#include "libstareval/protocol/template_protocol.h"

namespace stareval {

class Registry;

class RelationExtraction : public TemplateProtocol {
 public:
  explicit RelationExtraction(const ProtocolOptions& options);

  [[nodiscard]] Score score(const Sample& sample, const Reply& reply) const override;
  [[nodiscard]] std::vector<Metric> summarise(std::span<const Scored> scored) const override;
};

void register_relation_extraction(Registry& registry);

}  // namespace stareval
