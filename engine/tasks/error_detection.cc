#include "engine/tasks/error_detection.h"

#include <algorithm>
#include <numeric>
#include <string>

namespace stareval::engine {
namespace {

// How many triples of the same relation are looked at for a replacement from outside the picture.
constexpr int kOutsideDraws = 32;

// Facts of the subgraph but the one that is to be replaced.
std::vector<Fact> other_facts(const Subgraph& subgraph, std::size_t index) {
  std::vector<Fact> others = subgraph.facts;
  others.erase(others.begin() + static_cast<std::ptrdiff_t>(index));
  return others;
}

bool same_pair(const Fact& a, const Fact& b) {
  return (a.head == b.head && a.tail == b.tail) || (a.head == b.tail && a.tail == b.head);
}

// Whether the fact stands out beside the others without being read.
bool is_conspicuous(const ItemContext& context, const Fact& fact, const std::vector<Fact>& others) {
  const KnowledgeGraph& graph = context.graph;
  const bool second_value = std::any_of(others.begin(), others.end(), [&](const Fact& other) {
    return other.relation == fact.relation &&
           ((other.head == fact.head && graph.has_one_tail(fact.relation)) ||
            (other.tail == fact.tail && graph.has_one_head(fact.relation)));
  });
  const auto parallel = std::count_if(others.begin(), others.end(),
                                      [&](const Fact& other) { return same_pair(fact, other); });
  const bool mirrored =
      !context.options.sampling.one_direction && graph.is_symmetric(fact.relation);
  return second_value || mirrored ||
         static_cast<std::size_t>(parallel) >= context.options.sampling.max_parallel;
}

bool is_wrong_and_plain(const ItemContext& context, const Fact& fact,
                        const std::vector<Fact>& others) {
  return fact.head != fact.tail && !context.graph.may_hold(fact) &&
         is_drawable(context.graph, context.options.sampling, fact) &&
         !is_conspicuous(context, fact, others);
}

// Entities that the relation is known to have at that end: those of the picture, and some from the
// whole graph; which of the two come first is drawn by chance.
std::vector<EntityId> replacements(const ItemContext& context, RelationId relation, bool head,
                                   Random& random) {
  const KnowledgeGraph& graph = context.graph;
  std::vector<EntityId> inside = context.subgraph.entities;
  std::erase_if(inside, [&](EntityId id) {
    return head ? !graph.is_head(id, relation) : !graph.is_tail(id, relation);
  });
  random.shuffle(inside);
  std::vector<EntityId> outside;
  for (int i = 0; i < kOutsideDraws; ++i) {
    const Fact& fact = graph.facts()[random.pick(graph.facts_with(relation))];
    outside.push_back(head ? fact.head : fact.tail);
  }
  const bool inside_first = random.chance(0.5);
  std::vector<EntityId> result = inside_first ? inside : outside;
  const std::vector<EntityId>& rest = inside_first ? outside : inside;
  result.insert(result.end(), rest.begin(), rest.end());
  return result;
}

// All other relations, those that fit both entities first, then one of them, then none.
std::vector<RelationId> replacement_relations(const KnowledgeGraph& graph, const Fact& fact,
                                              Random& random) {
  std::vector<RelationId> result(graph.relations().size());
  std::iota(result.begin(), result.end(), RelationId{0});
  std::erase(result, fact.relation);
  random.shuffle(result);
  const auto fit = [&](RelationId id) {
    return (graph.is_head(fact.head, id) ? 1 : 0) + (graph.is_tail(fact.tail, id) ? 1 : 0);
  };
  std::stable_sort(result.begin(), result.end(),
                   [&](RelationId a, RelationId b) { return fit(a) > fit(b); });
  return result;
}

std::vector<Fact> corruptions(const ItemContext& context, const Fact& fact, Random& random) {
  const TriplePart part = *context.plan.corrupt;
  std::vector<Fact> result;
  if (part == TriplePart::relation) {
    for (const RelationId id : replacement_relations(context.graph, fact, random))
      result.push_back({fact.head, id, fact.tail});
    return result;
  }
  const bool head = part == TriplePart::head;
  for (const EntityId id : replacements(context, fact.relation, head, random))
    result.push_back(head ? Fact{id, fact.relation, fact.tail}
                          : Fact{fact.head, fact.relation, id});
  return result;
}

// Whether the entity that comes with the change, if one does, is drawn with its picture.
bool draw_new_picture(const ItemContext& context, const Fact& fact, Random& random) {
  const auto& known = context.subgraph.entities;
  for (const EntityId id : {fact.head, fact.tail})
    if (std::find(known.begin(), known.end(), id) == known.end())
      return draw_picture_flag(context.graph, context.options.sampling, id, random);
  return false;
}

// Relation, and whether one of the two entities has no other edge.
std::string edge_kind(const Graph& drawn, const Triple& triple) {
  const auto edges = [&](const std::string& name) {
    return std::count_if(drawn.triples.begin(), drawn.triples.end(), [&](const Triple& other) {
      return other.head == name || other.tail == name;
    });
  };
  const bool leaf = edges(triple.head) == 1 || edges(triple.tail) == 1;
  return triple.relation + (leaf ? "/leaf" : "/inner");
}

bool is_balanced_and_keeps_shape(const ItemContext& context, const Sample& sample) {
  const Graph drawn = drawn_graph(sample);
  return drawn.entities.size() == sample.graph.entities.size() && is_connected(drawn) &&
         context.ledger.is_due(edge_kind(drawn, sample.change.replacement));
}

bool corrupt(const ItemContext& context, std::size_t index, Random& random, Sample& sample) {
  const Fact& fact = context.subgraph.facts[index];
  const std::vector<Fact> others = other_facts(context.subgraph, index);
  if (!context.options.sampling.one_direction && context.graph.is_symmetric(fact.relation))
    return false;
  for (const Fact& wrong : corruptions(context, fact, random)) {
    if (!is_wrong_and_plain(context, wrong, others)) continue;
    sample.change = {Change::Kind::corrupt_triple, index, context.graph.to_triple(wrong),
                     draw_new_picture(context, wrong, random)};
    if (!is_balanced_and_keeps_shape(context, sample)) continue;
    sample.gold = ErrorGold{sample.change.replacement};
    return true;
  }
  return false;
}

}  // namespace

bool make_error_detection(const ItemContext& context, Random& random, Sample& sample) {
  sample.question = pick_question("ED", random);
  sample.gold = ErrorGold{};
  if (!context.plan.corrupt) return true;
  std::vector<std::size_t> order(context.subgraph.facts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  random.shuffle(order);
  return std::any_of(order.begin(), order.end(),
                     [&](std::size_t index) { return corrupt(context, index, random, sample); });
}

void record_edges(const Sample& sample, Ledger& ledger) {
  const auto& wrong = std::get<ErrorGold>(sample.gold).wrong;
  if (!wrong) return;
  const Graph drawn = drawn_graph(sample);
  for (const Triple& triple : drawn.triples) ledger.see(edge_kind(drawn, triple));
  ledger.choose(edge_kind(drawn, *wrong));
}

}  // namespace stareval::engine
