// A picture of a node in any format: decoded within bounds, or refused.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/draw/picture_decoder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto picture = stareval::engine::decode_picture(bytes, "fuzz");
  if (picture && std::max(picture->width, picture->height) > stareval::engine::kMostPictureSide)
    std::abort();
  return 0;
}
