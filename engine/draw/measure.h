// A scene with all its texts set and its pictures scaled: what the layout needs to know of sizes,
// and what the drawing then puts into the boxes.
// Thread  a MeasuredScene stays in the thread that made it.
#pragma once

#include <vector>

#include "engine/draw/geometry.h"
#include "engine/draw/layout.h"
#include "engine/draw/picture_store.h"
#include "engine/draw/scene.h"
#include "engine/draw/style.h"
#include "engine/draw/text.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

// No text is smaller than this on canvases of up to 0.8 megapixels; on larger ones, which are shown
// smaller than they are, the least size grows with the root of their area, to 1.5 times as much.
// But where a scene would not fit else ...
constexpr int kMinFontPx = 13;
// ... and then not smaller than this.
constexpr int kLeastFontPx = 11;

struct NodeFace {
  TextBlock name;
  SharedBitmap picture;  // null where the node has none
  Size box;
  Point name_at;  // from the box's left top
  Point picture_at;
};

struct LabelFace {
  TextBlock text;
  Size box;       // with padding; zero where the edge has no label
  Point text_at;  // from the box's left top
};

struct MeasuredScene {
  double zoom = 1.0;
  double line_px = 1.6;
  std::vector<NodeFace> nodes;
  std::vector<LabelFace> labels;
};

// The zoom at which nodes and labels take up a good part of the canvas: more than 1 for small
// scenes, less for large ones. Estimated from the number of letters; sets no text.
double zoom_for(const Scene& scene, const Style& style);

// Errors  bad_data where an edge has no such node, or there is no node; those of set_text() and of
//         PictureStore, each with the number of the node or edge.
Result<MeasuredScene> measure(const Scene& scene, const Style& style, double zoom);

// What of it the layout sees.
LayoutInput layout_input(const Scene& scene, const MeasuredScene& measured, const Style& style);

}  // namespace stareval::engine
