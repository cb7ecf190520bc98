// Layouts in the looks of Graphviz: dot as it is, with its own curves, and positions of neato and
// circo for the own search to go on from.
// Thread  as graphviz.h.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/draw/geometry.h"
#include "engine/draw/layout.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

struct DotLayout {
  Layout layout;
  double overflow = 1.0;  // by which it is larger than the canvas; at most 1 where it fits
};

// Nodes, curves and labels as dot places them, in the middle of the canvas. Self-loops are routed
// here, on the side of their node that has most room.
Result<DotLayout> lay_out_dot(const LayoutInput& input);

// Places for LayoutInput::anchors that fill the canvas.
Result<std::vector<Point>> graphviz_anchors(const LayoutInput& input, LayoutEngine engine,
                                            std::uint64_t seed);

// The part of a chain of curves between the outlines of two nodes, both grown by `margin`. The
// chain starts within `from` and ends within `to`; empty where nothing of it lies outside.
std::vector<Cubic> clip_chain(std::vector<Cubic> chain, const NodePlace& from, const NodePlace& to,
                              double margin);

}  // namespace stareval::engine
