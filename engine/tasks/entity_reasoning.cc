#include "engine/tasks/entity_reasoning.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <vector>

namespace stareval::engine {
namespace {

// Distractors are drawn from so many times as many of the nearest in frequency [D]: near, and not
// the same ones for the same gold each time.
constexpr std::size_t kPoolFactor = 8;

// Entities on either side of the gold in each list of roles that are looked at [D].
constexpr std::size_t kReach = 150;

std::vector<Fact> facts_about(const Subgraph& subgraph, EntityId entity) {
  std::vector<Fact> facts;
  for (const Fact& fact : subgraph.facts)
    if (fact.head == entity || fact.tail == entity) facts.push_back(fact);
  return facts;
}

Fact with_entity(Fact fact, EntityId from, EntityId to) {
  if (fact.head == from) fact.head = to;
  if (fact.tail == from) fact.tail = to;
  return fact;
}

std::set<Role> roles_of(const std::vector<Fact>& facts, EntityId entity) {
  std::set<Role> roles;
  for (const Fact& fact : facts) roles.insert({fact.relation, fact.head == entity});
  return roles;
}

// Entities that take at least one of the roles, and are near to the gold in degree.
std::set<EntityId> takers(const ItemContext& context, const std::set<Role>& roles, EntityId gold) {
  std::set<EntityId> found;
  for (const Role& role : roles) {
    const auto near = context.roles.near(role, context.graph.degree(gold), kReach);
    found.insert(near.begin(), near.end());
  }
  return found;
}

bool is_refuted(const KnowledgeGraph& graph, const std::vector<Fact>& facts, EntityId gold,
                EntityId other) {
  return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
    return !graph.may_hold(with_entity(fact, gold, other));
  });
}

// Not in the picture, drawable, and wrong.
bool is_possible(const ItemContext& context, const std::vector<Fact>& facts, EntityId gold,
                 EntityId other) {
  const std::vector<EntityId>& drawn = context.subgraph.entities;
  return std::find(drawn.begin(), drawn.end(), other) == drawn.end() &&
         is_drawable(context.graph, context.options.sampling, other) &&
         is_refuted(context.graph, facts, gold, other);
}

// Candidates by how well they match: [0] all roles and type, [1] a role and type, [2] a role.
std::vector<std::vector<EntityId>> candidates(const ItemContext& context, EntityId gold) {
  const KnowledgeGraph& graph = context.graph;
  const std::vector<Fact> facts = facts_about(context.subgraph, gold);
  const std::set<Role> roles = roles_of(facts, gold);
  std::vector<std::vector<EntityId>> tiers(3);
  for (const EntityId id : takers(context, roles, gold)) {
    if (!is_possible(context, facts, gold, id)) continue;
    const bool same_type = graph.entity(id).type == graph.entity(gold).type;
    const bool all_roles = std::all_of(roles.begin(), roles.end(),
                                       [&](const Role& role) { return takes(graph, id, role); });
    tiers[!same_type ? 2 : all_roles ? 0 : 1].push_back(id);
  }
  return tiers;
}

// The `count` of the tier whose rank by degree is nearest to that of the gold; ties by chance.
std::vector<EntityId> nearest_in_rank(const KnowledgeGraph& graph, std::vector<EntityId> tier,
                                      EntityId gold, std::size_t count, Random& random) {
  random.shuffle(tier);
  std::stable_sort(tier.begin(), tier.end(),
                   [&](EntityId a, EntityId b) { return graph.degree(a) < graph.degree(b); });
  const auto below = [&](std::size_t degree) {
    return std::partition_point(tier.begin(), tier.end(),
                                [&](EntityId id) { return graph.degree(id) < degree; }) -
           tier.begin();
  };
  // Half of them on either side of the middle of those that are equal to the gold.
  const auto wanted = static_cast<std::ptrdiff_t>(std::min(count, tier.size()));
  const auto all = static_cast<std::ptrdiff_t>(tier.size());
  const std::ptrdiff_t middle = (below(graph.degree(gold)) + below(graph.degree(gold) + 1)) / 2;
  const auto first = std::clamp<std::ptrdiff_t>(middle - wanted / 2, 0, all - wanted);
  return {tier.begin() + first, tier.begin() + first + wanted};
}

