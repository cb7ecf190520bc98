// The names that a picture shows: what a triple in a reply can be made of.
// Thread  immutable after construction.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "libstareval/data/graph.h"

namespace stareval {

class Vocabulary {
 public:
  // Entities and relation labels of a graph, as drawn. The mask is not a name.
  explicit Vocabulary(const Graph& graph);

  // The spelling of the graph, or nullptr where the name is not in it. Compared by normalise_name.
  [[nodiscard]] const std::string* entity(std::string_view name) const;
  [[nodiscard]] const std::string* relation(std::string_view name) const;

  // Normal forms, each once.
  using Names = std::map<std::string, std::string, std::less<>>;  // normal form -> spelling
  [[nodiscard]] const Names& entities() const { return entities_; }
  [[nodiscard]] const Names& relations() const { return relations_; }

  // The triple in the spelling of the graph; names that are not in it are trimmed only.
  [[nodiscard]] Triple spell(const Triple& triple) const;

  // How many of the three parts are in the vocabulary, each in its place.
  [[nodiscard]] int known_parts(const Triple& triple) const;

 private:
  Names entities_;
  Names relations_;
};

// Whether two triples are the same, each part by normalise_name.
[[nodiscard]] bool same_triple(const Triple& a, const Triple& b);

// Each part by normalise_name.
[[nodiscard]] Triple normalise_triple(const Triple& triple);

}  // namespace stareval
