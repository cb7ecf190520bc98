// A response of a generateContent server.
#include "backends/gemini/gemini_codec.h"
#include "tests/fuzz/decode_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return stareval::fuzz::check_decode(stareval::gemini::decode, data, size);
}
