#include "engine/tasks/counting.h"

namespace stareval::engine {
namespace {

bool ask_count(std::string_view wording, std::int64_t count, Random& random, Sample& sample) {
  sample.question = pick_question(wording, random);
  sample.gold = CountGold{count};
  return true;
}

}  // namespace

bool make_entity_counting(const ItemContext&, Random& random, Sample& sample) {
  return ask_count("EC", static_cast<std::int64_t>(sample.graph.entities.size()), random, sample);
}

bool make_relation_counting(const ItemContext& context, Random& random, Sample& sample) {
  if (context.options.rc_counts == RelationCounts::distinct)
    return ask_count("RC", count_relations(sample.graph), random, sample);
  // Edges are asked for in the words of TC: RC's own ask for different relations.
  sample.meta["rc_counts"] = "edges";
  return make_triple_counting(context, random, sample);
}

bool make_image_counting(const ItemContext&, Random& random, Sample& sample) {
  return ask_count("IC", count_pictures(sample.graph), random, sample);
}

bool make_triple_counting(const ItemContext&, Random& random, Sample& sample) {
  return ask_count("TC", static_cast<std::int64_t>(sample.graph.triples.size()), random, sample);
}

}  // namespace stareval::engine
