#include "engine/tasks/make_samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "engine/rationale/rationale.h"
#include "engine/tasks/counting.h"
#include "engine/tasks/description.h"
#include "engine/tasks/entity_reasoning.h"
#include "engine/tasks/error_detection.h"
#include "engine/tasks/plan.h"
#include "engine/tasks/relation_reasoning.h"

namespace stareval::engine {
namespace {

// Attempts at one item at each of four stages. Stage 0 asks for all of the plan; 1 lets go the size
// of the subgraph, 2 the balance by the ledger and what `relaxed` says, 3 the relation of RR. The
// corrupted part and the gold position are never let go.
constexpr std::uint64_t kStageAttempts = 500;
constexpr std::uint64_t kStages = 4;

struct Maker {
  std::string_view task;
  TaskMaker make;
  TaskRecorder record = nullptr;  // where the task keeps a ledger
};

constexpr std::array<Maker, 8> kMakers{{{"EC", make_entity_counting},
                                        {"RC", make_relation_counting},
                                        {"IC", make_image_counting},
                                        {"TC", make_triple_counting},
                                        {"SD", make_description},
                                        {"ED", make_error_detection, record_edges},
                                        {"ER", make_entity_reasoning, record_options},
                                        {"RR", make_relation_reasoning, record_drawn_options}}};

const Maker* find_maker(std::string_view task) {
  const auto* maker = std::find_if(kMakers.begin(), kMakers.end(),
                                   [&](const Maker& entry) { return entry.task == task; });
  return maker == kMakers.end() ? nullptr : maker;
}

// Any entity; or both ends of a triple of the relation that is to be masked.
std::vector<EntityId> draw_start(const KnowledgeGraph& graph, const ItemPlan& plan,
                                 Random& random) {
  if (!plan.relation) return {static_cast<EntityId>(random.below(graph.entities().size()))};
  const Fact& fact = graph.facts()[random.pick(graph.facts_with(*plan.relation))];
  return {fact.head, fact.tail};
}

ItemPlan at_stage(ItemPlan plan, std::uint64_t stage, const SamplingOptions& sampling,
                  Random random) {
  if (stage >= 1)
    plan.entities =
        sampling.min_entities + random.below(sampling.max_entities - sampling.min_entities + 1);
  if (stage >= 2) plan.relaxed = true;
  if (stage >= 3) plan.relation.reset();
  return plan;
}

Result<void> check_options(const KnowledgeGraph& graph, const SampleRequest& request) {
  const SamplingOptions& sampling = request.options.sampling;
  const auto wrong = [](std::string_view what) {
    return make_error(ErrorCode::usage, "synth: expected {}", what);
  };
  if (find_maker(request.task) == nullptr)
    return wrong("one of the tasks EC, RC, IC, TC, SD, ED, ER, RR, found \"" + request.task + "\"");
  if (graph.facts().empty())
    return wrong("a graph with triples, found none in " + graph.info().name);
  if (sampling.min_entities < 2 || sampling.max_entities < sampling.min_entities)
    return wrong("2 <= min_entities <= max_entities");
  if (request.options.choices < 2 || request.options.choices > 26) return wrong("2 to 26 choices");
  return {};
}

Error too_few(const KnowledgeGraph& graph, const SampleRequest& request, std::size_t made) {
  return make_error(
      ErrorCode::usage,
      "graph {}: task {}: expected {} different subgraphs of {} to {} entities, found "
      "{} in {} attempts at the next; ask for fewer samples, or use a larger graph",
      graph.info().name, request.task, request.count, request.options.sampling.min_entities,
      request.options.sampling.max_entities, made, kStages * kStageAttempts);
}

// Tries until a subgraph comes that suits and is new; notes it in `used` and `ledger`.
std::optional<Sample> make_new(const KnowledgeGraph& graph, const SampleRequest& request,
                               const ItemPlan& plan, const Random& item,
                               std::set<std::string>& used, Ledger& ledger) {
  const Ledger nothing_owed;
  for (std::uint64_t attempt = 0; attempt < kStages * kStageAttempts; ++attempt) {
    const Random random = item.fork(attempt);
    const ItemPlan asked =
        at_stage(plan, attempt / kStageAttempts, request.options.sampling, random.fork("size"));
    auto sample = make_sample(graph, request.options, request.task, asked,
                              asked.relaxed ? nothing_owed : ledger, random);
    if (!sample || !used.insert(sample->cluster).second) continue;
    if (const Maker* maker = find_maker(request.task); maker->record)
      maker->record(*sample, ledger);
    return sample;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Sample> make_sample(const KnowledgeGraph& graph, const TaskOptions& options,
                                  const std::string& task, const ItemPlan& plan,
                                  const Ledger& ledger, const Random& random) {
  Random draw = random.fork("subgraph");
  const std::vector<EntityId> start = draw_start(graph, plan, draw);
  for (const EntityId id : start)
    if (!is_drawable(graph, options.sampling, id)) return std::nullopt;
  const auto subgraph = sample_subgraph(graph, options.sampling, start, plan.entities, draw);
  if (!subgraph) return std::nullopt;

  Sample sample;
  sample.task = task;
  sample.graph = to_graph(graph, options.sampling, *subgraph, draw);
  sample.cluster = cluster_of(sample.graph);
  sample.meta["graph"] = graph.info().name;
  // 53 bits, so that every reader of JSON reads the number whole.
  sample.meta["seed"] = random.fork("picture").next() >> 11U;
  Random modify = random.fork("task");
  if (!find_maker(task)->make({graph, options, plan, *subgraph, ledger}, modify, sample))
    return std::nullopt;
  sample.rationale = write_rationale(graph, sample, random.fork("rationale"));
  return sample;
}

Result<std::vector<Sample>> make_samples(const KnowledgeGraph& graph,
                                         const SampleRequest& request) {
  STAREVAL_CHECK(check_options(graph, request));
  const Random root = Random(request.seed).fork(request.split).fork(request.task);
  const auto plans = plan_items(graph, request.options, request.task, request.count, root);
  std::set<std::string> used = request.avoid;
  Ledger ledger;
  std::vector<Sample> samples;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    auto sample =
        make_new(graph, request, plans[i], root.fork(static_cast<std::uint64_t>(i)), used, ledger);
    if (!sample) return too_few(graph, request, samples.size());
    sample->id = fmt::format("{}-{:04}", request.task, i + 1);
    sample->split = request.split;
    samples.push_back(std::move(*sample));
  }
  return samples;
}

}  // namespace stareval::engine
