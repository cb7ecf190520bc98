#include <array>

#include "engine/draw/style_values_internal.h"

namespace stareval::engine {
namespace {

namespace plain {
constexpr std::array kEngines = {LayoutEngine::own};
constexpr std::array kDirections = {Direction::down};
constexpr std::array kLabelPlaces = {LabelPlace::on_line};
// Force is drawn most often: its pictures are the most natural.
constexpr std::array kArrangements = {Arrangement::force,  Arrangement::force, Arrangement::force,
                                      Arrangement::circle, Arrangement::grid,  Arrangement::random};
constexpr std::array kShapes = {NodeShape::box, NodeShape::rounded, NodeShape::pill,
                                NodeShape::cut_corner};
constexpr std::array kFinishes = {NodeFinish::flat};
constexpr std::array kPicturePlaces = {PicturePlace::above, PicturePlace::above,
                                       PicturePlace::left};
constexpr std::array kLines = {LineStyle::solid};
constexpr std::array kLabels = {LabelStyle::patch, LabelStyle::framed};
constexpr std::array kHeads = {ArrowHead::filled, ArrowHead::filled, ArrowHead::open};
constexpr std::array kBackgrounds = {Background::plain};
constexpr std::array<std::string_view, 3> kFonts = {"DejaVu Sans", "DejaVu Sans", "DejaVu Serif"};
}  // namespace plain

namespace varied {
using enum LayoutEngine;
constexpr std::array kEngines = {own, own, own, own, own, own, own, dot, neato, circo};
constexpr std::array kDirections = {Direction::down,  Direction::down, Direction::right,
                                    Direction::right, Direction::up,   Direction::left};
constexpr std::array kLabelPlaces = {LabelPlace::on_line, LabelPlace::on_line, LabelPlace::beside};
constexpr std::array kShapes = {NodeShape::box,        NodeShape::rounded, NodeShape::pill,
                                NodeShape::cut_corner, NodeShape::ellipse, NodeShape::hexagon};
constexpr std::array kFinishes = {NodeFinish::flat, NodeFinish::flat, NodeFinish::shadow};
constexpr std::array kPicturePlaces = {PicturePlace::above, PicturePlace::above,
                                       PicturePlace::below, PicturePlace::left,
                                       PicturePlace::right};
constexpr std::array kLines = {LineStyle::solid, LineStyle::solid, LineStyle::solid,
                               LineStyle::dashed, LineStyle::dotted};
constexpr std::array kLabels = {LabelStyle::patch, LabelStyle::framed, LabelStyle::chip,
                                LabelStyle::halo};
constexpr std::array kHeads = {ArrowHead::filled, ArrowHead::open, ArrowHead::vee,
                               ArrowHead::triangle, ArrowHead::slim};
constexpr std::array kBackgrounds = {Background::plain, Background::plain,    Background::dots,
                                     Background::grid,  Background::gradient, Background::vignette};
constexpr std::array<std::string_view, 9> kFonts = {
    "DejaVu Sans",      "DejaVu Serif", "DejaVu Sans Mono", "Liberation Sans",
    "Liberation Serif", "Open Sans",    "Cantarell",        "Cabin",
    "Quicksand"};
}  // namespace varied

namespace shifted {
constexpr std::array kShapes = {NodeShape::leaf, NodeShape::parallelogram, NodeShape::ticket,
                                NodeShape::folded};
constexpr std::array kFinishes = {NodeFinish::double_line, NodeFinish::sketched};
constexpr std::array kLines = {LineStyle::dash_dot, LineStyle::twin, LineStyle::sketched};
constexpr std::array kLabels = {LabelStyle::underlined, LabelStyle::barred, LabelStyle::capsule};
constexpr std::array kHeads = {ArrowHead::hollow, ArrowHead::twin, ArrowHead::barb};
constexpr std::array kBackgrounds = {Background::ruled, Background::draft, Background::hatched};
constexpr std::array<std::string_view, 4> kFonts = {"Comic Neue", "Inconsolata", "Caladea", "Play"};
}  // namespace shifted

}  // namespace

const StyleValues& values_of(StyleSet set) {
  static const StyleValues kPlain = {
      plain_palettes(),     plain::kEngines, plain::kDirections, plain::kLabelPlaces,
      plain::kArrangements, plain::kShapes,  plain::kFinishes,   plain::kPicturePlaces,
      plain::kLines,        plain::kLabels,  plain::kHeads,      plain::kBackgrounds,
      plain::kFonts};
  static const StyleValues kVaried = {
      varied_palettes(),    varied::kEngines, varied::kDirections, varied::kLabelPlaces,
      plain::kArrangements, varied::kShapes,  varied::kFinishes,   varied::kPicturePlaces,
      varied::kLines,       varied::kLabels,  varied::kHeads,      varied::kBackgrounds,
      varied::kFonts};
  static const StyleValues kShifted = {
      shifted_palettes(),   varied::kEngines, varied::kDirections, varied::kLabelPlaces,
      plain::kArrangements, shifted::kShapes, shifted::kFinishes,  varied::kPicturePlaces,
      shifted::kLines,      shifted::kLabels, shifted::kHeads,     shifted::kBackgrounds,
      shifted::kFonts};
  switch (set) {
    case StyleSet::plain: return kPlain;
    case StyleSet::varied: return kVaried;
    case StyleSet::shifted: return kShifted;
  }
  return kPlain;
}

}  // namespace stareval::engine
