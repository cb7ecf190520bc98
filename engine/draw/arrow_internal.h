// Arrow heads.
#pragma once

#include "engine/draw/pen_internal.h"
#include "engine/draw/style.h"

namespace stareval::engine {

// What a head is drawn with. `length` is arrow_length_px(); kinds differ from it by up to a third.
struct HeadPaint {
  ArrowHead kind = ArrowHead::filled;
  double length = 12.0;
  double line_px = 1.6;
  Colour line;
  Colour ground;  // of what is hollow
};

// How far before the tip the line ends, so that it lies within the head.
double line_gap_px(const HeadPaint& paint);

// A head with its tip at the end of the path; it points along the piece that it covers.
void draw_head(const Pen& pen, const HeadPaint& paint, const Cubic& path);

// The t of the point on the last half of the curve that is so far from its end.
double before_tip(const Cubic& path, double distance);

}  // namespace stareval::engine
