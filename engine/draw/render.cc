#include "engine/draw/render.h"

#include <algorithm>
#include <cstddef>

#include "engine/draw/cairo_internal.h"

namespace stareval::engine {
namespace {

// Distance of control points from the ends of a quarter circle of radius 1.
constexpr double kQuarter = 0.5522847498307936;

// Half width of an arrow head, as a part of its length.
constexpr double kHeadHalfWidth = 0.38;
// Sine of the angle between a side of the head and its axis.
constexpr double kHeadSine = 0.355;

std::uint32_t pixel(Colour c) {
  return 0xFF000000U | (std::uint32_t{c.red} << 16U) | (std::uint32_t{c.green} << 8U) | c.blue;
}

Colour mixed(Colour a, Colour b, double part_of_b) {
  const auto mix = [part_of_b](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(x + (y - x) * part_of_b + 0.5);
  };
  return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue)};
}

// The t of the point on the last half of the curve that is so far from its end.
double before_tip(const Cubic& path, double distance) {
  double near = 1.0;
  double far = 0.5;
  for (int step = 0; step < 16; ++step) {
    const double middle = (near + far) * 0.5;
    (length(path.p[3] - path.at(middle)) < distance ? near : far) = middle;
  }
  return far;
}

class Painter {
 public:
  Painter(const MeasuredScene& measured, const Layout& layout, const Style& style, Bitmap& bitmap)
      : measured_(measured),
        layout_(layout),
        style_(style),
        surface_(
            surface_over(bitmap.pixels.data(), bitmap.width, bitmap.height, CAIRO_FORMAT_RGB24)),
        cairo_(cairo_create(surface_.get())) {
    cairo_set_line_join(cairo(), CAIRO_LINE_JOIN_MITER);
    cairo_set_line_cap(cairo(), CAIRO_LINE_CAP_BUTT);
  }

  void paint() {
    for (const EdgePlace& edge : layout_.edges) paint_edge(edge);
    for (std::size_t v = 0; v < layout_.nodes.size(); ++v)
      paint_node(layout_.nodes[v], measured_.nodes[v]);
    for (std::size_t e = 0; e < layout_.edges.size(); ++e)
      paint_label(layout_.edges[e].label, measured_.labels[e]);
    cairo_surface_flush(surface_.get());
  }

 private:
  cairo_t* cairo() const { return cairo_.get(); }

  void ink(Colour c) const {
    cairo_set_source_rgb(cairo(), c.red / 255.0, c.green / 255.0, c.blue / 255.0);
  }

  void go_to(Point p) const { cairo_move_to(cairo(), p.x, p.y); }
  void line_to(Point p) const { cairo_line_to(cairo(), p.x, p.y); }
  void curve(const Cubic& c) const {
    cairo_curve_to(cairo(), c.p[1].x, c.p[1].y, c.p[2].x, c.p[2].y, c.p[3].x, c.p[3].y);
  }

  void paint_edge(const EdgePlace& edge) const {
    ink(style_.palette.edge);
    cairo_set_line_width(cairo(), measured_.line_px);
    const double head = arrow_length_px(layout_.zoom);
    const bool filled = style_.arrow_head == ArrowHead::filled;
    // The line ends within a filled head, and a little before the point of an open one.
    const Cubic c = edge.path.part(0.0, before_tip(edge.path, filled ? head * 0.7 : 1.0));
    go_to(edge.lead.empty() ? c.p[0] : edge.lead.front().p[0]);
    for (const Cubic& piece : edge.lead) curve(piece);
    curve(c);
    cairo_stroke(cairo());
    paint_head(edge.path, head, filled);
  }

  // The head points along the piece of curve that it covers.
  void paint_head(const Cubic& path, double head, bool filled) const {
    const Point tip = path.p[3];
    const Point along = unit(tip - path.at(before_tip(path, head * 0.8)));
    // The miter of an open head reaches out by more than its line.
    const Point point = filled ? tip : tip - along * (measured_.line_px * 0.5 / kHeadSine);
    const Point base = tip - along * head;
    const Point side = perpendicular(along) * (head * kHeadHalfWidth);
    go_to(base + side);
    line_to(point);
    line_to(base - side);
    if (!filled) return cairo_stroke(cairo());
    line_to(tip - along * (head * 0.78));
    cairo_close_path(cairo());
    cairo_fill(cairo());
  }

