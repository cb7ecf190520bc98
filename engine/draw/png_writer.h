// PNG (ISO/IEC 15948) with an 8-bit palette, compressed by deflate.h.
// Output  chunks IHDR, PLTE, IDAT, IEND, and nothing else: no time, no text, no colour profile.
// Thread  pure functions; each thread keeps a compressor.
#pragma once

#include <string>

#include "engine/draw/quantise.h"

namespace stareval::engine {

// The bytes of a PNG file. The picture must be at least 1 x 1.
std::string encode_png(const IndexedPicture& picture);

}  // namespace stareval::engine
