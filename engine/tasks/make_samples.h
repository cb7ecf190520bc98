// Samples of a task from a knowledge graph, complete but for the picture.
// Random  Everything follows from (seed, split, task, number of the item, attempt), and, for the
//         balance, from the count and the samples of the task before. Other tasks play no part, so
//         that tasks can be made side by side.
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
  std::string task;  // one of known_task_ids()
  std::size_t count = 1;
  std::uint64_t seed = 0;
  std::string split = "test";
  std::set<std::string> avoid;  // clusters that must not be made: those of other splits
};

// One attempt. Nothing where the subgraph could not be grown or did not suit the plan. The sample
// has no id, split and images yet; meta "seed" is the seed of its picture, "start" the entity that
// it grew from, "growth" how; "relaxed", where the plan could not be kept, the stage (1: its size,
// 2: balance, 3: count or relation).
[[nodiscard]] std::optional<Sample> make_sample(const Source& source, const std::string& task,
                                                const ItemPlan& plan, const Ledger& ledger,
                                                const Random& random);

// Errors  usage: an unknown task, options out of range, a graph without pictures for IC, or a graph
//         with too few different subgraphs for the count.
// Cost    a fraction of a millisecond a sample; for RR linear in the number of relations. A sample
//         that cannot be made costs 2,000 attempts.
[[nodiscard]] Result<std::vector<Sample>> make_samples(const Source& source,
                                                       const SampleRequest& request);

}  // namespace stareval::engine
