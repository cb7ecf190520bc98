#include "engine/draw/measure.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "engine/draw/pinned_font.h"

namespace stareval::engine {
namespace {

// Widest line before a text is broken, in font sizes: "Dominican Republic" just fits.
constexpr double kMostLineEms = 10.0;

// A picture is at most this many times as wide as high; wider ones get less high.
constexpr double kMostAspect = 1.8;

constexpr double kNodePaddingX = 11.0;
constexpr double kNodePaddingY = 7.0;

int even(double value) { return 2 * static_cast<int>(std::ceil(value * 0.5)); }

// 1 up to the area of 1024 x 768, and 1.5 for a little more than 1536 x 1152.
double canvas_scale(const Style& style) {
  const double area = static_cast<double>(style.width) * style.height;
  return std::clamp(std::sqrt(area / (1024.0 * 768.0)), 1.0, 1.5);
}

// What all faces of a picture share.
struct Setting {
  const Style& style;
  double zoom;
  Font name;
  Font label;
};

// `scale` is that of labels against names, which shrink below kMinFontPx only where names do.
// Sizes are counted in DejaVu Sans; other families have a scale of their own.
Font font(const Style& style, const std::string& family, double zoom, double scale) {
  const bool smallest = style.font_px * zoom < kMinFontPx - 0.5;
  const double least = smallest ? kLeastFontPx : kMinFontPx * canvas_scale(style);
  const double wanted = style.font_px * zoom * scale;
  const PinnedFont* pinned = find_font(family);
  const double scaled = std::max(wanted, least) * (pinned == nullptr ? 1.0 : pinned->scale);
  return {family, static_cast<int>(std::lround(std::max(scaled, least)))};
}

Result<Setting> setting_for(const Scene& scene, const Style& style, double zoom) {
  std::vector<std::string_view> texts;
  for (const SceneNode& node : scene.nodes) texts.push_back(node.label);
  for (const SceneEdge& edge : scene.edges) texts.push_back(edge.label);
  STAREVAL_TRY(const std::string family, font_for(texts, style.font_family));
  return Setting{style, zoom, font(style, family, zoom, 1.0),
                 font(style, family, zoom, style.label_font_scale)};
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

// Where picture and name stand within their common box, and how large that is.
struct Content {
  Size size;
  Point picture_at;
  Point name_at;
};

// One upon the other, or side by side, centred on each other.
Content arranged(Size picture, Size name, PicturePlace place, double gap) {
  const bool stacked = place == PicturePlace::above || place == PicturePlace::below;
  const bool picture_first = place == PicturePlace::above || place == PicturePlace::left;
  Content out;
  if (stacked) {
    out.size = {std::max(name.width, picture.width), name.height + gap + picture.height};
    out.picture_at = {(out.size.width - picture.width) * 0.5, 0.0};
    out.name_at = {(out.size.width - name.width) * 0.5, 0.0};
    (picture_first ? out.name_at.y : out.picture_at.y) =
        (picture_first ? picture.height : name.height) + gap;
  } else {
    out.size = {name.width + gap + picture.width, std::max(name.height, picture.height)};
    out.picture_at = {0.0, (out.size.height - picture.height) * 0.5};
    out.name_at = {0.0, (out.size.height - name.height) * 0.5};
    (picture_first ? out.name_at.x : out.picture_at.x) =
        (picture_first ? picture.width : name.width) + gap;
  }
  return out;
}

Size padded(Size content, double x, double y) {
  return {content.width + 2.0 * x, content.height + 2.0 * y};
}

Size even(Size size) {
  return {static_cast<double>(even(size.width)), static_cast<double>(even(size.height))};
}

Point floored(Point p) { return {std::floor(p.x), std::floor(p.y)}; }

void fit_box(NodeFace& face, const Style& style, double zoom) {
  const bool stacked =
      style.picture_place == PicturePlace::above || style.picture_place == PicturePlace::below;
  const double gap =
      face.picture && !face.name.empty() ? std::round((stacked ? 5.0 : 8.0) * zoom) : 0.0;
  const Size picture = face.picture ? bitmap_size(face.picture) : Size{};
  const Content content = arranged(picture, face.name.size(), style.picture_place, gap);
  // A second border needs room, too.
  const double more = style.node_finish == NodeFinish::double_line ? 4.0 : 0.0;
  const double high = kNodePaddingY + more + (face.picture ? 2.0 : 0.0);
  const Size inner = padded(content.size, (kNodePaddingX + more) * zoom, high * zoom);
  face.box = even(box_around(style.node_shape, inner, zoom));
  const Point left_top = {(face.box.width - content.size.width) * 0.5,
                          (face.box.height - content.size.height) * 0.5};
  face.picture_at = floored(left_top + content.picture_at);
  face.name_at = floored(left_top + content.name_at);
}

Result<NodeFace> measure_node(const SceneNode& node, const Setting& setting) {
  NodeFace face;
  STAREVAL_TRY(face.name, set_text(node.label, setting.name, kMostLineEms * setting.name.px));
  if (node.image_path) {
    const double height = setting.style.picture_height_px * setting.zoom;
    STAREVAL_TRY(face.picture, picture_for(*node.image_path, height));
  }
  fit_box(face, setting.style, setting.zoom);
  return face;
}

// Room around the letters of a label, on both sides together.
Size label_padding(LabelStyle style) {
  switch (style) {
    case LabelStyle::patch:
    case LabelStyle::framed: return {9.0, 4.0};
    case LabelStyle::halo: return {6.0, 2.0};
    case LabelStyle::chip: return {13.0, 6.0};
    case LabelStyle::underlined: return {7.0, 6.0};
    case LabelStyle::barred: return {15.0, 5.0};
    case LabelStyle::capsule: return {19.0, 6.0};
  }
  return {9.0, 4.0};
}

Result<LabelFace> measure_label(const SceneEdge& edge, const Setting& setting) {
  LabelFace face;
  STAREVAL_TRY(face.text, set_text(edge.label, setting.label, kMostLineEms * setting.label.px));
  if (face.text.empty()) return face;
  const Size text = face.text.size();
  const Size room = label_padding(setting.style.label_style);
  face.box = even(padded(text, room.width * 0.5 * setting.zoom, room.height * 0.5 * setting.zoom));
  // The bar at the left takes a part of the room.
  const double shift = setting.style.label_style == LabelStyle::barred ? 1.5 * setting.zoom : 0.0;
  face.text_at =
      floored({(face.box.width - text.width) * 0.5 + shift, (face.box.height - text.height) * 0.5});
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
  const double scale = canvas_scale(style);
  const double most = 1.35 * scale;
  double load = 0.0;
  for (const SceneNode& node : scene.nodes) {
    load += text_area(node.label.size(), style.font_px, 44.0);
    if (node.image_path) load += style.picture_height_px * style.picture_height_px * 2.0;
  }
  for (const SceneEdge& edge : scene.edges)
    load += text_area(edge.label.size(), style.font_px * style.label_font_scale, 46.0);
  const double canvas = static_cast<double>(style.width) * style.height;
  const double zoom = std::sqrt(kGoodLoad * canvas / std::max(load, 1.0));
  return std::clamp(zoom, kMinFontPx * scale / style.font_px, most);
}

Result<MeasuredScene> measure(const Scene& scene, const Style& style, double zoom) {
  STAREVAL_CHECK(check_scene(scene));
  STAREVAL_TRY(const Setting setting, setting_for(scene, style, zoom));
  MeasuredScene out;
  out.zoom = zoom;
  out.line_px = style.line_px * std::max(zoom, 0.9);
  for (std::size_t v = 0; v < scene.nodes.size(); ++v) {
    auto face = measure_node(scene.nodes[v], setting);
    if (face.has_error()) return located("node", v, face.error());
    out.nodes.push_back(std::move(face).value());
  }
  for (std::size_t e = 0; e < scene.edges.size(); ++e) {
    auto face = measure_label(scene.edges[e], setting);
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
