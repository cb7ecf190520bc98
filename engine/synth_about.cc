#include <fmt/format.h>

#include "engine/graph/emblems.h"
#include "engine/synth_about_internal.h"

namespace stareval::engine {
namespace {

json::object sampling_options(const SamplingOptions& sampling) {
  json::array growths;
  for (const Growth growth : sampling.growths) growths.emplace_back(name_of(growth));
  return {{"growths", std::move(growths)},
          {"min_entities", sampling.min_entities},
          {"max_entities", sampling.max_entities},
          {"min_triples", sampling.min_triples},
          {"max_triples", sampling.max_triples},
          {"max_fan_out", sampling.max_fan_out},
          {"burn_probability", sampling.burn_probability},
          {"max_parallel", sampling.max_parallel},
          {"max_degree", sampling.max_degree},
          {"max_label_length", sampling.max_label_length},
          {"one_direction", sampling.one_direction},
          {"picture_probability", sampling.picture_probability}};
}

json::object how_split_was_made(const SynthOptions& options, const SplitRequest& split) {
  return {{"seed", options.seed},
          {"tasks", json::array(options.tasks.begin(), options.tasks.end())},
          {"count", split.count},
          {"styles", to_string(options.styles)},
          {"rc_counts", options.task.rc_counts == RelationCounts::distinct ? "distinct" : "edges"},
          {"distractors", options.task.distractors == Distractors::matched ? "matched" : "random"},
          {"choices", options.task.choices},
          {"candidates", options.task.candidates},
          {"sampling", sampling_options(options.task.sampling)}};
}

json::object old_splits(const json::object& old) {
  const json::value* generator = old.if_contains("generator");
  if (generator == nullptr || !generator->is_object()) return {};
  const json::value* splits = generator->get_object().if_contains("splits");
  return splits != nullptr && splits->is_object() ? splits->get_object() : json::object();
}

}  // namespace

json::object about_dataset(const KnowledgeGraph& graph, const SynthOptions& options,
                           const json::object& old) {
  const GraphInfo& info = graph.info();
  json::object splits = old_splits(old);
  for (const SplitRequest& split : options.splits)
    splits[split.name] = how_split_was_made(options, split);
  json::object generator{{"name", "star-eval synth"},
                         {"version", STAREVAL_VERSION},
                         {"graph", json::object{{"name", info.name},
                                                {"version", info.version},
                                                {"digest", info.digest},
                                                {"emblems", has_emblems(graph)}}},
                         {"splits", std::move(splits)}};
  return {{"description",
           fmt::format("The STAR tasks on pictures of subgraphs of the knowledge graph {}.",
                       info.name)},
          {"licence", info.licence},
          {"attribution", info.sources},
          {"generator", std::move(generator)}};
}

}  // namespace stareval::engine
