// How subgraphs are sampled.   Thread  values.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace stareval::engine {

// How a subgraph grows from its start; growth.h says more.
enum class Growth { breadth_first, depth_first, forest_fire };

// "bfs", "dfs", "forest-fire".
[[nodiscard]] std::string_view name_of(Growth growth);

struct SamplingOptions {
  // One of them is drawn by chance for each subgraph.
  std::vector<Growth> growths{Growth::breadth_first, Growth::depth_first, Growth::forest_fire};
  std::size_t min_entities = 4;
  std::size_t max_entities = 8;
  std::size_t min_triples = 3;
  std::size_t max_triples = 14;
  std::size_t max_fan_out = 3;  // breadth first: new entities from one; the number is drawn from 1
  double burn_probability = 0.6;      // forest fire: of each further neighbour that catches fire
  std::size_t max_parallel = 2;       // edges between one pair, both directions together
  std::size_t max_degree = 6;         // edges of one entity in the picture
  std::size_t max_label_length = 40;  // characters; longer names and labels are not drawn
  // Of a symmetric relation ("borders") draw one direction of the two, picked by chance. With both
  // directions drawn, a corrupted triple would be the one without its mirror, and could be found
  // without reading it.
  bool one_direction = true;
  // Of showing the picture of an entity that has one, but for IC, whose plan says how many [D].
  double picture_probability = 0.75;
};

}  // namespace stareval::engine
