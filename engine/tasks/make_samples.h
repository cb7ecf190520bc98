// Samples of a task from a knowledge graph, complete but for the picture.
// Random  Everything follows from (seed, split, task, number of the item, attempt), and, for the
//         balance, from the count and the samples of the task before. Other tasks play no part.
// Distinct  Within a task no subgraph occurs twice.
// Thread  pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/tasks/item.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

struct SampleRequest {
  std::string task;  // one of star_tasks()
  std::size_t count = 1;
  std::uint64_t seed = 0;
  std::string split = "test";
  std::set<std::string> avoid;  // clusters that must not be made: those of other splits
  TaskOptions options;
};

// One attempt. Nothing where the subgraph could not be grown or did not suit the plan. The sample
// has no id, split and images yet; meta "seed" is the seed of its picture.
[[nodiscard]] std::optional<Sample> make_sample(const KnowledgeGraph& graph,
                                                const TaskOptions& options, const std::string& task,
                                                const ItemPlan& plan, const Ledger& ledger,
                                                const Random& random);

// Errors  usage: an unknown task, options out of range, or a graph with too few different subgraphs
//         for the count.
// Cost    below 1 ms a sample on a graph of thousands of triples.
[[nodiscard]] Result<std::vector<Sample>> make_samples(const KnowledgeGraph& graph,
                                                       const SampleRequest& request);

}  // namespace stareval::engine
