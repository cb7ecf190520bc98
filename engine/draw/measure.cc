#include "engine/draw/measure.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace stareval::engine {
namespace {

// Widest line before a text is broken, in font sizes: "Dominican Republic" just fits.
constexpr double kMostLineEms = 10.0;

// A picture is at most this many times as wide as high; wider ones get less high.
constexpr double kMostAspect = 1.8;

constexpr double kNodePaddingX = 11.0;
constexpr double kNodePaddingY = 7.0;
constexpr double kPictureGap = 5.0;

int even(double value) { return 2 * static_cast<int>(std::ceil(value * 0.5)); }

// Labels of edges, too, shrink below kMinFontPx only where the names of nodes do.
int font_px(const Style& style, double zoom, double scale) {
  const bool smallest = style.font_px * zoom < kMinFontPx - 0.5;
  return std::max(smallest ? kLeastFontPx : kMinFontPx,
                  static_cast<int>(std::lround(style.font_px * zoom * scale)));
}

Size bitmap_size(const SharedBitmap& bitmap) {
  return {static_cast<double>(bitmap->width), static_cast<double>(bitmap->height)};
}

Result<SharedBitmap> picture_for(const std::string& path, double height) {
  STAREVAL_TRY(const SharedBitmap original, PictureStore::shared().load(path));
  const double aspect = static_cast<double>(original->width) / original->height;
  // Equal areas look equally big: a square emoji is higher than a wide flag.
  const double high = height * std::min({1.0, kMostAspect / aspect}) * (aspect < 1.2 ? 1.1 : 1.0);
  const int h = std::max(8, static_cast<int>(std::lround(high)));
  const int w = std::max(8, static_cast<int>(std::lround(high * aspect)));
  return PictureStore::shared().scaled(path, w, h);
}

// Picture and name one upon the other, or side by side, within the padding.
void arrange_face(NodeFace& face, PicturePlace place, Size padding, double gap) {
  const Size name = face.name.size();
  const Size picture = face.picture ? bitmap_size(face.picture) : Size{};
  const double between = face.picture && !face.name.empty() ? gap : 0.0;
  const bool above = place == PicturePlace::above;
  const Size inner =
      above ? Size{std::max(name.width, picture.width), name.height + between + picture.height}
            : Size{name.width + between + picture.width, std::max(name.height, picture.height)};
  face.box = {static_cast<double>(even(inner.width + 2.0 * padding.width)),
              static_cast<double>(even(inner.height + 2.0 * padding.height))};
  const Point left_top = {std::floor((face.box.width - inner.width) * 0.5),
                          std::floor((face.box.height - inner.height) * 0.5)};
  face.picture_at = left_top;
  face.name_at = left_top;
  if (above) {
    face.picture_at.x = std::floor((face.box.width - picture.width) * 0.5);
    face.name_at.x = std::floor((face.box.width - name.width) * 0.5);
    face.name_at.y += picture.height + between;
  } else {
    face.picture_at.y = std::floor((face.box.height - picture.height) * 0.5);
    face.name_at.y = std::floor((face.box.height - name.height) * 0.5);
    face.name_at.x += picture.width + between;
  }
}

Result<NodeFace> measure_node(const SceneNode& node, const Style& style, double zoom) {
  NodeFace face;
  const Font font = {style.font_family, font_px(style, zoom, 1.0)};
  STAREVAL_TRY(face.name, set_text(node.label, font, kMostLineEms * font.px));
  if (node.image_path) {
    STAREVAL_TRY(face.picture, picture_for(*node.image_path, style.picture_height_px * zoom));
  }
  // A pill's round ends need room beside the text.
  const double wide = style.node_shape == NodeShape::pill ? 4.0 : 0.0;
  const double high = face.picture ? kNodePaddingY + 2.0 : kNodePaddingY;
  const double gap = kPictureGap + (style.picture_place == PicturePlace::left ? 3.0 : 0.0);
  arrange_face(face, style.picture_place, {(kNodePaddingX + wide) * zoom, high * zoom},
               std::round(gap * zoom));
  return face;
}

Result<LabelFace> measure_label(const SceneEdge& edge, const Style& style, double zoom) {
  LabelFace face;
  const Font font = {style.font_family, font_px(style, zoom, style.label_font_scale)};
  STAREVAL_TRY(face.text, set_text(edge.label, font, kMostLineEms * font.px));
  if (face.text.empty()) return face;
  const Size text = face.text.size();
  face.box = {static_cast<double>(even(text.width + 9.0 * zoom)),
              static_cast<double>(even(text.height + 4.0 * zoom))};
  face.text_at = {std::floor((face.box.width - text.width) * 0.5),
                  std::floor((face.box.height - text.height) * 0.5)};
  return face;
}

Result<void> check_scene(const Scene& scene) {
  if (scene.nodes.empty())
    return make_error(ErrorCode::bad_data, "scene: expected at least one node, found none");
  const int n = static_cast<int>(scene.nodes.size());
  for (std::size_t e = 0; e < scene.edges.size(); ++e) {
    const SceneEdge& edge = scene.edges[e];
    if (edge.from < 0 || edge.from >= n || edge.to < 0 || edge.to >= n)
      return make_error(ErrorCode::bad_data,
                        "scene: edge {} goes from node {} to node {}; expected nodes 0 to {}", e,
                        edge.from, edge.to, n - 1);
  }
  return {};
}

Error located(const char* what, std::size_t index, const Error& error) {
  return make_error(error.code, "scene: {} {}: {}", what, index, error.message);
}

// Area in pixels that a text of so many bytes takes with a margin around it, at zoom 1. A letter
// is about 0.56 font sizes wide in the pinned fonts.
double text_area(std::size_t letters, double px, double margin) {
  const double width = 0.56 * px * static_cast<double>(letters);
  const double lines = std::ceil(width / (kMostLineEms * px));
  return (width / std::max(lines, 1.0) + margin) * (lines * 1.2 * px + margin);
}

}  // namespace

