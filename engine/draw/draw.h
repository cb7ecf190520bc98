// From a scene to a PNG: measure, lay out, check, lay out again where the check fails, draw,
// encode.
// Output  the same bytes for the same scene, style and seed, with the same fonts and libraries, in
//         any thread and on any machine.
// Thread  any number at once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/draw/geometry.h"
#include "engine/draw/scene.h"
#include "engine/draw/style.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

struct Picture {
  std::string png;
  int width = 0;
  int height = 0;
  std::vector<Rect> node_boxes;             // one for each node, in pixels
  std::vector<Rect> label_boxes;            // one for each edge; empty where it has no label
  int tries = 1;                            // layouts that were made
  LayoutEngine engine = LayoutEngine::own;  // that placed the nodes; `own` where another failed
};

// Errors  bad_data: the scene is not sound (edge without node, text that cannot be drawn, broken
//         picture), or no layout without defects was found, which happens to scenes of more than
//         some twenty edges, and to fewer on a small canvas.
//         io: a font or a picture file is missing, or Graphviz fails.
// Cost    about 4 ms for 8 nodes on 1024 x 768.
Result<Picture> draw_scene(const Scene& scene, const Style& style, std::uint64_t seed);

}  // namespace stareval::engine
