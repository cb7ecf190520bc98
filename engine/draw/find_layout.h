// From a scene to a layout without defects: measure, lay out, check, and again where it fails.
// Size    the canvas is always that of the style, so that the size of a picture says nothing of its
//         scene; what is too much for it is drawn smaller, down to kLeastFontPx.
// Thread  any number at once; Graphviz lets them wait for each other.
#pragma once

#include <cstdint>

#include "engine/draw/layout.h"
#include "engine/draw/measure.h"
#include "engine/draw/scene.h"
#include "engine/draw/style.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

struct FoundLayout {
  MeasuredScene measured;
  Layout layout;
  LayoutEngine engine = LayoutEngine::own;  // that placed the nodes
  int tries = 0;                            // layouts that were made
};

// Tries the engine of the style; for dot, then its positions with lines of the own search; and
// where all that fails, the own layout. Errors  as draw_scene().
Result<FoundLayout> find_layout(const Scene& scene, const Style& style, std::uint64_t seed);

}  // namespace stareval::engine
