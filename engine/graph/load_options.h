// How a graph is to be read.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "libstareval/base/result.h"

namespace stareval::engine {

enum class GraphFormat { automatic, folder, openke, names, visualsem, ntriples };

struct LoadOptions {
  GraphFormat format = GraphFormat::automatic;
  std::filesystem::path pictures{};  // folder of pictures by entity id (pictures.h); or none
  bool keep_self_loops = false;      // else triples from an entity to itself are dropped [D]
};

// "auto", "folder", "openke", "names", "visualsem", "ntriples".
[[nodiscard]] std::string_view to_string(GraphFormat format);

// Errors: usage, with the names there are.
[[nodiscard]] Result<GraphFormat> parse_graph_format(std::string_view name);

}  // namespace stareval::engine
