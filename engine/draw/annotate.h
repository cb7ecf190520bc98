// What somebody saw in a picture, drawn on top of it: boxes, paths with a direction, captions.
// Looks   the picture fades, but for what lies in a box; a picture with a dark ground fades towards
//         black. Colours are those of Okabe and Ito (2008), distinct also for the colour-blind.
// Places  captions stand beside what they belong to, where they hide as little as can be of each
//         other and of what is drawn; one that stands far off is tied to its place by a line.
// Units   pixels of the picture; what lies beyond its edges is cut off.
// Output  the same pixels for the same input, with the same fonts and libraries.
// Thread  pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/draw/bitmap.h"
#include "engine/draw/geometry.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

constexpr std::size_t kMarkHues = 6;

// A box, a path, or both: then they belong together, and a line ties a box that lies off its path.
struct Mark {
  std::size_t hue = 0;      // an index of a colour, modulo kMarkHues; 0 is blue
  Rect box;                 // empty: none
  Rect inner;               // a part of the box, marked at its corners; empty: none
  std::vector<Point> path;  // an arrow head at the last point, a dot at the first; below two: none
  std::string caption;      // letters that no font has become "\u25A1"; what is long is cut short
  std::string note;         // in smaller letters behind the caption
  bool framed = false;      // the caption is framed in the colour, not filled with it
  bool dashed = false;
};

enum class MarkSign { none, box, inner, path, dashed };

struct LegendEntry {
  MarkSign sign = MarkSign::box;
  std::size_t hue = 0;
  std::string text;
};

// The picture with its marks, opaque; below it, where `legend` is not empty, a strip that says what
// the marks mean: so much is it higher.
// Errors  bad_data: no pixels, more than 32,000 of them on a side, a place that is not finite.
//         io: a font is missing.
// Cost    about 15 ms for 1024 x 768 with 20 marks.
[[nodiscard]] Result<Bitmap> annotated(const Bitmap& picture, std::span<const Mark> marks,
                                       std::span<const LegendEntry> legend);

}  // namespace stareval::engine
