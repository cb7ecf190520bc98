// A graph folder: the input is cut at its NUL bytes into graph.json, entities.tsv and triples.tsv.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "engine/graph/load_graph.h"

namespace {

std::filesystem::path folder() {
  static const std::filesystem::path path = [] {
    std::string name = (std::filesystem::temp_directory_path() / "graph-fuzz-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    return name;
  }();
  return path;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  for (const char* file : {"graph.json", "entities.tsv", "triples.tsv"}) {
    const auto end = rest.find('\0');
    std::ofstream(folder() / file, std::ios::binary) << rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  (void)stareval::engine::load_graph(folder());
  return 0;
}
