#include "engine/draw/draw.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "engine/draw/check.h"
#include "engine/draw/layout.h"
#include "engine/draw/measure.h"
#include "engine/draw/png_writer.h"
#include "engine/draw/quantise.h"
#include "engine/draw/render.h"

namespace stareval::engine {
namespace {

// What is tried in turn, some times each: the style as it is; all a little smaller; smaller still,
// and started from forces, because a grid or a circle may be impossible; a larger canvas, which
// only some scenes with more than twenty edges need.
struct Stage {
  double zoom;
  double canvas;
  bool keep_arrangement;
};
constexpr std::array<Stage, 5> kStages = {{{1.0, 1.0, true},
                                           {0.88, 1.0, true},
                                           {0.78, 1.0, false},
                                           {0.88, 1.2, false},
                                           {0.88, 1.4, false}}};
constexpr int kTriesPerStage = 4;

struct Attempt {
  MeasuredScene measured;
  Layout layout;
  int tries = 0;
};

Style staged(const Style& style, const Stage& stage) {
  Style out = style;
  out.width = static_cast<int>(std::lround(style.width * stage.canvas));
  out.height = static_cast<int>(std::lround(style.height * stage.canvas));
  if (!stage.keep_arrangement) out.arrangement = Arrangement::force;
  return out;
}

// More than 1 from ten edges on; by the share of layouts that pass at once.
double base_effort(const Scene& scene) {
  return 1.0 + 0.08 * std::max(0.0, static_cast<double>(scene.edges.size()) - 10.0);
}

Error no_layout(const Scene& scene, const Style& style, int tries, const Defect& defect) {
  return make_error(
      ErrorCode::bad_data,
      "scene of {} nodes and {} edges: no layout without defects in {} tries from "
      "{} x {} pixels (the last one has: {}); draw fewer edges, or on a larger canvas",
      scene.nodes.size(), scene.edges.size(), tries, style.width, style.height, to_string(defect));
}

Result<Attempt> find_layout(const Scene& scene, const Style& style, std::uint64_t seed) {
  const double zoom = zoom_for(scene, style);
  const double least_zoom = kMinFontPx / style.font_px;
  Attempt attempt;
  std::vector<Defect> defects;
  for (const Stage& stage : kStages) {
    const Style now = staged(style, stage);
    STAREVAL_TRY(attempt.measured, measure(scene, now, std::max(least_zoom, zoom * stage.zoom)));
    LayoutInput input = layout_input(scene, attempt.measured, now);
    for (int i = 0; i < kTriesPerStage; ++i) {
      Random random = Random(seed).fork(static_cast<std::uint64_t>(attempt.tries));
      // What is hard gets more time; most scenes are not.
      input.effort = base_effort(scene) + 0.5 * std::min(attempt.tries, 6);
      ++attempt.tries;
      attempt.layout = lay_out(input, random);
      defects = find_defects(attempt.layout);
      if (defects.empty()) return attempt;
    }
  }
  return no_layout(scene, style, attempt.tries, defects.front());
}

// Large buffers, kept by each thread: fresh ones cost more than a tenth of the time of a picture.
struct Buffers {
  Bitmap bitmap;
  IndexedPicture indexed;
};

Buffers& buffers_of_this_thread() {
  thread_local Buffers buffers;
  return buffers;
}

}  // namespace

Result<Picture> draw_scene(const Scene& scene, const Style& style, std::uint64_t seed) {
  STAREVAL_TRY(const Attempt attempt, find_layout(scene, style, seed));
  Buffers& buffers = buffers_of_this_thread();
  render(attempt.measured, attempt.layout, style, buffers.bitmap);
  quantise(buffers.bitmap, buffers.indexed);
  Picture picture;
  picture.png = encode_png(buffers.indexed);
  picture.width = attempt.layout.width;
  picture.height = attempt.layout.height;
  picture.tries = attempt.tries;
  for (const NodePlace& node : attempt.layout.nodes) picture.node_boxes.push_back(node.box);
  for (const EdgePlace& edge : attempt.layout.edges) picture.label_boxes.push_back(edge.label);
  return picture;
}

}  // namespace stareval::engine
