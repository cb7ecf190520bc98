// Makes a graph of what a reader of a foreign format finds: collects triples of ids, repairs names,
// makes labels readable, tells equal names apart, and counts all of it in a LoadReport.
// Names     a name is put on one line, in UTF-8; an entity without a usable one is called by its id
//           (readable_name()). Equal after normalise_name(): the later entities get " (2)", " (3)"
//           ... [D], because a name that stands twice in a picture would make its questions
//           undecidable, and to leave the entities out would make true triples look false.
// Self-loops are dropped unless asked for.
// Thread  for one thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/graph/interner.h"
#include "engine/graph/loaded_graph.h"
#include "engine/graph/pictures.h"
#include "engine/graph/source_text.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

class GraphBuilder {
 public:
  GraphBuilder(std::string format, bool keep_self_loops);

  // The number of an id, new where the id is.
  EntityId entity(std::string_view id);
  RelationId relation(std::string_view id);
  [[nodiscard]] std::optional<EntityId> find_entity(std::string_view id) const;
  [[nodiscard]] std::optional<RelationId> find_relation(std::string_view id) const;

  // From now on an entity without a name of its own counts as unnamed.
  void expect_names() { names_expected_ = true; }

  // The first usable name counts. `name` may hold anything.
  void set_name(EntityId id, std::string_view name);
  void set_label(RelationId id, std::string_view label);  // in place of its id, where usable
  void set_type(EntityId id, std::string_view type);
  void set_image(EntityId id, std::filesystem::path image);

  void find_images(const PictureFolder& pictures);  // of entities that have none

  void add_triple(const Fact& fact);
  void add_attribute();  // a row that is no triple between entities, and need not be

  // Count what cannot be used: a row that should hold a triple, or anything else. The first few are
  // kept as examples, "file:line: expected ..., found ...".
  using Count = std::size_t LoadReport::*;
  void drop_row(Count count, const Place& place, std::string_view expected, std::string_view found);
  void note(Count count, const Place& place, std::string_view expected, std::string_view found);

  // bad_data where there is no triple, or more rows were dropped than kept: then the file is of
  // another format than it was read as. `source` stands in the error. Cost: that of sorting.
  [[nodiscard]] Result<LoadedGraph> finish(GraphInfo info, const std::string& source) &&;

 private:
  [[nodiscard]] Result<void> check_yield(const std::string& source) const;
  std::string clean(std::string_view text);
  void name_entities();
  [[nodiscard]] std::string name_of(EntityId id);
  [[nodiscard]] std::vector<Relation> make_relations();

  LoadReport report_;
  bool keep_self_loops_;
  bool names_expected_ = false;
  Interner entity_ids_, relation_ids_;
  std::map<RelationId, std::string> labels_;  // that were set
  std::vector<GraphEntity> entities_;         // ids and final names come at the end
  std::vector<Fact> facts_;
};

}  // namespace stareval::engine
