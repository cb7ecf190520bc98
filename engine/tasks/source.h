// What all items of a split are made from.   Thread  values; the graph and the indexes are shared.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/graph/knowledge_graph.h"
#include "engine/sample/subgraph.h"
#include "engine/tasks/roles.h"
#include "engine/tasks/starts.h"

namespace stareval::engine {

// What RC counts: distinct labels (default), or edges, as M3STR does (arXiv 2506.01293).
enum class RelationCounts { distinct, edges };

// Where wrong options come from: near to the gold in type and frequency (default), or anywhere in
// the graph, for comparison. Either way they are false in the whole graph.
enum class Distractors { matched, random };

struct TaskOptions {
  SamplingOptions sampling;
  RelationCounts rc_counts = RelationCounts::distinct;
  Distractors distractors = Distractors::matched;
  std::size_t choices = 5;      // of ER and RR, the gold among them
  std::size_t candidates = 20;  // for ranking, the gold among them; fewer where the graph has fewer
};

// All of it must outlive what is made.
struct Source {
  const KnowledgeGraph& graph;
  const Roles& roles;
  const Starts& starts;
  const TaskOptions& options;
};

}  // namespace stareval::engine
