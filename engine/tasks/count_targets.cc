#include "engine/tasks/count_targets.h"

#include <algorithm>
#include <map>
#include <set>

namespace stareval::engine {
namespace {

constexpr double kLeastShare = 0.01;
constexpr std::size_t kLeastPilot = 500, kMostPilot = 4000, kPilotPerItem = 20;

std::size_t count_labels(const Subgraph& subgraph) {
  std::set<RelationId> labels;
  for (const Fact& fact : subgraph.facts) labels.insert(fact.relation);
  return labels.size();
}

std::size_t count_images(const KnowledgeGraph& graph, const Subgraph& subgraph) {
  return static_cast<std::size_t>(
      std::count_if(subgraph.entities.begin(), subgraph.entities.end(),
                    [&](EntityId id) { return !graph.entity(id).image.empty(); }));
}

// The counts that the subgraph can serve: low to high.
struct Range {
  std::size_t low, high;
};

Range counts_of(const Source& source, std::string_view task, const Subgraph& subgraph) {
  const auto one = [](std::size_t count) { return Range{count, count}; };
  if (task == "EC") return one(subgraph.entities.size());
  if (task == "IC")
    return {0, std::min(count_images(source.graph, subgraph), subgraph.entities.size() - 1)};
  if (task == "RC" && source.options.rc_counts == RelationCounts::distinct)
    return one(count_labels(subgraph));
  return one(subgraph.facts.size());
}

// For each count, the size of each subgraph of the pilot that can serve it.
using Sizes = std::map<std::size_t, std::vector<std::size_t>>;

std::size_t run_pilot(const Source& source, std::string_view task, std::size_t draws, Random random,
                      Sizes& sizes) {
  const SamplingOptions& sampling = source.options.sampling;
  std::size_t found = 0;
  for (std::size_t i = 0; i < draws; ++i) {
    const EntityId start[]{random.pick(source.starts.entities())};
    const std::size_t size =
        sampling.min_entities + random.below(sampling.max_entities - sampling.min_entities + 1);
    const auto subgraph = sample_subgraph(source.graph, sampling, start, size, random);
    if (!subgraph) continue;
    ++found;
    const Range range = counts_of(source, task, *subgraph);
    for (std::size_t count = range.low; count <= range.high; ++count) sizes[count].push_back(size);
  }
  return found;
}

// The counts next to the most frequent one that are frequent enough, without a gap.
void keep_frequent(Sizes& sizes, double least) {
  if (sizes.empty()) return;
  const auto frequent = [&](std::size_t count) {
    const auto found = sizes.find(count);
    return found != sizes.end() && static_cast<double>(found->second.size()) >= least;
  };
  std::size_t low = std::max_element(sizes.begin(), sizes.end(), [](auto& a, auto& b) {
                      return a.second.size() < b.second.size();
                    })->first;
  std::size_t high = low;
  while (low > 0 && frequent(low - 1)) --low;
  while (frequent(high + 1)) ++high;
  std::erase_if(sizes, [&](const auto& entry) { return entry.first < low || entry.first > high; });
}

}  // namespace

std::vector<CountTarget> count_targets(const Source& source, std::string_view task,
                                       std::size_t items, const Random& random) {
  if (source.starts.entities().empty()) return {};
  Sizes sizes;
  const std::size_t found =
      run_pilot(source, task, std::clamp(items * kPilotPerItem, kLeastPilot, kMostPilot),
                random.fork("pilot"), sizes);
  keep_frequent(sizes, kLeastShare * static_cast<double>(found));
  std::vector<std::size_t> counts;
  for (const auto& entry : sizes) counts.push_back(entry.first);
  Random draw = random.fork("counts");
  draw.shuffle(counts);  // which counts are the ceil(), is chance
  std::vector<CountTarget> targets;
  for (std::size_t i = 0; i < items && !counts.empty(); ++i) {
    const std::size_t count = counts[i % counts.size()];
    targets.push_back({static_cast<std::int64_t>(count), draw.pick(sizes.at(count))});
  }
  draw.shuffle(targets);
  return targets;
}

}  // namespace stareval::engine
