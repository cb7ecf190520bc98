#include "engine/tasks/plan.h"

#include <array>

namespace stareval::engine {
namespace {

constexpr std::array<std::optional<TriplePart>, 6> kErrorKinds{std::nullopt, TriplePart::head,
                                                               std::nullopt, TriplePart::relation,
                                                               std::nullopt, TriplePart::tail};

// 0 .. kinds-1 in turn, shuffled.
std::vector<std::size_t> balanced(std::size_t count, std::size_t kinds, Random random) {
  std::vector<std::size_t> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = i % kinds;
  random.shuffle(values);
  return values;
}

std::vector<RelationId> drawable_relations(const KnowledgeGraph& graph,
                                           const SamplingOptions& options) {
  std::vector<RelationId> ids;
  for (RelationId id = 0; id < graph.relations().size(); ++id) {
    for (const std::uint32_t index : graph.facts_with(id)) {
      if (!is_drawable(graph, options, graph.facts()[index])) continue;
      ids.push_back(id);
      break;
    }
  }
  return ids;
}

void plan_relations(const KnowledgeGraph& graph, const TaskOptions& options, const Random& random,
                    std::vector<ItemPlan>& plans) {
  const std::vector<RelationId> relations = drawable_relations(graph, options.sampling);
  if (relations.empty()) return;
  const auto turns = balanced(plans.size(), relations.size(), random.fork("relation"));
  for (std::size_t i = 0; i < plans.size(); ++i) plans[i].relation = relations[turns[i]];
}

}  // namespace

std::vector<ItemPlan> plan_items(const KnowledgeGraph& graph, const TaskOptions& options,
                                 std::string_view task, std::size_t count, const Random& random) {
  const SamplingOptions& sampling = options.sampling;
  const std::size_t sizes = sampling.max_entities - sampling.min_entities + 1;
  const auto extra = balanced(count, sizes, random.fork("entities"));
  const auto positions = balanced(count, options.choices, random.fork("position"));
  const auto errors = balanced(count, kErrorKinds.size(), random.fork("error"));
  std::vector<ItemPlan> plans(count);
  for (std::size_t i = 0; i < count; ++i) {
    plans[i].entities = sampling.min_entities + extra[i];
    plans[i].gold_position = positions[i];
    if (task == "ED") plans[i].corrupt = kErrorKinds[errors[i]];
  }
  if (task == "RR") plan_relations(graph, options, random, plans);
  return plans;
}

}  // namespace stareval::engine
