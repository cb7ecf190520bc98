// Cases worked out by hand.
#include <gtest/gtest.h>

#include "backends/reader/read_graph.h"

namespace stareval::reader {
namespace {

TEST(ReaderGraph, IsWrittenAsJson) {
  ReadGraph graph;
  graph.width = 40;
  graph.height = 30;
  graph.nodes.push_back({{1, 2, 11, 8}, "Paris", 0.98765, Box{2, 3, 5, 6}, 1.0});
  graph.nodes.push_back({{20, 2, 31, 8}, "France", 0.5, std::nullopt, 0.25});
  graph.edges.push_back({0, 1, "capital of", 0.75, {12, 3, 18, 6}, {{11, 5}, {20, 5.5}}, 0.5});
  graph.edges.push_back({0, -1, "", 0.0, {12, 13, 18, 16}, {}, 0.0});
  EXPECT_EQ(
      to_canonical_json(to_json_object(graph)),
      R"({"edges":[{"box":[12,3,18,6],"confidence":0.5,"from":0,"label":"capital of",)"
      R"("label_confidence":0.75,"path":[[11,5],[20,5.5]],"to":1},)"
      R"({"box":[12,13,18,16],"confidence":0,"from":0,"label":"","label_confidence":0,"path":[],)"
      R"("to":null}],"height":30,"nodes":[{"box":[1,2,11,8],"confidence":1,"name":"Paris",)"
      R"("name_confidence":0.988,"picture":[2,3,5,6]},{"box":[20,2,31,8],"confidence":0.25,)"
      R"("name":"France","name_confidence":0.5,"picture":null}],"width":40})");
}

}  // namespace
}  // namespace stareval::reader
