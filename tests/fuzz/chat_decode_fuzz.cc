// A response of a chat completions server.
#include "backends/shared/chat_codec.h"
#include "tests/fuzz/decode_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return stareval::fuzz::check_decode(stareval::chat::decode, data, size);
}
