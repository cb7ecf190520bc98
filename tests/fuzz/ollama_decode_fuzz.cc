// A response of Ollama.
#include "backends/ollama/ollama_codec.h"
#include "tests/fuzz/decode_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return stareval::fuzz::check_decode(stareval::ollama::decode, data, size);
}
