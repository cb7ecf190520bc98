// Makes the backend of the component reader as the installed package has it, which needs all of its
// libraries, and writes a graph.
#include "backends/reader/reader.h"

#include <cstdio>

#include "backends/reader/read_graph.h"

int main() {
  const auto backend = stareval::make_reader({});
  if (backend.has_error()) {
    std::printf("%s\n", backend.error().message.c_str());
    return 1;
  }
  stareval::reader::ReadGraph graph;
  graph.nodes.push_back({{1, 2, 11, 8}, "Paris", 0.5, std::nullopt, 1.0});
  const std::string text = stareval::to_canonical_json(to_json_object(graph));
  std::printf("%s\n", text.c_str());
  return text.find("Paris") == std::string::npos ? 1 : 0;
}
