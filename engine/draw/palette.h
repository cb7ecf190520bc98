// Colours of a picture, as data. Each style set has palettes of its own.
// Contrast (WCAG 2.1) of text on each ground that it may stand on: at least 7 : 1 in `plain`,
//         4.5 : 1 in the others. Lines keep 4.5 : 1 and node borders 3 : 1 from the background.
// Thread  values and pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace stareval::engine {

struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;

  friend bool operator==(const Colour&, const Colour&) = default;
};

// The colour written as 0xRRGGBB.
constexpr Colour colour(std::uint32_t rgb) {
  return {static_cast<std::uint8_t>(rgb >> 16U), static_cast<std::uint8_t>(rgb >> 8U),
          static_cast<std::uint8_t>(rgb)};
}

// From a (part 0) to b (part 1), each channel by itself.
constexpr Colour mixed(Colour a, Colour b, double part_of_b) {
  const auto mix = [part_of_b](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(x + (y - x) * part_of_b + 0.5);
  };
  return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue)};
}

// Luma (ITU-R BT.601) from 0 to 255: what looks dark and what light.
constexpr int luma(Colour c) { return (299 * c.red + 587 * c.green + 114 * c.blue) / 1000; }

struct NodeColours {
  Colour fill;
  Colour border;
  Colour text;

  friend bool operator==(const NodeColours&, const NodeColours&) = default;
};

struct Palette {
  std::string_view name;
  Colour background;
  Colour edge;         // also the ground of a label that is a chip; its text is the background's
  Colour label_text;   // of all other labels
  Colour label_fill;   // of a framed label; a patch and a halo take the background's
  Colour label_frame;  // of a framed label
  std::array<NodeColours, 4> nodes{};
  std::size_t node_kinds = 1;  // how many of `nodes` are used

  // Nodes take turns. Their order is shuffled before, so that a colour says nothing of a node.
  [[nodiscard]] const NodeColours& node(std::size_t index) const {
    return nodes[index % node_kinds];
  }

  friend bool operator==(const Palette&, const Palette&) = default;
};

// The colour of a background's pattern, and the far end of a gradient.
constexpr Colour pattern_ink(const Palette& p) { return mixed(p.background, p.edge, 0.13); }
constexpr Colour gradient_end(const Palette& p) { return mixed(p.background, p.edge, 0.08); }

std::span<const Palette> plain_palettes();
std::span<const Palette> varied_palettes();
std::span<const Palette> shifted_palettes();

}  // namespace stareval::engine
