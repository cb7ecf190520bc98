// A text that a server made of a key: no spelling that a client would undo may be left, and a text
// without the key stays as it is.
#include <string>

#include "backends/shared/rate_limits.h"
#include "backends/shared/secret.h"
#include "libstareval/base/base64.h"
#include "tests/fuzz/decode_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stareval;
  const std::string key = "canary-key";
  const Secret secret(key);
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::string shown = secret.redacted(text);
  fuzz::require(shown.find(key) == std::string::npos);
  fuzz::require(secret.redacted(text + key).find(key) == std::string::npos);
  fuzz::require(secret.redacted(base64_encode(text + key)).find("[key removed]") !=
                std::string::npos);
  if (const auto wait = parse_duration(text)) fuzz::require(wait->count() >= 0);
  (void)parse_rfc3339(text);
  return 0;
}
