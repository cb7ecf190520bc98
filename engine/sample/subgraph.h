// Sampling small connected subgraphs, of a size that a picture can hold.
// Method   Breadth-first growth from a start entity to a wanted number of entities, with a bounded
//          random fan-out, so that a hub does not fill the picture alone; then all triples of the
//          graph between the chosen entities. Source: STAR, arXiv 2510.21828; fan-out and
//          caps are ours [D].
// Induced  What is drawn between two chosen entities is all there is in the graph, up to
//          max_parallel, one_direction and max_label_length. A subgraph with more than max_triples
//          triples is refused whole, never thinned.
// Thread   pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/graph/knowledge_graph.h"
#include "libstareval/base/random.h"

namespace stareval::engine {

struct SamplingOptions {
  std::size_t min_entities = 4;
  std::size_t max_entities = 8;
  std::size_t min_triples = 3;
  std::size_t max_triples = 14;
  std::size_t max_fan_out = 3;        // new entities from one entity; the number is drawn from 1
  std::size_t max_parallel = 2;       // edges between one pair, both directions together
  std::size_t max_label_length = 40;  // characters; longer names and labels are not drawn
  // Of a symmetric relation ("borders") draw one direction of the two, picked by chance. With both
  // directions drawn, a corrupted triple would be the one without its mirror, and could be found
  // without reading it.
  bool one_direction = true;
  // Of showing the picture of an entity that has one, whatever the task [D].
  double picture_probability = 0.75;
};

struct Subgraph {
  std::vector<EntityId> entities;  // in an order drawn by chance
  std::vector<Fact> facts;         // the same
};

// One attempt from the given start entities, which count towards `size`. Nothing where growth gets
// stuck, or where the triples are too few or too many.
[[nodiscard]] std::optional<Subgraph> sample_subgraph(const KnowledgeGraph& graph,
                                                      const SamplingOptions& options,
                                                      std::span<const EntityId> start,
                                                      std::size_t size, Random& random);

// Whether name or label is short enough to be drawn.
[[nodiscard]] bool is_drawable(const KnowledgeGraph& graph, const SamplingOptions& options,
                               EntityId entity);
[[nodiscard]] bool is_drawable(const KnowledgeGraph& graph, const SamplingOptions& options,
                               const Fact& fact);

// The subgraph by names; which pictures are shown is drawn by chance.
[[nodiscard]] Graph to_graph(const KnowledgeGraph& graph, const SamplingOptions& options,
                             const Subgraph& subgraph, Random& random);

// Whether an entity's picture is shown: never where it has none.
[[nodiscard]] bool draw_picture_flag(const KnowledgeGraph& graph, const SamplingOptions& options,
                                     EntityId entity, Random& random);

// Whether every entity can be reached from every other, arrows taken both ways.
[[nodiscard]] bool is_connected(const Graph& graph);

// What two samples of the same subgraph share: 16 hexadecimal digits of a digest over the sorted
// names of the entities, which determine the triples between them.
[[nodiscard]] std::string cluster_of(const Graph& graph);

}  // namespace stareval::engine
