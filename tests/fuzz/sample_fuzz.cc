// A line of a dataset: whatever it is, it is read or refused; what is read is written and read
// equal.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "libstareval/data/sample.h"
#include "libstareval/tasks/task.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stareval;
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const auto object = parse_json_object(line, "fuzz:1");
  if (object.has_error()) return 0;
  const auto sample = sample_from_json(*object, "fuzz:1");
  if (sample.has_error()) return 0;
  (void)drawn_graph(*sample);
  (void)gold_answer(*sample);
  const std::string written = to_canonical_json(to_json_object(*sample));
  const auto again = sample_from_json(parse_json_object(written, "again").value(), "again");
  if (to_canonical_json(to_json_object(again.value())) != written) std::abort();
  return 0;
}
