// Many pictures on one page, made smaller, each with a caption: to be looked at by people.
// Output  the same bytes for the same input, with the same fonts and libraries.
// Thread  pure functions.
#pragma once

#include <span>
#include <string>

#include "engine/draw/bitmap.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

struct SheetItem {
  std::string png;      // the bytes of a file
  std::string caption;  // below it, in up to four lines; may be empty
};

struct SheetOptions {
  int columns = 4;
  int cell_width = 480;  // pixels; a picture is made smaller to fit, never larger
  int cell_height = 380;
};

// A PNG in true colours, row by row in the order of the items. Cost: about 25 ms an item.
// Errors  bad_data: no item, options below 1 column or 16 pixels, a page of more than 32,000 pixels
//         on a side, a picture that cannot be decoded (counted from 0), a caption in letters that
//         no pinned font has. io: a font is missing.
Result<std::string> contact_sheet(std::span<const SheetItem> items, const SheetOptions& options);

// Each pixel is the mean of the area that it covers, in integers. Neither side may grow or be 0.
Bitmap shrunk(const Bitmap& bitmap, int width, int height);

}  // namespace stareval::engine
