// What the makers of the tasks share: the plan of an item, and what an item is made from.
// Thread  values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "engine/tasks/ledger.h"
#include "engine/tasks/source.h"
#include "libstareval/base/random.h"
#include "libstareval/data/sample.h"

namespace stareval::engine {

enum class TriplePart { head, relation, tail };

// What must be balanced over the items of a task, decided for each item before it is made.
struct ItemPlan {
  std::size_t entities = 0;            // size of the subgraph
  std::optional<std::int64_t> count;   // EC, RC, IC, TC: the gold
  std::optional<TriplePart> corrupt;   // ED: what is replaced, or could be
  bool clean = false;                  // ED: nothing is replaced, though it could be
  std::size_t gold_position = 0;       // ER, RR
  std::optional<RelationId> relation;  // RR: the relation that is masked; drawn for each attempt
  // The last resort for graphs that cannot fulfil the plan: ER may take options of another type.
  bool relaxed = false;
};

// What a maker works on. Entities and triples of the sample's graph stand in the order of the
// subgraph's entities and facts.
struct ItemContext {
  const KnowledgeGraph& graph;
  const Roles& roles;
  const TaskOptions& options;
  const ItemPlan& plan;
  const Subgraph& subgraph;
  const Ledger& ledger;  // of the samples of the task that were made before
};

// A maker fills question, choices, gold and change of a sample that has its graph. False where the
// subgraph does not suit the plan; then another one is sampled.
using TaskMaker = bool (*)(const ItemContext& context, Random& random, Sample& sample);

// Puts an accepted sample into the ledger of its task.
using TaskRecorder = void (*)(const Sample& sample, Ledger& ledger);

// One of the task's wordings, by chance.
[[nodiscard]] std::string pick_question(std::string_view task, Random& random);

// Put the gold at its place among the first distractors, as many as there are choices; with
// candidates asked for, put it by chance among all of the distractors, up to that number.
void set_choices(const ItemContext& context, const std::string& gold,
                 const std::vector<std::string>& distractors, Random& random, Sample& sample);

}  // namespace stareval::engine
