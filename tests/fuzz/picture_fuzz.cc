// The bytes of a picture: checked without a read out of bounds.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "libstareval/data/picture_check.h"
#include "libstareval/model/request.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)stareval::check_picture(bytes, "fuzz");
  (void)stareval::media_type(bytes, "fuzz");
  return 0;
}
