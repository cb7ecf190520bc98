// What the nodes of a read graph are to one another: places at the ends of relations. Nodes that
// fill one place are of one kind.
// Thread  immutable once built.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "backends/reader/read_graph.h"

namespace stareval::reader {

// An edge of which both ends and a label were read.
struct Fact {
  int head = 0;
  int label = 0;  // of label_numbers()
  int tail = 0;
  std::size_t edge = 0;  // index into ReadGraph::edges
};

[[nodiscard]] std::vector<Fact> facts_of(const ReadGraph& graph);

enum class Side { head, tail };

// The node of a fact at a side.
[[nodiscard]] inline int end_of(const Fact& fact, Side side) {
  return side == Side::head ? fact.head : fact.tail;
}

class Roles {
 public:
  explicit Roles(std::vector<Fact> facts);

  [[nodiscard]] const std::vector<Fact>& facts() const { return facts_; }
  [[nodiscard]] bool has_facts(int node) const { return kind_.contains(node); }

  // Nodes at the side of edges with the label.
  [[nodiscard]] const std::set<int>& fillers(int label, Side side) const;
  [[nodiscard]] bool fills(int node, int label, Side side) const {
    return fillers(label, side).contains(node);
  }

  // Whether two nodes share a place, or are linked by others that do. False where one has no fact.
  [[nodiscard]] bool same_kind(int a, int b) const;
  // Whether all fillers of a place are of another kind than the node; false where there are none.
  [[nodiscard]] bool is_stranger(int node, int label, Side side) const;
  [[nodiscard]] bool is_alone_in_kind(int node) const;

  [[nodiscard]] bool holds(int head, int label, int tail) const;
  // Whether a fact with the label joins the kind of `head` to the kind of `tail`; of any other
  // label.
  [[nodiscard]] bool joins_kinds(int head, int label, int tail) const;
  [[nodiscard]] bool others_join_kinds(int head, int label, int tail) const;
  // Whether the relation is drawn in both directions between two nodes.
  [[nodiscard]] bool is_mutual(int label) const;

 private:
  [[nodiscard]] int root(int node) const;
  [[nodiscard]] bool of_kinds(const Fact& fact, int head, int tail) const;

  std::vector<Fact> facts_;
  std::map<std::pair<int, Side>, std::set<int>> fillers_;
  std::map<int, int> kind_;  // parent of each node that has a fact
};

}  // namespace stareval::reader