double zoom_for(const Scene& scene, const Style& style) {
  constexpr double kGoodLoad = 0.30;  // by eye
  constexpr double kMost = 1.35;
  double load = 0.0;
  for (const SceneNode& node : scene.nodes) {
    load += text_area(node.label.size(), style.font_px, 44.0);
    if (node.image_path) load += style.picture_height_px * style.picture_height_px * 2.0;
  }
  for (const SceneEdge& edge : scene.edges)
    load += text_area(edge.label.size(), style.font_px * style.label_font_scale, 46.0);
  const double canvas = static_cast<double>(style.width) * style.height;
  const double zoom = std::sqrt(kGoodLoad * canvas / std::max(load, 1.0));
  return std::clamp(zoom, kMinFontPx / style.font_px, kMost);
}

Result<MeasuredScene> measure(const Scene& scene, const Style& style, double zoom) {
  STAREVAL_CHECK(check_scene(scene));
  MeasuredScene out;
  out.zoom = zoom;
  out.line_px = style.line_px * std::max(zoom, 0.9);
  for (std::size_t v = 0; v < scene.nodes.size(); ++v) {
    auto face = measure_node(scene.nodes[v], style, zoom);
    if (face.has_error()) return located("node", v, face.error());
    out.nodes.push_back(std::move(face).value());
  }
  for (std::size_t e = 0; e < scene.edges.size(); ++e) {
    auto face = measure_label(scene.edges[e], style, zoom);
    if (face.has_error()) return located("edge", e, face.error());
    out.labels.push_back(std::move(face).value());
  }
  return out;
}

LayoutInput layout_input(const Scene& scene, const MeasuredScene& measured, const Style& style) {
  LayoutInput input;
  input.canvas = {static_cast<double>(style.width), static_cast<double>(style.height)};
  input.zoom = measured.zoom;
  input.line_px = measured.line_px;
  input.arrangement = style.arrangement;
  input.direction = style.direction;
  input.label_place = style.label_place;
  input.curvature = style.curvature;
  input.shape = style.node_shape;
  for (const NodeFace& face : measured.nodes) input.nodes.push_back(face.box);
  for (std::size_t e = 0; e < scene.edges.size(); ++e)
    input.links.push_back({scene.edges[e].from, scene.edges[e].to, measured.labels[e].box});
  return input;
}

}  // namespace stareval::engine
