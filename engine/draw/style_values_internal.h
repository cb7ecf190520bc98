// What each style set chooses from: tables. A value that stands twice is drawn twice as often.
// Thread  constants.
#pragma once

#include <span>
#include <string_view>

#include "engine/draw/style.h"

namespace stareval::engine {

struct StyleValues {
  std::span<const Palette> palettes;
  std::span<const LayoutEngine> engines;
  std::span<const Direction> directions;
  std::span<const LabelPlace> label_places;
  std::span<const Arrangement> arrangements;
  std::span<const NodeShape> shapes;
  std::span<const NodeFinish> finishes;
  std::span<const PicturePlace> picture_places;
  std::span<const LineStyle> lines;
  std::span<const LabelStyle> labels;
  std::span<const ArrowHead> heads;
  std::span<const Background> backgrounds;
  std::span<const std::string_view> fonts;
};

const StyleValues& values_of(StyleSet set);

}  // namespace stareval::engine
