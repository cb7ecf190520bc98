// Pixels in memory.
#pragma once

#include <cstdint>
#include <vector>

namespace stareval::engine {

// 0xAARRGGBB, premultiplied, row by row without gaps. In a finished picture the upper byte has no
// meaning.
struct Bitmap {
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> pixels;
};

}  // namespace stareval::engine
