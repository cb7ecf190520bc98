// Scores of the chain of thought of a reply: how much of what it names stands in the graph
// (precision), and how much of the graph it names (recall), for entities, relations and triples.
// By rule, so that it costs nothing: extract/knowledge.h says what cannot be seen.
// Values   cot_entity_precision, cot_entity_recall, cot_relation_..., cot_triple_...; no precision
//          where nothing is named
// Metrics  the means of these over the attempts with a chain of thought
// Thread   pure functions.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "libstareval/model/reply.h"
#include "libstareval/protocol/protocol.h"

namespace stareval {

// The reasoning that the server gives apart, else the thinking in the text (extract/thinking.h); ""
// where there is neither.
[[nodiscard]] std::string reasoning_of(const Reply& reply);

// Held against the picture; against the whole graph where it masks something, so that naming what
// is masked is right. Empty where there is no chain of thought, or no graph.
[[nodiscard]] std::vector<std::pair<std::string, double>> score_reasoning(const Sample& sample,
                                                                          const Reply& reply);

// Empty where no attempt has a chain of thought.
[[nodiscard]] std::vector<Metric> reasoning_metrics(std::span<const Scored> scored);

}  // namespace stareval
