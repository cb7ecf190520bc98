// Triples of names, and behind a NUL byte the names of their ids.
#include <cstddef>
#include <cstdint>

#include "engine/graph/name_triples.h"
#include "engine/graph/openke.h"
#include "tests/fuzz/graph_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stareval::engine;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  GraphBuilder builder("names", size % 2 == 0);
  read_name_triples(next_text(rest, "train.txt"), builder);
  if (!rest.empty()) read_names({"entity2text.txt", rest}, builder);
  check_result(builder);
  return 0;
}
