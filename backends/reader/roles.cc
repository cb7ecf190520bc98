#include <algorithm>

#include "backends/reader/likeness_internal.h"
#include "backends/reader/roles_internal.h"

namespace stareval::reader {
namespace {

bool is_node(const ReadGraph& graph, int index) {
  return index >= 0 && static_cast<std::size_t>(index) < graph.nodes.size();
}

}  // namespace

std::vector<Fact> facts_of(const ReadGraph& graph) {
  const std::vector<int> labels = label_numbers(graph);
  std::vector<Fact> facts;
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    const ReadEdge& edge = graph.edges[i];
    if (labels[i] >= 0 && is_node(graph, edge.from) && is_node(graph, edge.to))
      facts.push_back({edge.from, labels[i], edge.to, i});
  }
  return facts;
}

Roles::Roles(std::vector<Fact> facts) : facts_(std::move(facts)) {
  for (const Fact& fact : facts_)
    for (const Side side : {Side::head, Side::tail}) {
      const int node = end_of(fact, side);
      kind_.try_emplace(node, node);
      auto& fillers = fillers_[{fact.label, side}];
      if (!fillers.empty()) kind_[root(node)] = root(*fillers.begin());
      fillers.insert(node);
    }
  for (auto& [node, parent] : kind_) parent = root(node);
}

int Roles::root(int node) const {
  while (kind_.at(node) != node) node = kind_.at(node);
  return node;
}

const std::set<int>& Roles::fillers(int label, Side side) const {
  static const std::set<int> none;
  const auto entry = fillers_.find({label, side});
  return entry == fillers_.end() ? none : entry->second;
}

bool Roles::same_kind(int a, int b) const {
  return has_facts(a) && has_facts(b) && root(a) == root(b);
}

bool Roles::is_stranger(int node, int label, Side side) const {
  const std::set<int>& peers = fillers(label, side);
  return has_facts(node) && !peers.empty() && !same_kind(node, *peers.begin());
}

bool Roles::is_alone_in_kind(int node) const {
  return has_facts(node) && std::none_of(kind_.begin(), kind_.end(), [&](const auto& other) {
           return other.first != node && root(other.first) == root(node);
         });
}

bool Roles::holds(int head, int label, int tail) const {
  return std::any_of(facts_.begin(), facts_.end(), [&](const Fact& fact) {
    return fact.head == head && fact.label == label && fact.tail == tail;
  });
}

bool Roles::of_kinds(const Fact& fact, int head, int tail) const {
  return same_kind(fact.head, head) && same_kind(fact.tail, tail);
}

bool Roles::joins_kinds(int head, int label, int tail) const {
  return std::any_of(facts_.begin(), facts_.end(), [&](const Fact& fact) {
    return fact.label == label && of_kinds(fact, head, tail);
  });
}

bool Roles::others_join_kinds(int head, int label, int tail) const {
  return std::any_of(facts_.begin(), facts_.end(), [&](const Fact& fact) {
    return fact.label != label && of_kinds(fact, head, tail);
  });
}

bool Roles::is_mutual(int label) const {
  return std::any_of(facts_.begin(), facts_.end(), [&](const Fact& fact) {
    return fact.label == label && fact.head != fact.tail && holds(fact.tail, label, fact.head);
  });
}

}  // namespace stareval::reader
