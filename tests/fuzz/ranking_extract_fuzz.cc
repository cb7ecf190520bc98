// A reply, read as an order of candidates: no crash, each once, all in range, the same twice.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "libstareval/extract/ranking.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stareval;
  static const std::vector<std::string> kCandidates{
      "France", "Spain", "Washington, D.C.", "1. FC", "a", "", "capital_of", "france", "> b"};
  const std::string reply(reinterpret_cast<const char*>(data), size);
  for (const bool lettered : {false, true}) {
    const auto read = extract_ranking(reply, kCandidates, lettered);
    const auto again = extract_ranking(reply, kCandidates, lettered);
    if (read.status != again.status || read.value.order != again.value.order) std::abort();
    if (read.span.begin > read.span.end || read.span.end > reply.size()) std::abort();
    if (read.status != ReadStatus::found) continue;
    const std::set<std::size_t> once(read.value.order.begin(), read.value.order.end());
    if (once.empty() || once.size() != read.value.order.size()) std::abort();
    if (*once.rbegin() >= kCandidates.size()) std::abort();
  }
  return 0;
}
