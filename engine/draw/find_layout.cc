#include "engine/draw/find_layout.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "engine/draw/check.h"
#include "engine/draw/layout_dot.h"

namespace stareval::engine {
namespace {

// What is tried in turn, some times each: the style as it is; all a little smaller; smaller still,
// and started from forces, because a grid or a circle may be impossible; last, as small as can be
// read.
struct Stage {
  double zoom;
  int least_font_px;
  bool keep_arrangement;
  bool may_bend;  // what should be straight
};
constexpr std::array<Stage, 5> kStages = {{{1.0, kMinFontPx, true, false},
                                           {0.88, kMinFontPx, true, false},
                                           {0.78, kMinFontPx, false, true},
                                           {0.66, kLeastFontPx, false, true},
                                           {0.0, kLeastFontPx, false, true}}};
constexpr int kTriesPerStage = 4;

// So many defects are not chance: the same size is not tried again.
constexpr std::size_t kHopeless = 6;

// Less than 1 for few nodes and edges, more from ten edges on; by the share of layouts that pass at
// once.
double base_effort(const Scene& scene) {
  const auto parts = static_cast<double>(scene.nodes.size() + scene.edges.size());
  return std::clamp(parts / 15.0, 0.5, 1.0) +
         0.08 * std::max(0.0, static_cast<double>(scene.edges.size()) - 10.0);
}

class Finder {
 public:
  Finder(const Scene& scene, const Style& style, std::uint64_t seed)
      : scene_(scene), style_(style), seed_(seed), zoom_(zoom_for(scene, style)) {}

  Result<FoundLayout> run() {
    bool found = false;
    if (style_.engine == LayoutEngine::dot) {
      STAREVAL_TRY(found, try_dot());
    }
    if (!found && style_.engine != LayoutEngine::own) {
      STAREVAL_TRY(found, try_anchored());
    }
    if (!found) {
      STAREVAL_TRY(found, try_own());
    }
    if (!found) return failure();
    return std::move(out_);
  }

 private:
  Result<LayoutInput> measured(double zoom, int least_font_px) {
    const double least = least_font_px / style_.font_px;
    STAREVAL_TRY(out_.measured, measure(scene_, style_, std::max(least, zoom)));
    return layout_input(scene_, out_.measured, style_);
  }

  bool passes(Layout layout, LayoutEngine engine) {
    ++out_.tries;
    out_.engine = engine;
    out_.layout = std::move(layout);
    defects_ = find_defects(out_.layout);
    return defects_.empty();
  }

  Random next_random() { return Random(seed_).fork(static_cast<std::uint64_t>(out_.tries)); }

  // What is hard gets more time; most scenes are not.
  [[nodiscard]] double effort() const {
    return base_effort(scene_) + 0.5 * std::min(out_.tries, 6);
  }

  // The largest zoom at which it fits and has no defects.
  Result<bool> try_dot() {
    constexpr int kTries = 5;
    const double least = kMinFontPx / style_.font_px;
    double zoom = zoom_;
    for (int i = 0; i < kTries; ++i) {
      STAREVAL_TRY(const LayoutInput input, measured(zoom, kMinFontPx));
      STAREVAL_TRY(DotLayout dot, lay_out_dot(input));
      const double overflow = dot.overflow;
      if (passes(std::move(dot.layout), LayoutEngine::dot)) return true;
      if (zoom <= least) return false;
      zoom *= overflow > 1.0 ? std::max(0.6, 0.97 / overflow) : 0.88;
    }
    return false;
  }

  // Positions of Graphviz, lines and small steps of the own search.
  Result<bool> try_anchored() {
    constexpr int kTries = 2;
    for (const double part : {1.0, 0.88, 0.78}) {
      STAREVAL_TRY(LayoutInput input, measured(zoom_ * part, kMinFontPx));
      for (int i = 0; i < kTries; ++i) {
        Random random = next_random();
        STAREVAL_TRY(input.anchors, graphviz_anchors(input, style_.engine, random.next()));
        input.may_bend = part < 0.8;
        input.effort = effort();
        if (passes(lay_out(input, random), style_.engine)) return true;
        if (defects_.size() > kHopeless) break;
      }
    }
    return false;
  }

  Result<bool> try_own() {
    for (const Stage& stage : kStages) {
      STAREVAL_TRY(LayoutInput input, measured(zoom_ * stage.zoom, stage.least_font_px));
      if (!stage.keep_arrangement) input.arrangement = Arrangement::force;
      input.may_bend = stage.may_bend;
      for (int i = 0; i < kTriesPerStage; ++i) {
        Random random = next_random();
        input.effort = effort();
        if (passes(lay_out(input, random), LayoutEngine::own)) return true;
        if (defects_.size() > kHopeless) break;
      }
    }
    return false;
  }

  [[nodiscard]] Error failure() const {
    return make_error(
        ErrorCode::bad_data,
        "scene of {} nodes and {} edges: no layout without defects in {} tries on {} x {} pixels "
        "(the last one has: {}); draw fewer edges, or on a larger canvas",
        scene_.nodes.size(), scene_.edges.size(), out_.tries, style_.width, style_.height,
        to_string(defects_.front()));
  }

  const Scene& scene_;
  const Style& style_;
  std::uint64_t seed_;
  double zoom_;
  FoundLayout out_;
  std::vector<Defect> defects_;
};

}  // namespace

Result<FoundLayout> find_layout(const Scene& scene, const Style& style, std::uint64_t seed) {
  return Finder(scene, style, seed).run();
}

}  // namespace stareval::engine
