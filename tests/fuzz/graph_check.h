// What holds of any graph that a reader of a foreign format makes, whatever it was given.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "engine/graph/graph_builder.h"
#include "engine/graph/test_foreign_internal.h"
#include "libstareval/base/text.h"
#include "libstareval/data/graph.h"

namespace stareval::engine {

inline void require(bool holds) {
  if (!holds) std::abort();
}

inline void check_text(std::string_view text) {
  require(is_valid_utf8(text) && text.find_first_of("\t\n\r") == std::string_view::npos);
}

// Each name is found again: none stands twice, none is the sign of a masked element.
inline void check_names(const KnowledgeGraph& graph) {
  for (EntityId id = 0; id < graph.entities().size(); ++id) {
    check_text(graph.entity(id).name);
    require(!graph.entity(id).name.empty() && graph.entity(id).name != kMask);
    require(graph.find_entity(graph.entity(id).name) == id);
  }
  for (RelationId id = 0; id < graph.relations().size(); ++id) {
    check_text(graph.relation(id).label);
    require(!graph.relation(id).label.empty() && graph.relation(id).label != kMask);
    require(graph.find_relation(graph.relation(id).label) == id);
  }
}

inline void check_loaded(const LoadedGraph& loaded) {
  require(rows_add_up(loaded));
  for (const Fact& fact : loaded.graph.facts()) require(loaded.graph.contains(fact));
  for (const std::string& line : report_lines(loaded.report)) check_text(line);
  check_names(loaded.graph);
}

inline void check_result(GraphBuilder& builder) {
  const auto loaded = std::move(builder).finish({}, "fuzz");
  if (loaded.has_error()) check_text(loaded.error().message);
  else check_loaded(*loaded);
}

// The next of the texts that an input holds, with a NUL between them.
inline SourceText next_text(std::string_view& rest, const char* path) {
  return {path, take_until(rest, '\0')};
}

}  // namespace stareval::engine
