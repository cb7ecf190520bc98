#include "engine/draw/render.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "engine/draw/arrow_internal.h"
#include "engine/draw/background.h"
#include "engine/draw/pen_internal.h"

namespace stareval::engine {
namespace {

// By how much a hand is off, in pixels at zoom 1.
constexpr double kWobble = 1.1;

constexpr Colour kBlack{0, 0, 0};
constexpr Colour kWhite{255, 255, 255};

// Does any corner let the node be seen? Then the picture is an emoji or a flag that is no
// rectangle.
bool is_rectangle(const Bitmap& picture) {
  const auto& p = picture.pixels;
  const auto width = static_cast<std::size_t>(picture.width);
  const auto solid = [](std::uint32_t value) { return (value >> 24U) > 250U; };
  return solid(p.front()) && solid(p[width - 1]) && solid(p[p.size() - width]) && solid(p.back());
}

NodePlace rounded_box(const Rect& box, double corner) {
  return {box, NodeShape::rounded, std::min(corner, box.height() * 0.5)};
}

class Painter {
 public:
  Painter(const MeasuredScene& measured, const Layout& layout, const Style& style, Bitmap& bitmap)
      : measured_(measured),
        layout_(layout),
        style_(style),
        palette_(style.palette),
        bitmap_(bitmap),
        surface_(
            surface_over(bitmap.pixels.data(), bitmap.width, bitmap.height, CAIRO_FORMAT_RGB24)),
        pen_(surface_.get()) {}

  void paint() {
    std::vector<Colour> grounds;
    for (const EdgePlace& edge : layout_.edges) grounds.push_back(ground_of(edge.label));
    for (const EdgePlace& edge : layout_.edges) paint_edge(edge);
    for (std::size_t v = 0; v < layout_.nodes.size(); ++v)
      paint_node(layout_.nodes[v], measured_.nodes[v], palette_.node(v));
    for (std::size_t e = 0; e < layout_.edges.size(); ++e)
      paint_label(layout_.edges[e].label, measured_.labels[e], grounds[e]);
    cairo_surface_flush(surface_.get());
  }

 private:
  [[nodiscard]] double px(double at_zoom_one) const { return at_zoom_one * layout_.zoom; }

  // What a patch must be filled with, so that it is not seen.
  [[nodiscard]] Colour ground_of(const Rect& label) const {
    const bool shaded =
        style_.background == Background::gradient || style_.background == Background::vignette;
    if (!shaded || label.empty()) return palette_.background;
    const auto at = [](double value, int most) {
      return static_cast<std::size_t>(std::clamp(value, 0.0, most - 1.0));
    };
    const Point p = label.centre();
    return colour(bitmap_.pixels[at(p.y, bitmap_.height) * static_cast<std::size_t>(bitmap_.width) +
                                 at(p.x, bitmap_.width)]);
  }

  void paint_edge(const EdgePlace& edge) const {
    const HeadPaint head = {style_.arrow_head, arrow_length_px(layout_.zoom), line_width(),
                            palette_.edge, palette_.background};
    const Cubic last = edge.path.part(0.0, before_tip(edge.path, line_gap_px(head)));
    pen_.go_to(edge.lead.empty() ? last.p[0] : edge.lead.front().p[0]);
    for (const Cubic& c : edge.lead) pen_.curve_to(c.p[1], c.p[2], c.p[3]);
    pen_.curve_to(last.p[1], last.p[2], last.p[3]);
    stroke_line();
    draw_head(pen_, head, edge.path);
  }

  // Of two strokes side by side, the whole.
  [[nodiscard]] double line_width() const {
    const bool twin = style_.line_style == LineStyle::twin;
    return twin ? measured_.line_px * 2.0 + px(1.4) : measured_.line_px;
  }

  void stroke_line() const {
    const double line = measured_.line_px;
    pen_.ink(palette_.edge);
    switch (style_.line_style) {
      case LineStyle::solid: return pen_.stroke(line);
      case LineStyle::dashed: return stroke_dashed(std::array{px(8.0), px(4.5)});
      case LineStyle::dotted: return stroke_dashed(std::array{line * 1.7, line * 1.4});
      case LineStyle::dash_dot:
        return stroke_dashed(std::array{px(11.0), px(4.0), line * 1.3, px(4.0)});
      case LineStyle::twin:
        return pen_.stroke_twice(line_width(), palette_.edge, palette_.background);
      case LineStyle::sketched: return pen_.stroke_by_hand(line, px(kWobble));
    }
  }

  template <std::size_t N>
  void stroke_dashed(const std::array<double, N>& dashes) const {
    cairo_set_dash(pen_.cairo(), dashes.data(), static_cast<int>(N), 0.0);
    pen_.stroke(measured_.line_px);
    cairo_set_dash(pen_.cairo(), nullptr, 0, 0.0);
  }

  void paint_node(const NodePlace& node, const NodeFace& face, const NodeColours& colours) const {
    if (style_.node_finish == NodeFinish::shadow) paint_shadow(node);
    pen_.outline(node);
    pen_.fill(colours.fill);
    if (node.shape == NodeShape::folded) paint_fold(node, colours);
    paint_border(node, colours.border);
    const Point corner = {node.box.left, node.box.top};
    if (face.picture) paint_picture(*face.picture, corner + face.picture_at, colours);
    face.name.draw(pen_.cairo(), corner + face.name_at, colours.text);
  }

