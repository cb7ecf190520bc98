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

std::size_t edges_at(const std::vector<Fact>& facts, EntityId end) {
  return static_cast<std::size_t>(std::count_if(facts.begin(), facts.end(), [&](const Fact& fact) {
    return fact.head == end || fact.tail == end;
  }));
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
  const bool crowded = std::max(edges_at(others, fact.head), edges_at(others, fact.tail)) >=
                       context.options.sampling.max_degree;
  const bool mirrored =
      !context.options.sampling.one_direction && graph.is_symmetric(fact.relation);
  return second_value || crowded || mirrored ||
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

// Other relations, those that fit both entities first, then one of them; those that fit none only
// where the plan is relaxed.
std::vector<RelationId> replacement_relations(const ItemContext& context, const Fact& fact,
                                              Random& random) {
  const KnowledgeGraph& graph = context.graph;
  std::vector<RelationId> result(graph.relations().size());
  std::iota(result.begin(), result.end(), RelationId{0});
  std::erase(result, fact.relation);
  random.shuffle(result);
  const auto fit = [&](RelationId id) {
    return (graph.is_head(fact.head, id) ? 1 : 0) + (graph.is_tail(fact.tail, id) ? 1 : 0);
  };
  if (!context.plan.relaxed) std::erase_if(result, [&](RelationId id) { return fit(id) == 0; });
  std::stable_sort(result.begin(), result.end(),
                   [&](RelationId a, RelationId b) { return fit(a) > fit(b); });
  return result;
}

std::vector<Fact> corruptions(const ItemContext& context, const Fact& fact, Random& random) {
  const TriplePart part = *context.plan.corrupt;
  std::vector<Fact> result;
  if (part == TriplePart::relation) {
    for (const RelationId id : replacement_relations(context, fact, random))
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

std::string edge_kind(const std::string& relation, bool leaf, bool alone) {
  return relation + (leaf ? "/leaf" : "/inner") + (alone ? "/alone" : "/again");
}

// Relation; whether one of the two entities has no other edge; whether no other edge has the label.
std::string edge_kind(const Graph& drawn, const Triple& triple) {
  const auto edges = [&](const std::string& name) {
    return std::count_if(drawn.triples.begin(), drawn.triples.end(), [&](const Triple& other) {
      return other.head == name || other.tail == name;
    });
  };
  const auto same = [&](const Triple& other) { return other.relation == triple.relation; };
  return edge_kind(triple.relation, edges(triple.head) == 1 || edges(triple.tail) == 1,
                   std::count_if(drawn.triples.begin(), drawn.triples.end(), same) == 1);
}

// The same of a fact among the others of its picture.
std::string edge_kind(const ItemContext& context, const Fact& fact,
                      const std::vector<Fact>& others) {
  return edge_kind(context.graph.relation(fact.relation).label,
                   edges_at(others, fact.head) == 0 || edges_at(others, fact.tail) == 0,
                   std::none_of(others.begin(), others.end(), [&](const Fact& other) {
                     return other.relation == fact.relation;
                   }));
}

// Whether facts about that many entities hang together, with no entity apart.
bool is_whole(const std::vector<Fact>& facts, std::size_t entities) {
  std::vector<EntityId> reached{facts.front().head};
  for (std::size_t next = 0; next < reached.size(); ++next)
    for (const Fact& fact : facts) {
      if (fact.head != reached[next] && fact.tail != reached[next]) continue;
      const EntityId other = fact.head == reached[next] ? fact.tail : fact.head;
      if (std::find(reached.begin(), reached.end(), other) == reached.end())
        reached.push_back(other);
    }
  const bool all = std::all_of(facts.begin(), facts.end(), [&](const Fact& fact) {
    return std::find(reached.begin(), reached.end(), fact.head) != reached.end();
  });
  return all && reached.size() == entities;
}

bool keeps_shape(const ItemContext& context, const Fact& wrong, std::vector<Fact> others) {
  others.push_back(wrong);
  return common_fonts(context.graph, others) != 0 &&
         is_whole(others, context.subgraph.entities.size());
}

bool corrupt(const ItemContext& context, std::size_t index, Random& random, Sample& sample) {
  const Fact& fact = context.subgraph.facts[index];
  const std::vector<Fact> others = other_facts(context.subgraph, index);
  if (!context.options.sampling.one_direction && context.graph.is_symmetric(fact.relation))
    return false;
  for (const Fact& wrong : corruptions(context, fact, random)) {
    if (!context.ledger.is_due(edge_kind(context, wrong, others)) ||
        !is_wrong_and_plain(context, wrong, others) || !keeps_shape(context, wrong, others))
      continue;
    sample.change = {Change::Kind::corrupt_triple, index, context.graph.to_triple(wrong),
                     draw_new_picture(context, wrong, random)};
    if (context.plan.clean) sample.change = {};
    else sample.gold = ErrorGold{sample.change.replacement};
    return true;
  }
  return false;
}

}  // namespace

bool make_error_detection(const ItemContext& context, Random& random, Sample& sample) {
  sample.question = pick_question(sample.task, random);
  sample.gold = ErrorGold{};
  std::vector<std::size_t> order(context.subgraph.facts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  random.shuffle(order);
  return std::any_of(order.begin(), order.end(),
                     [&](std::size_t index) { return corrupt(context, index, random, sample); });
}

void record_edges(const Sample& sample, Ledger& ledger) {
  if (sample.change.kind != Change::Kind::corrupt_triple) return;
  const Graph drawn = drawn_graph(sample);
  for (const Triple& triple : drawn.triples) ledger.see(edge_kind(drawn, triple));
  ledger.choose(edge_kind(drawn, sample.change.replacement));
}

}  // namespace stareval::engine
