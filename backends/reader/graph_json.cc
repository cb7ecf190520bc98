#include <cmath>

#include "backends/reader/read_graph.h"

namespace stareval::reader {
namespace {

double to_three_places(double value) { return std::round(value * 1000.0) / 1000.0; }

json::array to_json(const Box& box) { return {box.left, box.top, box.right, box.bottom}; }

json::value index_or_null(int index) {
  return index < 0 ? json::value(nullptr) : json::value(index);
}

json::object to_json(const ReadNode& node) {
  return {{"name", node.name},
          {"confidence", to_three_places(node.confidence)},
          {"name_confidence", to_three_places(node.name_confidence)},
          {"box", to_json(node.box)},
          {"picture", node.picture ? json::value(to_json(*node.picture)) : json::value(nullptr)}};
}

json::object to_json(const ReadEdge& edge) {
  json::array path;
  for (const Point& p : edge.path)
    path.push_back(json::array{to_three_places(p.x), to_three_places(p.y)});
  return {{"from", index_or_null(edge.from)},
          {"to", index_or_null(edge.to)},
          {"label", edge.label},
          {"confidence", to_three_places(edge.confidence)},
          {"label_confidence", to_three_places(edge.label_confidence)},
          {"box", to_json(edge.label_box)},
          {"path", std::move(path)}};
}

}  // namespace

json::object to_json_object(const ReadGraph& graph) {
  json::array nodes;
  for (const ReadNode& node : graph.nodes) nodes.push_back(to_json(node));
  json::array edges;
  for (const ReadEdge& edge : graph.edges) edges.push_back(to_json(edge));
  return {{"width", graph.width},
          {"height", graph.height},
          {"nodes", std::move(nodes)},
          {"edges", std::move(edges)}};
}

}  // namespace stareval::reader
