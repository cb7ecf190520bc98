#include "engine/tasks/make_samples.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "engine/graph/emblems.h"
#include "engine/rationale/rationale.h"
#include "engine/tasks/counting.h"
#include "engine/tasks/description.h"
#include "engine/tasks/entity_reasoning.h"
#include "engine/tasks/error_detection.h"
#include "engine/tasks/m3str.h"
#include "engine/tasks/plan.h"
#include "engine/tasks/relation_reasoning.h"
#include "libstareval/tasks/task.h"

namespace stareval::engine {
namespace {

// Attempts at one item at each of four stages. Stage 0 asks for all of the plan; 1 lets go the size
// of the subgraph where no count is asked for, 2 the balance by the ledger and what `relaxed` says,
// 3 the relation of RR and the count. The corrupted part and the gold position are never let go.
// RR tries the relations in turn, some attempts each.
constexpr std::uint64_t kStageAttempts = 500;
constexpr std::uint64_t kStages = 4;
constexpr std::uint64_t kRelationAttempts = 50;

struct Maker {
  std::string_view task;
  TaskMaker make;
  TaskRecorder record = nullptr;  // where the task keeps a ledger
};

constexpr std::array<Maker, 15> kMakers{
    {{"EC", make_entity_counting},
     {"RC", make_relation_counting},
     {"IC", make_image_counting},
     {"TC", make_triple_counting},
     {"SD", make_description},
     {"ED", make_error_detection, record_edges},
     {"ER", make_entity_reasoning, record_options},
     {"RR", make_relation_reasoning, record_drawn_options},
     {"m3str-count-entity", make_entity_counting},
     {"m3str-count-relation", make_triple_counting},
     {"m3str-detect-entity", make_detection, record_edges},
     {"m3str-detect-relation", make_detection, record_edges},
     {"m3str-detect-any", make_detection, record_edges},
     {"m3str-complete-entity", make_entity_reasoning, record_options},
     {"m3str-complete-relation", make_relation_reasoning, record_drawn_options}}};

const Maker* find_maker(std::string_view task) {
  const auto* maker = std::find_if(kMakers.begin(), kMakers.end(),
                                   [&](const Maker& entry) { return entry.task == task; });
  return maker == kMakers.end() ? nullptr : maker;
}

// Any start of the split; or a start and, as its first neighbour, the other end of a triple of the
// relation that is to be masked. Empty where the triple that was drawn has none.
std::vector<EntityId> draw_start(const Source& source, const ItemPlan& plan, Random& random) {
  if (!plan.relation) return {random.pick(source.starts.entities())};
  const Fact& fact = source.graph.facts()[random.pick(source.graph.facts_with(*plan.relation))];
  if (!is_drawable(source.graph, source.options.sampling, fact)) return {};
  if (fact.head == fact.tail) return {};
  if (source.starts.contains(fact.head)) return {fact.head, fact.tail};
  if (source.starts.contains(fact.tail)) return {fact.tail, fact.head};
  return {};
}

// With a fact that can be drawn.
std::vector<RelationId> drawable_relations(const Source& source) {
  std::vector<RelationId> ids;
  for (RelationId id = 0; id < source.graph.relations().size(); ++id) {
    const auto facts = source.graph.facts_with(id);
    if (std::any_of(facts.begin(), facts.end(), [&](std::uint32_t index) {
          return is_drawable(source.graph, source.options.sampling, source.graph.facts()[index]);
        }))
      ids.push_back(id);
  }
  return ids;
}

// Those that are due, which were the gold least often first; ties by chance.
std::vector<RelationId> in_turn(const Source& source, std::vector<RelationId> relations,
                                const Ledger& ledger, Random random) {
  const auto label = [&](RelationId id) { return source.graph.relation(id).label; };
  std::erase_if(relations, [&](RelationId id) { return !ledger.is_due(label(id)); });
  random.shuffle(relations);
  std::stable_sort(relations.begin(), relations.end(), [&](RelationId a, RelationId b) {
    return ledger.chosen(label(a)) < ledger.chosen(label(b));
  });
  return relations;
}

ItemPlan at_stage(ItemPlan plan, std::uint64_t stage, const SamplingOptions& sampling,
                  Random random) {
  if (stage >= 2) plan.relaxed = true;
  if (stage >= 3) plan.count.reset();
  if (stage >= 1 && !plan.count)
    plan.entities =
        sampling.min_entities + random.below(sampling.max_entities - sampling.min_entities + 1);
  return plan;
}

Result<void> check_options(const Source& source, const SampleRequest& request) {
  const SamplingOptions& sampling = source.options.sampling;
  const std::string& name = source.graph.info().name;
  const auto wrong = [](const std::string& what) {
    return make_error(ErrorCode::usage, "synth: expected {}", what);
  };
  if (find_maker(request.task) == nullptr)
    return wrong(fmt::format("one of the tasks {}, found \"{}\"", fmt::join(known_task_ids(), ", "),
                             request.task));
  if (source.graph.facts().empty()) return wrong("a graph with triples, found none in " + name);
  if (request.task == "IC" && !has_pictures(source.graph))
    return wrong("a graph with pictures for the task IC, found none in " + name +
                 "; name a folder of them, or let emblems stand for them");
  if (sampling.growths.empty()) return wrong("at least one way of growth");
  if (sampling.min_entities < 2 || sampling.max_entities < sampling.min_entities)
    return wrong("2 <= min_entities <= max_entities");
  if (sampling.max_triples < sampling.min_triples)
    return wrong(fmt::format("at least {} triples in a picture", sampling.min_triples));
  if (base_task(request.task) == "RR" && source.graph.relations().size() < source.options.choices)
    return wrong(fmt::format("{} relations for the {} options of {}, found {} in {}",
                             source.options.choices, source.options.choices, request.task,
                             source.graph.relations().size(), name));
  if (source.options.choices < 2 || source.options.choices > 26) return wrong("2 to 26 choices");
  return {};
}

Error too_few(const Source& source, const SampleRequest& request, std::size_t made) {
  return make_error(
      ErrorCode::usage,
      "graph {}: split {}: task {}: expected {} different subgraphs of {} to {} entities, found "
      "{}, and no other in {} attempts from the {} start entities of the split; ask for fewer "
      "samples, make all splits in one call, or use a larger graph",
      source.graph.info().name, request.split, request.task, request.count,
      source.options.sampling.min_entities, source.options.sampling.max_entities, made,
      kStages * kStageAttempts, source.starts.entities().size());
}

// Tries until a subgraph comes that suits and is new; notes it in `used` and `ledger`. `maskable`
// is empty but for RR.
std::optional<Sample> make_new(const Source& source, const SampleRequest& request,
                               const ItemPlan& plan, const std::vector<RelationId>& maskable,
                               const Random& item, std::set<std::string>& used, Ledger& ledger) {
  const Ledger nothing_owed;
  const auto relations = in_turn(source, maskable, ledger, item.fork("relation"));
  for (std::uint64_t attempt = 0; attempt < kStages * kStageAttempts; ++attempt) {
    const Random random = item.fork(attempt);
    const std::uint64_t stage = attempt / kStageAttempts;
    ItemPlan asked = at_stage(plan, stage, source.options.sampling, random.fork("size"));
    if (!relations.empty() && stage < 3)
      asked.relation = relations[attempt / kRelationAttempts % relations.size()];
    auto sample =
        make_sample(source, request.task, asked, asked.relaxed ? nothing_owed : ledger, random);
    if (!sample || !used.insert(sample->cluster).second) continue;
    if (const Maker* maker = find_maker(request.task); maker->record)
      maker->record(*sample, ledger);
    sample->rationale = write_rationale(source.graph, *sample, random.fork("rationale"));
    if (stage > 0) sample->meta["relaxed"] = stage;  // how much of the plan was let go
    return sample;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Sample> make_sample(const Source& source, const std::string& task,
                                  const ItemPlan& plan, const Ledger& ledger,
                                  const Random& random) {
  const SamplingOptions& sampling = source.options.sampling;
  Random draw = random.fork("subgraph");
  const std::vector<EntityId> start = draw_start(source, plan, draw);
  if (start.empty()) return std::nullopt;
  const auto subgraph = sample_subgraph(source.graph, sampling, start, plan.entities, draw);
  if (!subgraph) return std::nullopt;

  Sample sample;
  sample.task = task;
  sample.graph = to_graph(source.graph, sampling, *subgraph, draw);
  Random modify = random.fork("task");
  const ItemContext context{source.graph, source.roles, source.options, plan, *subgraph, ledger};
  if (!find_maker(task)->make(context, modify, sample)) return std::nullopt;
  sample.cluster = cluster_of(sample.graph);
  sample.meta["graph"] = source.graph.info().name;
  sample.meta["start"] = source.graph.entity(start.front()).name;
  sample.meta["growth"] = name_of(subgraph->growth);
  // 53 bits, so that every reader of JSON reads the number whole.
  sample.meta["seed"] = random.fork("picture").next() >> 11U;
  return sample;
}

Result<std::vector<Sample>> make_samples(const Source& source, const SampleRequest& request) {
  STAREVAL_CHECK(check_options(source, request));
  if (source.starts.entities().empty()) return too_few(source, request, 0);
  const Random root = Random(request.seed).fork(request.split).fork(request.task);
  const auto plans = plan_items(source, request.task, request.count, root);
  const bool masks_relations = base_task(request.task) == "RR";
  const auto relations = masks_relations ? drawable_relations(source) : std::vector<RelationId>();
  std::set<std::string> used = request.avoid;
  Ledger ledger;
  std::vector<Sample> samples;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    auto sample = make_new(source, request, plans[i], relations,
                           root.fork(static_cast<std::uint64_t>(i)), used, ledger);
    if (!sample) return too_few(source, request, samples.size());
    sample->id = fmt::format("{}-{:04}", request.task, i + 1);
    sample->split = request.split;
    samples.push_back(std::move(*sample));
  }
  return samples;
}

}  // namespace stareval::engine
