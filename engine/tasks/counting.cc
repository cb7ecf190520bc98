#include "engine/tasks/counting.h"

#include <cstddef>
#include <vector>

namespace stareval::engine {
namespace {

// False where the plan asks for another count.
bool ask_count(const ItemContext& context, std::size_t count, Random& random, Sample& sample) {
  const auto value = static_cast<std::int64_t>(count);
  if (context.plan.count && *context.plan.count != value) return false;
  sample.question = pick_question(sample.task, random);
  sample.gold = CountGold{value};
  return true;
}

// Shows so many of the pictures there are, drawn by chance; false where there are too few, or where
// every entity would have one.
bool show_pictures(const ItemContext& context, std::size_t count, Random& random, Sample& sample) {
  std::vector<std::size_t> with_image;
  for (std::size_t i = 0; i < context.subgraph.entities.size(); ++i) {
    sample.graph.entities[i].picture = false;
    if (!context.graph.entity(context.subgraph.entities[i]).image.empty()) with_image.push_back(i);
  }
  if (count > with_image.size() || count >= sample.graph.entities.size()) return false;
  random.shuffle(with_image);
  for (std::size_t i = 0; i < count; ++i) sample.graph.entities[with_image[i]].picture = true;
  return true;
}

}  // namespace

bool make_entity_counting(const ItemContext& context, Random& random, Sample& sample) {
  return ask_count(context, sample.graph.entities.size(), random, sample);
}

bool make_relation_counting(const ItemContext& context, Random& random, Sample& sample) {
  if (context.options.rc_counts == RelationCounts::distinct)
    return ask_count(context, static_cast<std::size_t>(count_relations(sample.graph)), random,
                     sample);
  // RC's own words ask for different relations.
  if (!make_triple_counting(context, random, sample)) return false;
  sample.meta["rc_counts"] = "edges";
  sample.question = pick_question("TC", random);
  return true;
}

bool make_image_counting(const ItemContext& context, Random& random, Sample& sample) {
  if (context.plan.count &&
      !show_pictures(context, static_cast<std::size_t>(*context.plan.count), random, sample))
    return false;
  if (count_pictures(sample.graph) == std::ssize(sample.graph.entities)) return false;
  return ask_count(context, static_cast<std::size_t>(count_pictures(sample.graph)), random, sample);
}

bool make_triple_counting(const ItemContext& context, Random& random, Sample& sample) {
  return ask_count(context, sample.graph.triples.size(), random, sample);
}

}  // namespace stareval::engine
