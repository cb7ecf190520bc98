// Sampling small connected subgraphs, of a size that a picture can hold.
// Method   Growth from a start entity to a wanted number of entities (growth.h); then all triples
// of
//          the graph between the chosen entities. Source: STAR, arXiv 2510.21828; the caps are ours
//          [D].
// Induced  What is drawn between two chosen entities is all there is in the graph, up to
//          max_parallel, one_direction and max_label_length. A subgraph with more than max_triples
//          triples, or more than max_degree at one entity, is refused whole, never thinned.
// Thread   pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/graph/knowledge_graph.h"
#include "engine/sample/sampling_options.h"
#include "libstareval/base/random.h"

namespace stareval::engine {

struct Subgraph {
  std::vector<EntityId> entities;  // in an order drawn by chance
  std::vector<Fact> facts;         // the same
  Growth growth = Growth::breadth_first;
};

// One attempt from the given start entities, which count towards `size`. Nothing where growth gets
// stuck, or where the triples are too few or too many.
// Cost     some microseconds for each entity; does not grow with the graph.
[[nodiscard]] std::optional<Subgraph> sample_subgraph(const KnowledgeGraph& graph,
                                                      const SamplingOptions& options,
                                                      std::span<const EntityId> start,
                                                      std::size_t size, Random& random);

// The stand-in fonts that can set all names and labels of a picture; 0 where none can.
[[nodiscard]] unsigned common_fonts(const KnowledgeGraph& graph, std::span<const Fact> facts);

// Whether name or label is short enough to be drawn, and some font has its letters.
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

// What two samples of the same subgraph share: 16 hexadecimal digits of a digest over the sorted
// names of the entities, which determine the triples between them.
[[nodiscard]] std::string cluster_of(const Graph& graph);

}  // namespace stareval::engine
