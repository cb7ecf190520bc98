// A response of a messages server.
#include "backends/anthropic/messages_codec.h"
#include "tests/fuzz/decode_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return stareval::fuzz::check_decode(stareval::messages::decode, data, size);
}
