#include "libstareval/protocol/reasoning.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "libstareval/extract/thinking.h"
#include "libstareval/protocol/knowledge_check.h"
#include "libstareval/protocol/scoring.h"

namespace stareval {
namespace {

using Values = std::vector<std::pair<std::string, double>>;

constexpr std::array<const char*, 6> kNames{"cot_entity_precision",   "cot_entity_recall",
                                            "cot_relation_precision", "cot_relation_recall",
                                            "cot_triple_precision",   "cot_triple_recall"};

// What is true of the picture. A mask hides a part of it, which the answer names.
Graph gold_graph(const Sample& sample) {
  const bool masked = sample.change.kind == Change::Kind::mask_entity ||
                      sample.change.kind == Change::Kind::mask_relation;
  return masked ? sample.graph : drawn_graph(sample);
}

Contribution over_reasoned(std::string_view name) {
  return [name](const Scored& item) -> std::optional<double> {
    const auto& values = item.score.reasoning;
    const auto hit = std::find_if(values.begin(), values.end(),
                                  [&](const auto& value) { return value.first == name; });
    if (hit == values.end()) return std::nullopt;
    return hit->second;
  };
}

}  // namespace

std::string reasoning_of(const Reply& reply) {
  return reply.reasoning.empty() ? extract::thinking_of(reply.text) : reply.reasoning;
}

Values score_reasoning(const Sample& sample, const Reply& reply) {
  const std::string reasoning = reasoning_of(reply);
  if (reasoning.empty() || sample.graph.triples.empty()) return {};
  const KnowledgeScores scores = knowledge_check(reasoning, gold_graph(sample));
  const std::array<std::optional<double>, kNames.size()> numbers{
      scores.entities.precision, scores.entities.recall,   scores.relations.precision,
      scores.relations.recall,   scores.triples.precision, scores.triples.recall};
  Values values;
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (numbers[i]) values.emplace_back(kNames[i], *numbers[i]);
  return values;
}

std::vector<Metric> reasoning_metrics(std::span<const Scored> scored) {
  const bool any = std::any_of(scored.begin(), scored.end(),
                               [](const Scored& item) { return !item.score.reasoning.empty(); });
  std::vector<Metric> metrics;
  if (!any) return metrics;
  for (const char* name : kNames) metrics.push_back(mean_metric(name, scored, over_reasoned(name)));
  return metrics;
}

}  // namespace stareval
