// Reduction of a picture to a palette.
// Exact where the picture has at most 256 colours. Otherwise a median cut over its colours, each
// weighted by the root of its count, so that a few pixels of a flag count against a large
// background; no dithering, which would blur text and cost bytes.
// Thread  pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/draw/bitmap.h"

namespace stareval::engine {

struct IndexedPicture {
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> palette;  // 0xRRGGBB; 1 to 256 colours
  std::vector<std::uint8_t> pixels;    // indices into the palette, row by row
  bool exact = true;
};

// About 1 ms for a drawing of 1024 x 768; time grows with the number of colour changes along rows.
// `out` is overwritten; one that is used again saves time.
void quantise(const Bitmap& bitmap, IndexedPicture& out);

}  // namespace stareval::engine
