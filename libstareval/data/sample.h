// One item of a benchmark: a picture of a graph, a question, and the gold answer.
// `graph` is the truth. What the picture shows is the graph after `change` (drawn_graph): the same,
// or with one triple corrupted, or with one element masked. Golds follow from the two.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "libstareval/data/graph.h"

namespace stareval {

struct Image {
  std::string path;    // relative to the folder of the dataset
  std::string digest;  // "sha256:..." of the bytes of the file
  int width = 0;       // pixels
  int height = 0;      // pixels
};

// How the picture differs from the true graph.
struct Change {
  enum class Kind { none, corrupt_triple, mask_entity, mask_relation };
  Kind kind = Kind::none;
  std::size_t index = 0;  // of the triple (corrupt_triple, mask_relation) or entity (mask_entity)
  Triple replacement;     // corrupt_triple: what is drawn in its place
  bool picture = false;   // corrupt_triple: whether an entity that it brings in has a picture
};

struct CountGold {
  std::int64_t value = 0;
};
struct DescriptionGold {
  std::vector<Triple> triples;
  std::string reference;  // a description made from the triples
};
struct ErrorGold {
  std::optional<Triple> wrong;  // as drawn; none where every fact is true
};
struct ChoiceGold {
  std::size_t index = 0;               // into Sample::choices
  std::vector<std::string> aliases{};  // other spellings of it, which an open answer may use
};
using Gold = std::variant<CountGold, DescriptionGold, ErrorGold, ChoiceGold>;

struct Sample {
  std::string id;    // unique within a split
  std::string task;  // of tasks/task.h, or a plug-in's own
  std::string question;
  std::vector<Image> images;
  std::vector<std::string> choices;     // at most 26 option texts; empty where the task has none
  std::vector<std::string> candidates;  // for ranking, the gold among them; may be empty
  Gold gold;
  Graph graph;
  Change change;
  std::string rationale;  // a chain of thought that is true of the graph and ends in the gold
  std::string cluster;    // samples of one cluster share a subgraph or a picture
  std::string split;      // "test", "train"
  std::string group;      // of the task's own, for a breakdown of its scores: "1xn"; "" for none
  json::object meta;      // what else is known: style, seed ...; never read by scoring
};

// The graph as the picture shows it. A corrupted triple may bring in a new entity, which stands
// last; an entity that no triple names any more is not drawn.
[[nodiscard]] Graph drawn_graph(const Sample& sample);

[[nodiscard]] json::object to_json_object(const Sample& sample);

// `where` names file and line in errors. bad_data with the field, what was expected and found.
[[nodiscard]] Result<Sample> sample_from_json(const json::object& record, const std::string& where);

}  // namespace stareval
