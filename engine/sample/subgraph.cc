#include "engine/sample/subgraph.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "engine/sample/growth.h"
#include "libstareval/base/digest.h"

namespace stareval::engine {
namespace {

bool has(const auto& items, const auto& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

// Code points: bytes that do not go on a character of UTF-8.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// Each pair is looked up from the entity with fewer facts, so that a hub costs one look at its
// facts at most.
std::vector<Fact> facts_between(const KnowledgeGraph& graph, const SamplingOptions& options,
                                std::vector<EntityId> chosen) {
  std::sort(chosen.begin(), chosen.end(), [&](EntityId a, EntityId b) {
    return std::pair(graph.degree(a), a) < std::pair(graph.degree(b), b);
  });
  std::vector<Fact> facts;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const auto from_here = std::span(chosen).subspan(i);  // this one too: a self-loop
    for (const std::uint32_t index : graph.facts_about(chosen[i])) {
      const Fact& fact = graph.facts()[index];
      const EntityId other = fact.head == chosen[i] ? fact.tail : fact.head;
      if (has(from_here, other) && is_drawable(graph, options, fact)) facts.push_back(fact);
    }
  }
  return facts;
}

bool same_pair(const Fact& a, const Fact& b) {
  return (a.head == b.head && a.tail == b.tail) || (a.head == b.tail && a.tail == b.head);
}

bool is_kept(const KnowledgeGraph& graph, const SamplingOptions& options, const Fact& fact,
             const std::vector<Fact>& kept) {
  if (options.one_direction && graph.is_symmetric(fact.relation) &&
      has(kept, Fact{fact.tail, fact.relation, fact.head}))
    return false;
  const auto parallel = std::count_if(kept.begin(), kept.end(),
                                      [&](const Fact& other) { return same_pair(fact, other); });
  return static_cast<std::size_t>(parallel) < options.max_parallel;
}

std::vector<Fact> cap_parallel(const KnowledgeGraph& graph, const SamplingOptions& options,
                               std::vector<Fact> facts, Random& random) {
  random.shuffle(facts);
  std::vector<Fact> kept;
  for (const Fact& fact : facts)
    if (is_kept(graph, options, fact, kept)) kept.push_back(fact);
  return kept;
}

std::size_t largest_degree(const Subgraph& subgraph) {
  std::map<EntityId, std::size_t> degrees;
  std::size_t largest = 0;
  for (const Fact& fact : subgraph.facts)
    for (const EntityId end : {fact.head, fact.tail}) largest = std::max(largest, ++degrees[end]);
  return largest;
}

}  // namespace

std::optional<Subgraph> sample_subgraph(const KnowledgeGraph& graph, const SamplingOptions& options,
                                        std::span<const EntityId> start, std::size_t size,
                                        Random& random) {
  Subgraph result;
  result.growth = random.pick(options.growths);
  result.entities = grow(graph, options, result.growth, start, size, random);
  if (result.entities.size() != size) return std::nullopt;
  result.facts =
      cap_parallel(graph, options, facts_between(graph, options, result.entities), random);
  if (result.facts.size() < options.min_triples || result.facts.size() > options.max_triples ||
      largest_degree(result) > options.max_degree || common_fonts(graph, result.facts) == 0)
    return std::nullopt;
  random.shuffle(result.entities);  // the start entity must not stand first
  return result;
}

unsigned common_fonts(const KnowledgeGraph& graph, std::span<const Fact> facts) {
  unsigned fonts = ~0U;
  for (const Fact& fact : facts)
    fonts &= graph.relation(fact.relation).fonts & graph.entity(fact.head).fonts &
             graph.entity(fact.tail).fonts;
  return fonts;
}

bool is_drawable(const KnowledgeGraph& graph, const SamplingOptions& options, EntityId entity) {
  const GraphEntity& drawn = graph.entity(entity);
  return drawn.fonts != 0 && characters(drawn.name) <= options.max_label_length;
}

bool is_drawable(const KnowledgeGraph& graph, const SamplingOptions& options, const Fact& fact) {
  const Relation& relation = graph.relation(fact.relation);
  return relation.fonts != 0 && characters(relation.label) <= options.max_label_length &&
         is_drawable(graph, options, fact.head) && is_drawable(graph, options, fact.tail);
}

Graph to_graph(const KnowledgeGraph& graph, const SamplingOptions& options,
               const Subgraph& subgraph, Random& random) {
  Graph result;
  for (const EntityId id : subgraph.entities)
    result.entities.push_back(
        {graph.entity(id).name, draw_picture_flag(graph, options, id, random)});
  for (const Fact& fact : subgraph.facts) result.triples.push_back(graph.to_triple(fact));
  return result;
}

bool draw_picture_flag(const KnowledgeGraph& graph, const SamplingOptions& options, EntityId entity,
                       Random& random) {
  const bool shown = random.chance(options.picture_probability);
  return shown && !graph.entity(entity).image.empty();
}

std::string cluster_of(const Graph& graph) {
  std::vector<std::string> names;
  for (const Entity& entity : graph.entities) names.push_back(entity.name);
  std::sort(names.begin(), names.end());
  std::string lines;
  for (const std::string& name : names) lines += name + "\n";
  return short_digest(sha256(lines), 16);
}

}  // namespace stareval::engine