  void round_box(const Rect& b, double r) const {
    const double k = r * (1.0 - kQuarter);
    go_to({b.left + r, b.top});
    line_to({b.right - r, b.top});
    cairo_curve_to(cairo(), b.right - k, b.top, b.right, b.top + k, b.right, b.top + r);
    line_to({b.right, b.bottom - r});
    cairo_curve_to(cairo(), b.right, b.bottom - k, b.right - k, b.bottom, b.right - r, b.bottom);
    line_to({b.left + r, b.bottom});
    cairo_curve_to(cairo(), b.left + k, b.bottom, b.left, b.bottom - k, b.left, b.bottom - r);
    line_to({b.left, b.top + r});
    cairo_curve_to(cairo(), b.left, b.top + k, b.left + k, b.top, b.left + r, b.top);
    cairo_close_path(cairo());
  }

  void cut_box(const Rect& b, double c) const {
    go_to({b.left + c, b.top});
    for (const Point p :
         {Point{b.right - c, b.top}, Point{b.right, b.top + c}, Point{b.right, b.bottom - c},
          Point{b.right - c, b.bottom}, Point{b.left + c, b.bottom}, Point{b.left, b.bottom - c},
          Point{b.left, b.top + c}})
      line_to(p);
    cairo_close_path(cairo());
  }

  void outline(const NodePlace& node) const {
    switch (node.shape) {
      case NodeShape::box:
        return cairo_rectangle(cairo(), node.box.left, node.box.top, node.box.width(),
                               node.box.height());
      case NodeShape::rounded:
      case NodeShape::pill: return round_box(node.box, node.corner);
      case NodeShape::cut_corner: return cut_box(node.box, node.corner);
    }
  }

  void paint_node(const NodePlace& node, const NodeFace& face) const {
    outline(node);
    ink(style_.palette.node_fill);
    cairo_fill_preserve(cairo());
    ink(style_.palette.node_border);
    cairo_set_line_width(cairo(), measured_.line_px);
    cairo_stroke(cairo());
    const Point corner = {node.box.left, node.box.top};
    if (face.picture) paint_picture(*face.picture, corner + face.picture_at);
    face.name.draw(cairo(), corner + face.name_at, style_.palette.node_text);
  }

  // A thin frame, so that a white flag is seen on a white node.
  void paint_picture(const Bitmap& picture, Point at) const {
    const SurfacePtr source =
        surface_over(picture.pixels.data(), picture.width, picture.height, CAIRO_FORMAT_ARGB32);
    cairo_set_source_surface(cairo(), source.get(), at.x, at.y);
    cairo_paint(cairo());
    // Let go of the pixels, which belong to the picture store.
    ink(mixed(style_.palette.node_fill, style_.palette.node_border, 0.45));
    if (!opaque_corners(picture)) return;
    cairo_set_line_width(cairo(), 1.0);
    cairo_rectangle(cairo(), at.x - 0.5, at.y - 0.5, picture.width + 1.0, picture.height + 1.0);
    cairo_stroke(cairo());
  }

  // Emoji and non-rectangular flags get no frame.
  static bool opaque_corners(const Bitmap& picture) {
    const auto& p = picture.pixels;
    const auto width = static_cast<std::size_t>(picture.width);
    const auto solid = [](std::uint32_t value) { return (value >> 24U) > 250U; };
    return solid(p.front()) && solid(p[width - 1]) && solid(p[p.size() - width]) && solid(p.back());
  }

  void paint_label(const Rect& box, const LabelFace& face) const {
    if (face.text.empty()) return;
    const bool framed = style_.label_style == LabelStyle::framed;
    ink(framed ? style_.palette.label_fill : style_.palette.background);
    cairo_rectangle(cairo(), box.left, box.top, box.width(), box.height());
    cairo_fill(cairo());
    if (framed) {
      ink(style_.palette.label_frame);
      cairo_set_line_width(cairo(), 1.0);
      cairo_rectangle(cairo(), box.left + 0.5, box.top + 0.5, box.width() - 1.0,
                      box.height() - 1.0);
      cairo_stroke(cairo());
    }
    face.text.draw(cairo(), Point{box.left, box.top} + face.text_at, style_.palette.label_text);
  }

  const MeasuredScene& measured_;
  const Layout& layout_;
  const Style& style_;
  SurfacePtr surface_;
  CairoPtr cairo_;
};

}  // namespace

void render(const MeasuredScene& measured, const Layout& layout, const Style& style,
            Bitmap& bitmap) {
  bitmap.width = layout.width;
  bitmap.height = layout.height;
  bitmap.pixels.assign(
      static_cast<std::size_t>(layout.width) * static_cast<std::size_t>(layout.height),
      pixel(style.palette.background));
  Painter(measured, layout, style, bitmap).paint();
}

}  // namespace stareval::engine
