// N-Triples, in two files where a NUL byte stands between.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/graph/ntriples.h"
#include "tests/fuzz/graph_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stareval::engine;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::vector<SourceText> files{next_text(rest, "a.nt")};
  if (!rest.empty()) files.push_back({"b.nt", rest});
  GraphBuilder builder("ntriples", size % 2 == 0);
  read_ntriples(files, builder);
  check_result(builder);
  return 0;
}
