#include "engine/tasks/plan.h"

#include <array>
#include <optional>
#include <span>

#include "engine/tasks/count_targets.h"
#include "libstareval/tasks/task.h"

namespace stareval::engine {
namespace {

using Part = std::optional<TriplePart>;
constexpr Part kClean, kHead = TriplePart::head, kRelation = TriplePart::relation,
                       kTail = TriplePart::tail;

// What is corrupted in the items of a task, in turn; nothing where the task corrupts nothing.
std::span<const Part> error_kinds(std::string_view task) {
  static constexpr std::array<Part, 6> any{kClean, kHead, kClean, kRelation, kClean, kTail};
  static constexpr std::array<Part, 8> any_in_quarters{kClean, kHead, kClean, kRelation,
                                                       kClean, kTail, kClean, kRelation};
  static constexpr std::array<Part, 4> entity{kHead, kClean, kTail, kRelation};
  static constexpr std::array<Part, 8> relation{kRelation, kClean, kRelation, kHead,
                                                kRelation, kClean, kRelation, kTail};
  if (task == "ED") return any;
  if (task == "m3str-detect-any") return any_in_quarters;
  if (task == "m3str-detect-entity") return entity;
  if (task == "m3str-detect-relation") return relation;
  return {};
}

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

void plan_relations(const Source& source, const Random& random, std::vector<ItemPlan>& plans) {
  const auto relations = drawable_relations(source.graph, source.options.sampling);
  if (relations.empty()) return;
  const auto turns = balanced(plans.size(), relations.size(), random.fork("relation"));
  for (std::size_t i = 0; i < plans.size(); ++i) plans[i].relation = relations[turns[i]];
}

void plan_errors(std::string_view task, const Random& random, std::vector<ItemPlan>& plans) {
  const auto kinds = error_kinds(task);
  if (kinds.empty()) return;
  const auto turns = balanced(plans.size(), kinds.size(), random.fork("error"));
  for (std::size_t i = 0; i < plans.size(); ++i) plans[i].corrupt = kinds[turns[i]];
}

void plan_counts(const Source& source, std::string_view task, const Random& random,
                 std::vector<ItemPlan>& plans) {
  const auto targets = count_targets(source, task, plans.size(), random.fork("targets"));
  for (std::size_t i = 0; i < targets.size(); ++i) {
    plans[i].count = targets[i].count;
    plans[i].entities = targets[i].entities;
  }
}

}  // namespace

std::vector<ItemPlan> plan_items(const Source& source, std::string_view task, std::size_t count,
                                 const Random& random) {
  const SamplingOptions& sampling = source.options.sampling;
  const std::size_t sizes = sampling.max_entities - sampling.min_entities + 1;
  const auto extra = balanced(count, sizes, random.fork("entities"));
  const auto positions = balanced(count, source.options.choices, random.fork("position"));
  std::vector<ItemPlan> plans(count);
  for (std::size_t i = 0; i < count; ++i) {
    plans[i].entities = sampling.min_entities + extra[i];
    plans[i].gold_position = positions[i];
  }
  const std::string_view like = base_task(task);
  if (find_task(like)->answers == AnswerSpace::integer) plan_counts(source, like, random, plans);
  if (like == "RR") plan_relations(source, random, plans);
  plan_errors(task, random, plans);
  return plans;
}

}  // namespace stareval::engine