  void paint_border(const NodePlace& node, Colour border) const {
    pen_.outline(node);
    pen_.ink(border);
    const bool by_hand = style_.node_finish == NodeFinish::sketched;
    if (by_hand) return pen_.stroke_by_hand(measured_.line_px, px(kWobble));
    pen_.stroke(measured_.line_px);
    if (style_.node_finish != NodeFinish::double_line) return;
    const double inset = px(2.0) + measured_.line_px;
    pen_.outline({node.box.grown(-inset), node.shape, std::max(0.0, node.corner - inset * 0.6)});
    pen_.stroke(std::max(1.0, measured_.line_px * 0.6));
  }

  // Two layers, the wider one the fainter.
  void paint_shadow(const NodePlace& node) const {
    const double strength = luma(palette_.background) > 127 ? 0.08 : 0.25;
    for (int layer = 1; layer <= 2; ++layer) {
      const double grow = px(1.7 - layer);
      pen_.outline({node.box.grown(grow).moved({px(1.2), px(3.0)}), node.shape,
                    std::max(0.0, node.corner + grow)});
      pen_.fill(mixed(palette_.background, kBlack, strength * layer));
    }
  }

  void paint_fold(const NodePlace& node, const NodeColours& colours) const {
    const Rect& b = node.box;
    pen_.go_to({b.right - node.corner, b.top});
    pen_.line_to({b.right - node.corner, b.top + node.corner});
    pen_.line_to({b.right, b.top + node.corner});
    pen_.close();
    pen_.fill(mixed(colours.fill, colours.border, 0.35));
  }

  // A thin frame, so that a white flag is seen on a white node; a light plate, so that a dark emoji
  // is seen on a dark one.
  void paint_picture(const Bitmap& picture, Point at, const NodeColours& colours) const {
    const Rect box = {at.x, at.y, at.x + picture.width, at.y + picture.height};
    const bool rectangle = is_rectangle(picture);
    if (!rectangle && luma(colours.fill) < 150) {
      pen_.outline(rounded_box(box.grown(px(2.0)), px(4.0)));
      pen_.fill(mixed(kWhite, colours.fill, 0.12));
    }
    const SurfacePtr source =
        surface_over(picture.pixels.data(), picture.width, picture.height, CAIRO_FORMAT_ARGB32);
    cairo_set_source_surface(pen_.cairo(), source.get(), at.x, at.y);
    cairo_paint(pen_.cairo());
    // Let go of the pixels, which belong to the picture store.
    pen_.ink(mixed(colours.fill, colours.border, 0.45));
    if (!rectangle) return;
    pen_.box(box.grown(0.5));
    pen_.stroke(1.0);
  }

  void paint_label(const Rect& box, const LabelFace& face, Colour ground) const {
    if (face.text.empty()) return;
    const Point at = Point{box.left, box.top} + face.text_at;
    paint_label_ground(box, ground);
    if (style_.label_style == LabelStyle::halo) paint_halo(face.text, at, ground);
    const bool chip = style_.label_style == LabelStyle::chip;
    face.text.draw(pen_.cairo(), at, chip ? palette_.background : palette_.label_text);
  }

  void paint_label_ground(const Rect& box, Colour ground) const {
    switch (style_.label_style) {
      case LabelStyle::halo: return;
      case LabelStyle::patch: return pen_.fill_box(box, ground);
      case LabelStyle::framed: return framed(box);
      case LabelStyle::chip:
        pen_.outline(rounded_box(box, px(5.0)));
        return pen_.fill(palette_.edge);
      case LabelStyle::underlined:
        pen_.fill_box(box, ground);
        return pen_.fill_box({box.left, box.bottom - std::max(1.0, px(1.5)), box.right, box.bottom},
                             palette_.edge);
      case LabelStyle::barred:
        pen_.fill_box(box, palette_.label_fill);
        return pen_.fill_box({box.left, box.top, box.left + std::max(3.0, px(3.0)), box.bottom},
                             palette_.label_frame);
      case LabelStyle::capsule: return capsule(box);
    }
  }

  // The strip behind the letters keeps the line out of the gaps between words.
  void paint_halo(const TextBlock& text, Point at, Colour ground) const {
    const Size size = text.size();
    pen_.fill_box({at.x, at.y + size.height * 0.25, at.x + size.width, at.y + size.height * 0.8},
                  ground);
    text.draw_halo(pen_.cairo(), at, ground, std::max(2.0, px(2.4)));
  }

  void framed(const Rect& box) const {
    pen_.fill_box(box, palette_.label_fill);
    pen_.ink(palette_.label_frame);
    pen_.box(box.grown(-0.5));
    pen_.stroke(1.0);
  }

  void capsule(const Rect& box) const {
    const NodePlace shape = rounded_box(box.grown(-0.5), box.height());
    pen_.outline(shape);
    pen_.fill(palette_.label_fill);
    pen_.outline(shape);
    pen_.ink(palette_.label_frame);
    pen_.stroke(std::max(1.0, px(1.1)));
  }

  const MeasuredScene& measured_;
  const Layout& layout_;
  const Style& style_;
  const Palette& palette_;
  const Bitmap& bitmap_;
  SurfacePtr surface_;
  Pen pen_;
};

}  // namespace

void render(const MeasuredScene& measured, const Layout& layout, const Style& style,
            Bitmap& bitmap) {
  bitmap.width = layout.width;
  bitmap.height = layout.height;
  bitmap.pixels.resize(static_cast<std::size_t>(layout.width) *
                       static_cast<std::size_t>(layout.height));
  paint_background(style, bitmap);
  Painter(measured, layout, style, bitmap).paint();
}

}  // namespace stareval::engine
