#include <algorithm>
#include <numeric>
#include <set>
#include <string_view>

#include "backends/reader/completion_internal.h"
#include "backends/reader/likeness_internal.h"
#include "backends/reader/roles_internal.h"
#include "libstareval/base/text.h"

namespace stareval::reader {
namespace {

constexpr double kExcluded = -100;

// Of relations; ordered by what was seen to matter on made-up graphs.
constexpr double kSameTail = 4;   // another edge of the label ends at the tail
constexpr double kSameKinds = 2;  // another edge of the label joins nodes of these kinds
constexpr double kPeer = 1;       // the node is of the kind of those at that end
constexpr double kMutual = 3;     // drawn the other way, and the relation is mutual elsewhere
constexpr double kStrangeTail = -3;
constexpr double kTakenHead = -2;   // the head has an edge of the label already
constexpr double kOneEach = -1;     // and no other head has two
constexpr double kTurned = -1;      // the node stands at the other end of the label
constexpr double kOtherKinds = -1;  // other labels join these kinds
constexpr double kOtherWriting = -2;
constexpr double kInName = 2.5;  // the name of the tail holds a word of the label

// What an option must have, and have more than any other, to stand out.
constexpr double kLeastRelation = 1;
constexpr double kMarginRelation = 2;
constexpr double kLeastEntity = 1;
constexpr double kMarginEntity = 1;

template <class Items, class Text, class Like>
std::optional<std::size_t> only(const Items& items, const Text& text, const Like& like) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!like(text(items[i]))) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

template <class Items, class Text>
std::optional<std::size_t> masked(const Items& items, const Text& text) {
  const auto is_like = [&](auto like) {
    return std::any_of(items.begin(), items.end(),
                       [&](const auto& item) { return like(text(item)); });
  };
  if (is_like(is_mask)) return only(items, text, is_mask);
  if (is_like(may_be_mask)) return only(items, text, may_be_mask);
  return only(items, text, [](std::string_view t) { return trim(t).empty(); });
}

// The best first, equal ones in the order of the options. One that is left alone is known.
Ranked ranked(const std::vector<double>& scores, double least, double margin) {
  Ranked result;
  result.order.resize(scores.size());
  std::iota(result.order.begin(), result.order.end(), std::size_t{0});
  std::stable_sort(result.order.begin(), result.order.end(),
                   [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  if (scores.empty() || scores[result.order[0]] <= kExcluded / 2) return result;
  const double best = scores[result.order[0]];
  const double second = scores.size() > 1 ? scores[result.order[1]] : kExcluded;
  result.known = second <= kExcluded / 2 || (best >= least && best - second >= margin);
  return result;
}

std::string_view name_at(const ReadGraph& graph, int node) {
  if (node < 0 || static_cast<std::size_t>(node) >= graph.nodes.size()) return {};
  return graph.nodes[static_cast<std::size_t>(node)].name;
}

// Whether each option is the name of a node that is not masked: in its letters; or, for a node that
// was not read surely and is none of the options in its letters, as a misreading.
std::vector<bool> drawn_options(const std::vector<Option>& options, const ReadGraph& graph,
                                std::size_t mask) {
  std::vector<bool> drawn(options.size(), false);
  const auto mark = [&](const auto& is_name) {
    bool any = false;
    for (std::size_t i = 0; i < options.size(); ++i)
      if (is_name(options[i].text)) any = drawn[i] = true;
    return any;
  };
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const ReadNode& node = graph.nodes[i];
    if (i == mask || trim(node.name).empty()) continue;
    const std::string name = normalise_name(node.name);
    if (!mark([&](const std::string& text) { return normalise_name(text) == name; }) &&
        node.name_confidence < kSureText)
      mark([&](const std::string& text) {
        return same_reading(node.name, node.name_confidence, text, 1.0);
      });
  }
  return drawn;
}

// A stem that is shared with a neighbour, unless the option is a misreading of the neighbour
// itself.
double stem_score(const ReadNode& neighbour, const std::string& option) {
  if (same_reading(neighbour.name, neighbour.name_confidence, option, 1.0)) return 0;
  return static_cast<double>(shared_stem(option, neighbour.name));
}

double entity_score(const ReadGraph& graph, std::size_t mask, const std::string& option) {
  const int node = static_cast<int>(mask);
  const int nodes = static_cast<int>(graph.nodes.size());
  double score = 0;
  for (const ReadEdge& edge : graph.edges) {
    if (edge.from != node && edge.to != node) continue;
    const int other = edge.from == node ? edge.to : edge.from;
    if (other != node && other >= 0 && other < nodes)
      score += stem_score(graph.nodes[static_cast<std::size_t>(other)], option);
  }
  return score;
}

bool is_lower(std::string_view name) { return !name.empty() && name[0] >= 'a' && name[0] <= 'z'; }

// The masked edge among the others.
struct Gap {
  const ReadGraph& graph;
  const Roles& rest;
  int head;
  int tail;
};

// The number of the label among those that are drawn; -1 where it is not.
int number_of(const Gap& gap, const std::string& option) {
  const auto& facts = gap.rest.facts();
  const auto hit = std::find_if(facts.begin(), facts.end(), [&](const Fact& fact) {
    const ReadEdge& edge = gap.graph.edges[fact.edge];
    return same_reading(edge.label, edge.label_confidence, option, 1.0);
  });
  return hit == facts.end() ? -1 : hit->label;
}

bool is_written_otherwise(const Gap& gap, int label, Side side) {
  const auto& peers = gap.rest.fillers(label, side);
  const bool lower = is_lower(name_at(gap.graph, side == Side::head ? gap.head : gap.tail));
  return !peers.empty() && std::none_of(peers.begin(), peers.end(), [&](int peer) {
    return is_lower(name_at(gap.graph, peer)) == lower;
  });
}

bool has_one_each(const Gap& gap, int label) {
  std::size_t others = 0;
  std::set<int> heads;
  for (const Fact& fact : gap.rest.facts())
    if (fact.label == label && fact.head != gap.head) {
      ++others;
      heads.insert(fact.head);
    }
  return others > 0 && heads.size() == others;
}

double head_score(const Gap& gap, int label) {
  double score = is_written_otherwise(gap, label, Side::head) ? kOtherWriting : 0;
  if (gap.rest.fills(gap.head, label, Side::head))
    return score + kTakenHead + (has_one_each(gap, label) ? kOneEach : 0);
  if (gap.rest.has_facts(gap.head) && !gap.rest.is_stranger(gap.head, label, Side::head))
    score += kPeer;
  return score + (gap.rest.fills(gap.head, label, Side::tail) ? kTurned : 0);
}

double tail_score(const Gap& gap, int label) {
  double score = is_written_otherwise(gap, label, Side::tail) ? kOtherWriting : 0;
  if (gap.rest.fills(gap.tail, label, Side::tail)) return score + kSameTail;
  if (gap.rest.has_facts(gap.tail))
    score += gap.rest.is_stranger(gap.tail, label, Side::tail) ? kStrangeTail : kPeer;
  return score + (gap.rest.fills(gap.tail, label, Side::head) ? kTurned : 0);
}

double drawn_score(const Gap& gap, int label) {
  if (gap.rest.holds(gap.head, label, gap.tail)) return kExcluded;
  double score = head_score(gap, label) + tail_score(gap, label);
  if (gap.rest.joins_kinds(gap.head, label, gap.tail)) score += kSameKinds;
  if (gap.rest.holds(gap.tail, label, gap.head) && gap.rest.is_mutual(label)) score += kMutual;
  return score;
}

double relation_score(const Gap& gap, const std::string& option) {
  const int label = number_of(gap, option);
  double score = label < 0 ? 0 : drawn_score(gap, label);
  if (gap.rest.others_join_kinds(gap.head, label, gap.tail)) score += kOtherKinds;
  if (shared_stem(option, name_at(gap.graph, gap.tail)) > 0) score += kInName;
  return score;
}

}  // namespace

std::optional<std::size_t> masked_node(const ReadGraph& graph) {
  return masked(graph.nodes, [](const ReadNode& node) -> std::string_view { return node.name; });
}

std::optional<std::size_t> masked_edge(const ReadGraph& graph) {
  return masked(graph.edges, [](const ReadEdge& edge) -> std::string_view { return edge.label; });
}

Ranked rank_entities(const std::vector<Option>& options, const ReadGraph& graph) {
  const std::size_t mask = masked_node(graph).value_or(graph.nodes.size());
  const std::vector<bool> drawn = drawn_options(options, graph, mask);
  std::vector<double> scores;
  for (std::size_t i = 0; i < options.size(); ++i)
    scores.push_back(drawn[i] ? kExcluded : entity_score(graph, mask, options[i].text));
  return ranked(scores, kLeastEntity, kMarginEntity);
}

Ranked rank_relations(const std::vector<Option>& options, const ReadGraph& graph) {
  const auto mask = masked_edge(graph);
  if (!mask)
    return ranked(std::vector<double>(options.size(), 0.0), kLeastRelation, kMarginRelation);
  std::vector<Fact> facts = facts_of(graph);
  std::erase_if(facts, [&](const Fact& fact) { return fact.edge == *mask; });
  const Roles rest(std::move(facts));
  const Gap gap{graph, rest, graph.edges[*mask].from, graph.edges[*mask].to};
  std::vector<double> scores;
  scores.reserve(options.size());
  for (const Option& option : options) scores.push_back(relation_score(gap, option.text));
  return ranked(scores, kLeastRelation, kMarginRelation);
}

}  // namespace stareval::reader
