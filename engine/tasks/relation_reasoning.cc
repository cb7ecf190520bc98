#include "engine/tasks/relation_reasoning.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace stareval::engine {
namespace {

std::vector<RelationId> false_relations(const ItemContext& context, const Fact& fact) {
  std::vector<RelationId> result;
  for (RelationId id = 0; id < context.graph.relations().size(); ++id) {
    const Fact other{fact.head, id, fact.tail};
    if (!context.graph.facts_with(id).empty() && !context.graph.may_hold(other) &&
        is_drawable(context.graph, context.options.sampling, other))
      result.push_back(id);
  }
  return result;
}

// False relations, those first that are known to leave the head or to reach the tail, and among
// those the owed ones. Of the others one at most comes among the first `needed`, where it is owed
// more than what would stand there: else relations with few neighbours of their kind would be
// options only where one of them is the gold.
std::vector<RelationId> pool_of(const ItemContext& context, const Fact& fact, std::size_t needed,
                                Random& random) {
  std::vector<RelationId> pool = false_relations(context, fact);
  random.shuffle(pool);
  const auto debt = [&](RelationId id) {
    return context.ledger.debt(context.graph.relation(id).label);
  };
  const auto fits = [&](RelationId id) {
    return context.options.distractors == Distractors::random ||
           context.graph.is_head(fact.head, id) || context.graph.is_tail(fact.tail, id);
  };
  std::stable_sort(pool.begin(), pool.end(), [&](RelationId a, RelationId b) {
    return std::pair(!fits(a), -debt(a)) < std::pair(!fits(b), -debt(b));
  });
  const auto foreign = std::find_if_not(pool.begin(), pool.end(), fits);
  if (pool.size() < needed) return pool;
  const auto last = pool.begin() + static_cast<std::ptrdiff_t>(needed) - 1;
  if (foreign != pool.end() && last < foreign &&
      debt(*foreign) > std::max<std::int64_t>(debt(*last), 0))
    std::iter_swap(foreign, last);
  return pool;
}

// Whether the label stands on another edge than the masked one.
bool is_drawn_elsewhere(const Graph& graph, std::size_t index, const std::string& label) {
  for (std::size_t i = 0; i < graph.triples.size(); ++i)
    if (i != index && graph.triples[i].relation == label) return true;
  return false;
}

// The ledger's key of an option, where so many options stand on other edges.
std::string option_kind(std::size_t drawn_options, bool drawn) {
  return std::to_string(drawn_options) + (drawn ? "/drawn" : "/not drawn");
}

// How many distractors are to be drawn elsewhere, by chance among the numbers that the pool and the
// ledger allow; nothing where there is none.
std::optional<std::size_t> count_of_drawn(const Ledger& ledger, std::size_t needed,
                                          std::size_t drawn, std::size_t undrawn, bool gold_drawn,
                                          Random& random) {
  std::vector<std::size_t> counts;
  for (std::size_t count = 0; count <= std::min(drawn, needed); ++count)
    if (needed - count <= undrawn &&
        ledger.is_due(option_kind(count + (gold_drawn ? 1 : 0), gold_drawn)))
      counts.push_back(count);
  if (counts.empty()) return std::nullopt;
  return random.pick(counts);
}

std::vector<std::string> labels_of(const KnowledgeGraph& graph, std::span<const RelationId> ids) {
  std::vector<std::string> labels;
  for (const RelationId id : ids) labels.push_back(graph.relation(id).label);
  return labels;
}

// Labels, the choices before the other candidates; none where no choice of them is balanced.
std::vector<std::string> distractors(const ItemContext& context, std::size_t index,
                                     const Graph& graph, Random& random) {
  const std::size_t wanted = context.options.choices - 1;
  std::vector<std::string> pool =
      labels_of(context.graph, pool_of(context, context.subgraph.facts[index], wanted, random));
  if (pool.size() < wanted) return {};
  const std::size_t needed = wanted;
  const auto elsewhere = [&](const std::string& label) {
    return is_drawn_elsewhere(graph, index, label);
  };
  const auto undrawn = std::stable_partition(pool.begin(), pool.end(), elsewhere);
  const auto count =
      count_of_drawn(context.ledger, needed, static_cast<std::size_t>(undrawn - pool.begin()),
                     static_cast<std::size_t>(pool.end() - undrawn),
                     elsewhere(graph.triples[index].relation), random);
  if (!count) return {};
  // `count` of those that are drawn elsewhere and the rest of the others come first.
  const auto from_undrawn = static_cast<std::ptrdiff_t>(needed - *count);
  std::rotate(pool.begin() + static_cast<std::ptrdiff_t>(*count), undrawn, undrawn + from_undrawn);
  std::vector<std::string> rest(pool.begin() + static_cast<std::ptrdiff_t>(needed), pool.end());
  random.shuffle(rest);
  std::copy(rest.begin(), rest.end(), pool.begin() + static_cast<std::ptrdiff_t>(needed));
  return pool;
}

bool mask(const ItemContext& context, std::size_t index, Random& random, Sample& sample) {
  const RelationId gold = context.subgraph.facts[index].relation;
  if (context.plan.relation && gold != *context.plan.relation) return false;
  if (!context.ledger.is_due(context.graph.relation(gold).label)) return false;
  const auto labels = distractors(context, index, sample.graph, random);
  if (labels.empty()) return false;
  set_choices(context, context.graph.relation(gold).label, labels, random, sample);
  sample.change = {Change::Kind::mask_relation, index, {}, false};
  return true;
}

}  // namespace

bool make_relation_reasoning(const ItemContext& context, Random& random, Sample& sample) {
  sample.question = pick_question(sample.task, random);
  std::vector<std::size_t> order(context.subgraph.facts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  random.shuffle(order);
  return std::any_of(order.begin(), order.end(),
                     [&](std::size_t index) { return mask(context, index, random, sample); });
}

void record_drawn_options(const Sample& sample, Ledger& ledger) {
  const auto elsewhere = [&](const std::string& label) {
    return is_drawn_elsewhere(sample.graph, sample.change.index, label);
  };
  const auto drawn = static_cast<std::size_t>(
      std::count_if(sample.choices.begin(), sample.choices.end(), elsewhere));
  for (const std::string& choice : sample.choices) {
    ledger.see(option_kind(drawn, elsewhere(choice)));
    ledger.see(choice);
  }
  const std::string& gold = sample.choices[std::get<ChoiceGold>(sample.gold).index];
  ledger.choose(option_kind(drawn, elsewhere(gold)));
  ledger.choose(gold);
}

}  // namespace stareval::engine
