// A summary.json: read or refused; what is read makes a table with itself.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "libstareval/report/result_table.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stareval;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto object = parse_json_object(text, "fuzz");
  if (object.has_error()) return 0;
  const auto summary = summary_from_json(*object, "fuzz");
  if (summary.has_error()) return 0;
  const std::vector<Summary> twice{*summary, *summary};
  if (build_table(twice).has_error()) std::abort();
  return 0;
}
