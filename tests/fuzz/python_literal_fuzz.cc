// A literal of Python: whatever the text is, it is read or refused; what is read can be written as
// JSON, which is a literal too where it holds no true, false or null, and reads equal.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "libstareval/base/text.h"
#include "libstareval/data/python_literal.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stareval;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = parse_python_literal(text, "fuzz");
  if (value.has_error()) {
    if (!is_valid_utf8(value.error().message) || !value.error().message.starts_with("fuzz:"))
      std::abort();
    return 0;
  }
  const std::string written = to_canonical_json(*value);
  const auto again = parse_json(written, "again");
  if (again.has_error() || to_canonical_json(*again) != written) std::abort();
  const auto literal = parse_python_literal(written, "again");
  if (literal.has_value() && to_canonical_json(*literal) != written) std::abort();
  return 0;
}
