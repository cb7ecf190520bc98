// Which counts a counting task asks for: each equally often, as far as the graph allows, and not
// as often as the sampler happens to come by them.
// Method  A pilot of some thousand subgraphs finds the counts that the graph offers, and with which
//         sizes. Counts that fewer than 1 % of the pilot have are left out [D]: their items would
//         be the same few subgraphs again and again.
// IC      The count is how many pictures are shown, which is free: as many as have one, and never
//         all of the entities [D].
// Thread  pure functions.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/tasks/source.h"
#include "libstareval/base/random.h"

namespace stareval::engine {

struct CountTarget {
  std::int64_t count = 0;
  std::size_t entities = 0;  // a size of subgraph that has this count
};

// What a counting task asks for ("EC", "RC", "IC", "TC") in `items` items, shuffled. Over them each
// count occurs floor(items / counts) or ceil(items / counts) times. Empty where the pilot found no
// subgraph at all. Cost: 20 subgraphs an item, 500 at least and 4,000 at most.
[[nodiscard]] std::vector<CountTarget> count_targets(const Source& source, std::string_view task,
                                                     std::size_t items, const Random& random);

}  // namespace stareval::engine
