// Whether the bytes of a picture are whole, without decoding a pixel.
// PNG: signature, each chunk's length and CRC, IHDR first, IDAT there, IEND last (W3C PNG, section
// 5). JPEG, GIF, WebP: the marks of begin and end, or the stated length.
#pragma once

#include <string>
#include <string_view>

#include "libstareval/base/result.h"

namespace stareval {

struct PictureSize {
  int width = 0;   // pixels; 0 where the format is not PNG
  int height = 0;  // pixels
};

// bad_data: what is broken, and where. `where` names the file in errors.
[[nodiscard]] Result<PictureSize> check_picture(std::string_view bytes, const std::string& where);

}  // namespace stareval
