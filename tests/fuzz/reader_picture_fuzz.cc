// A picture for the reader in any format: decoded within bounds, or refused with a reason.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "backends/reader/picture_internal.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace reader = stareval::reader;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto picture = reader::decode_picture(bytes);
  const bool sound = picture ? picture->type() == CV_8UC3 &&
                                   static_cast<double>(picture->total()) <= reader::kMostPixels &&
                                   std::min(picture->rows, picture->cols) >= reader::kLeastSide &&
                                   std::max(picture->rows, picture->cols) <= reader::kMostSide
                             : !picture.error().message.empty();
  if (!sound) std::abort();
  return 0;
}
