// VisualSem: nodes, a NUL byte, tuples.
#include <cstddef>
#include <cstdint>

#include "engine/graph/visualsem.h"
#include "tests/fuzz/graph_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stareval::engine;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  GraphBuilder builder("visualsem", size % 2 == 0);
  const auto find = [](std::string_view hash) { return find_hashed_picture("/no/such", hash); };
  const auto nodes = read_visualsem_nodes(next_text(rest, "nodes.v2.json"), find, builder);
  const auto tuples = read_visualsem_tuples({"tuples.v2.json", rest}, builder);
  if (nodes.has_error()) check_text(nodes.error().message);
  if (tuples.has_error()) check_text(tuples.error().message);
  if (nodes.has_value() && tuples.has_value()) check_result(builder);
  return 0;
}
