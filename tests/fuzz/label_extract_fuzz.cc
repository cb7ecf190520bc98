// A reply, read as one label of a closed set: no crash, in range, the same twice.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "libstareval/extract/label.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stareval;
  static const std::vector<std::string> kLabels{
      "none", "/per/org/member_of", "/per/per/partner", "/a/b", "/c/b", "place of birth", "", "/"};
  static const LabelSet kSet(kLabels, {{"self", "/per/per/partner"}});
  const std::string reply(reinterpret_cast<const char*>(data), size);
  const auto read = extract_label(reply, kSet);
  const auto again = extract_label(reply, kSet);
  if (read.status != again.status || read.value != again.value) std::abort();
  if (read.span.begin > read.span.end || read.span.end > reply.size()) std::abort();
  if (read.status == ReadStatus::found && read.value >= kLabels.size()) std::abort();
  return 0;
}
