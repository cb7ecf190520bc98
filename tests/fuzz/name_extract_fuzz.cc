// A reply, read as a name: no crash, never an empty name or one of two lines, the same twice.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "libstareval/base/text.h"
#include "libstareval/extract/name.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stareval;
  const std::string reply(reinterpret_cast<const char*>(data), size);
  const auto read = extract_name(reply);
  const auto again = extract_name(reply);
  if (read.status != again.status || read.value != again.value) std::abort();
  if (read.span.begin > read.span.end || read.span.end > reply.size()) std::abort();
  if (read.status != ReadStatus::found) return 0;
  if (trim(read.value).empty() || read.value.find('\n') != std::string::npos) std::abort();
  return 0;
}
