#include <algorithm>

#include "backends/reader/consistency_internal.h"
#include "backends/reader/roles_internal.h"

namespace stareval::reader {
namespace {

// Weights by what was seen to matter on made-up graphs; ordered, no more.
constexpr double kSelfLoop = 4;
constexpr double kReversed = 1.5;     // A r B and B r A, of a relation that is not mutual elsewhere
constexpr double kStrangeTail = 1.5;  // of another kind than all other tails of the relation
constexpr double kOneOfAKind = 0.5;   // and with no node of its kind beside it
constexpr double kOtherLabel = 1;     // other labels join nodes of these kinds, this one does not
constexpr double kOtherWriting = 1.5;  // "tea" where all other ends are written like "China"
constexpr double kBothTurned = 2;      // head and tail fill the other end of it, no other one does

Roles without(const std::vector<Fact>& facts, std::size_t index) {
  std::vector<Fact> rest = facts;
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(index));
  return Roles(std::move(rest));
}

bool is_lower(const ReadGraph& graph, int node) {
  const std::string& name = graph.nodes[static_cast<std::size_t>(node)].name;
  return !name.empty() && name[0] >= 'a' && name[0] <= 'z';
}

// Whether the node is written in small letters where no other at that end is, or the reverse.
bool is_written_otherwise(const ReadGraph& graph, const Roles& rest, const Fact& fact, Side side) {
  const auto& peers = rest.fillers(fact.label, side);
  const bool lower = is_lower(graph, end_of(fact, side));
  return !peers.empty() && std::none_of(peers.begin(), peers.end(),
                                        [&](int peer) { return is_lower(graph, peer) == lower; });
}

// Whether the node stands at the other end of the relation, and no other node at this end does.
bool is_turned(const Roles& rest, const Fact& fact, Side side) {
  const Side other = side == Side::head ? Side::tail : Side::head;
  const int node = end_of(fact, side);
  const auto& peers = rest.fillers(fact.label, side);
  return !peers.empty() && rest.fills(node, fact.label, other) && !peers.contains(node) &&
         std::none_of(peers.begin(), peers.end(),
                      [&](int peer) { return rest.fills(peer, fact.label, other); });
}

double weight_of(const ReadGraph& graph, const std::vector<Fact>& facts, std::size_t index) {
  const Fact& fact = facts[index];
  const Roles rest = without(facts, index);
  double weight = 0;
  if (fact.head == fact.tail) weight += kSelfLoop;
  if (rest.holds(fact.tail, fact.label, fact.head) && !rest.is_mutual(fact.label))
    weight += kReversed;
  const bool strange = rest.is_stranger(fact.tail, fact.label, Side::tail);
  if (strange) weight += kStrangeTail + (rest.is_alone_in_kind(fact.tail) ? kOneOfAKind : 0);
  if (!rest.fillers(fact.label, Side::tail).empty() &&
      rest.others_join_kinds(fact.head, fact.label, fact.tail) &&
      !rest.joins_kinds(fact.head, fact.label, fact.tail))
    weight += kOtherLabel;
  for (const Side side : {Side::head, Side::tail})
    if (is_written_otherwise(graph, rest, fact, side)) weight += kOtherWriting;
  if (is_turned(rest, fact, Side::head) && is_turned(rest, fact, Side::tail)) weight += kBothTurned;
  return weight;
}

}  // namespace

std::vector<Suspicion> suspicions(const ReadGraph& graph) {
  const std::vector<Fact> facts = facts_of(graph);
  std::vector<Suspicion> result;
  for (std::size_t i = 0; i < facts.size(); ++i)
    result.push_back({facts[i].edge, weight_of(graph, facts, i)});
  return result;
}

std::optional<std::size_t> inconsistent_edge(const ReadGraph& graph, double from) {
  const std::vector<Suspicion> all = suspicions(graph);
  const auto most =
      std::max_element(all.begin(), all.end(),
                       [](const Suspicion& a, const Suspicion& b) { return a.weight < b.weight; });
  if (most == all.end() || most->weight < from) return std::nullopt;
  const auto as_much = std::count_if(all.begin(), all.end(),
                                     [&](const Suspicion& s) { return s.weight >= most->weight; });
  return as_much == 1 ? std::optional(most->edge) : std::nullopt;
}

bool is_inconsistent(const ReadGraph& graph, double from) {
  const std::vector<Suspicion> all = suspicions(graph);
  return std::any_of(all.begin(), all.end(), [&](const Suspicion& s) { return s.weight >= from; });
}

}  // namespace stareval::reader
