// A response of a responses server.
#include "backends/openai/responses_codec.h"
#include "tests/fuzz/decode_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return stareval::fuzz::check_decode(stareval::responses::decode, data, size);
}