// `count` of the tier, from those that are nearest to the gold; owed ones first, then by chance.
std::vector<EntityId> pick_near(const ItemContext& context, const std::vector<EntityId>& tier,
                                EntityId gold, std::size_t count, Random& random) {
  const auto debt = [&](EntityId id) { return context.ledger.debt(context.graph.entity(id).name); };
  std::vector<EntityId> near =
      nearest_in_rank(context.graph, tier, gold, count * kPoolFactor, random);
  random.shuffle(near);
  std::stable_sort(near.begin(), near.end(),
                   [&](EntityId a, EntityId b) { return debt(a) > debt(b); });
  near.resize(std::min(near.size(), count));
  return near;
}

// The best `count` distractors; fewer where there are fewer.
std::vector<EntityId> matched(const ItemContext& context, EntityId gold, std::size_t count,
                              Random& random) {
  std::vector<EntityId> chosen;
  std::vector<std::vector<EntityId>> tiers = candidates(context, gold);
  if (!context.plan.relaxed) tiers.pop_back();
  for (const std::vector<EntityId>& tier : tiers) {
    const auto more = pick_near(context, tier, gold, count - chosen.size(), random);
    chosen.insert(chosen.end(), more.begin(), more.end());
  }
  return chosen;
}

// Any entities of the graph.
std::vector<EntityId> anywhere(const ItemContext& context, EntityId gold, std::size_t count,
                               Random& random) {
  const std::vector<Fact> facts = facts_about(context.subgraph, gold);
  std::set<EntityId> chosen;
  for (std::size_t tries = 0; chosen.size() < count && tries < 20 * count; ++tries) {
    const auto id = static_cast<EntityId>(random.below(context.graph.entities().size()));
    if (is_possible(context, facts, gold, id)) chosen.insert(id);
  }
  std::vector<EntityId> result(chosen.begin(), chosen.end());
  random.shuffle(result);
  return result;
}

// Fills up a list for ranking: matched ones first, then any that are wrong.
void add_candidates(const ItemContext& context, EntityId gold, Random& random,
                    std::vector<EntityId>& chosen) {
  const std::size_t wanted = context.options.candidates - 1;
  for (const auto source : {matched, anywhere})
    for (const EntityId id : source(context, gold, wanted, random))
      if (chosen.size() < wanted && std::find(chosen.begin(), chosen.end(), id) == chosen.end())
        chosen.push_back(id);
}

bool mask(const ItemContext& context, std::size_t index, Random& random, Sample& sample) {
  const EntityId gold = context.subgraph.entities[index];
  if (!context.ledger.is_due(context.graph.entity(gold).name)) return false;
  const std::size_t needed = context.options.choices - 1;
  const auto distractors = context.options.distractors == Distractors::matched ? matched : anywhere;
  std::vector<EntityId> chosen = distractors(context, gold, needed, random);
  if (chosen.size() < needed) return false;
  if (context.options.candidates > context.options.choices)
    add_candidates(context, gold, random, chosen);
  std::vector<std::string> names;
  for (const EntityId id : chosen) names.push_back(context.graph.entity(id).name);
  set_choices(context, context.graph.entity(gold).name, names, random, sample);
  sample.change = {Change::Kind::mask_entity, index, {}, false};
  return true;
}

}  // namespace

bool make_entity_reasoning(const ItemContext& context, Random& random, Sample& sample) {
  sample.question = pick_question(sample.task, random);
  std::vector<std::size_t> order(context.subgraph.entities.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  random.shuffle(order);
  // Those first that were options for longest without being the gold.
  const auto debt = [&](std::size_t index) {
    return context.ledger.debt(context.graph.entity(context.subgraph.entities[index]).name);
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return debt(a) < debt(b); });
  return std::any_of(order.begin(), order.end(),
                     [&](std::size_t index) { return mask(context, index, random, sample); });
}

void record_options(const Sample& sample, Ledger& ledger) {
  for (const std::string& choice : sample.choices) ledger.see(choice);
  ledger.choose(sample.choices[std::get<ChoiceGold>(sample.gold).index]);
}

}  // namespace stareval::engine
