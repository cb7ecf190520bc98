#include "engine/graph/graph_folder.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/graph/pictures.h"
#include "engine/graph/table.h"
#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/base/text.h"
#include "libstareval/data/graph.h"

namespace stareval::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> kEntityColumns{"id", "name", "type", "image"};
constexpr std::array<std::string_view, 3> kTripleColumns{"head", "relation", "tail"};

Error bad_cell(const std::string& where, std::string_view column, std::string_view expected,
               std::string_view found, std::string_view advice) {
  return make_error(ErrorCode::bad_data, "{}: column \"{}\": expected {}, found {}; {}", where,
                    column, expected, found, advice);
}

std::string in_quotes(std::string_view text) { return fmt::format("\"{}\"", text); }

// Keys seen so far, each with the place where it stands first.
class Places {
 public:
  // The place of the first, where the key was there before.
  std::optional<std::string> add(std::string key, const std::string& where) {
    const auto [entry, fresh] = first_.emplace(std::move(key), where);
    if (fresh) return std::nullopt;
    return entry->second;
  }

 private:
  std::unordered_map<std::string, std::string> first_;
};

bool has_once(std::string_view text, std::string_view part) {
  const auto at = text.find(part);
  return at != std::string_view::npos && text.find(part, at + 1) == std::string_view::npos;
}

Relation read_relation(ObjectReader& in, Places& labels, const std::string& where) {
  Relation relation;
  relation.label = in.string("label");
  relation.statement = in.string_or(
      "statement", fmt::format(R"({{head}} has the relation "{}" to {{tail}}.)", relation.label));
  relation.transitive = in.boolean_or("transitive", false);
  if (relation.label.empty() || relation.label == kMask)
    in.fail("label", "a label that is not empty and not " + std::string(kMask),
            in_quotes(relation.label));
  if (const auto first = labels.add(normalise_name(relation.label), where))
    in.fail("label", "a label of its own",
            in_quotes(relation.label) + " again (first in " + *first + ")");
  if (!has_once(relation.statement, "{head}") || !has_once(relation.statement, "{tail}"))
    in.fail("statement", "a sentence with {head} and {tail}, each once",
            in_quotes(relation.statement));
  return relation;
}

// The relation of that label; `relations.size()` where there is none.
RelationId number_of(const std::vector<Relation>& relations, std::string_view label) {
  RelationId id = 0;
  while (id < relations.size() && relations[id].label != label) ++id;
  return id;
}

// Second pass, because a relation may name one that stands after it.
void read_overlaps(ObjectReader& in, const std::vector<Relation>& relations, Relation& relation) {
  for (const json::value& value : in.array_or_empty("overlaps")) {
    const std::string label = value.is_string() ? std::string(value.get_string()) : "";
    const RelationId id = number_of(relations, label);
    if (id < relations.size()) relation.overlaps.push_back(id);
    else in.fail("overlaps", "labels of relations of this file", in_quotes(label));
  }
}

void read_kinds(ObjectReader& in, const std::vector<Relation>& relations, Relation& relation) {
  const std::string label = in.string_or("kinds", "");
  if (label.empty()) return;
  const RelationId id = number_of(relations, label);
  if (id < relations.size() && relations[id].transitive) relation.kinds = id;
  else in.fail("kinds", "the label of a transitive relation of this file", in_quotes(label));
}

std::vector<Relation> read_relations(ObjectReader& in) {
  std::vector<Relation> relations;
  Places labels;
  const json::array& items = in.array("relations");
  for (std::size_t i = 0; i < items.size(); ++i) {
    ObjectReader item = in.element("relations", i, items[i]);
    relations.push_back(read_relation(item, labels, fmt::format("relations[{}]", i)));
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    ObjectReader item = in.element("relations", i, items[i]);
    read_overlaps(item, relations, relations[i]);
    read_kinds(item, relations, relations[i]);
  }
  return relations;
}

Result<void> read_manifest(const std::string& text, const std::string& path, GraphInfo& info,
                           std::vector<Relation>& relations) {
  STAREVAL_TRY(const json::object manifest, parse_json_object(text, path));
  ObjectReader in(manifest, path);
  if (const std::string schema = in.string("schema"); schema != kGraphSchema)
    in.fail("schema", kGraphSchema, in_quotes(schema));
  info.name = in.string("name");
  info.version = in.string_or("version", "1");
  info.description = in.string_or("description", "");
  info.licence = in.string_or("licence", "");
  info.sources = in.array_or_empty("sources");
  relations = read_relations(in);
  return in.status();
}

// A picture must lie within the folder of the graph.
Result<fs::path> read_image(const TableRow& row, const fs::path& folder) {
  const std::string_view cell = row.cells[3];
  if (cell.empty()) return fs::path();
  const fs::path path(cell);
  if (path.is_absolute() || cell.find("..") != std::string_view::npos)
    return bad_cell(row.where, "image", "a path within the folder of the graph", in_quotes(cell),
                    "write it relative to that folder, without \"..\"");
  std::error_code failure;  // a name that is too long is a file that is not there
  if (!fs::is_regular_file(folder / path, failure))
    return bad_cell(row.where, "image", "a file in the folder of the graph",
                    "none at " + in_quotes(cell), "add the file, or leave the cell empty");
  return folder / path;
}

Result<GraphEntity> read_entity(const TableRow& row, const fs::path& folder) {
  GraphEntity entity{
      std::string(row.cells[0]), std::string(row.cells[1]), std::string(row.cells[2]), {}};
  if (entity.id.empty())
    return bad_cell(row.where, "id", "an id", "an empty cell", "give the entity an id of its own");
  if (entity.name.empty() || entity.name == kMask)
    return bad_cell(row.where, "name", "a name that is not empty and not " + std::string(kMask),
                    in_quotes(entity.name), "name the entity, or remove it and its triples");
  STAREVAL_TRY(entity.image, read_image(row, folder));
  return entity;
}

Result<std::vector<GraphEntity>> read_entities(const std::string& text, const std::string& path,
                                               const fs::path& folder) {
  STAREVAL_TRY(const std::vector<TableRow> rows, read_table(text, path, kEntityColumns));
  std::vector<GraphEntity> entities;
  Places ids, names;
  for (const TableRow& row : rows) {
    STAREVAL_TRY(GraphEntity entity, read_entity(row, folder));
    if (const auto first = ids.add(entity.id, row.where))
      return bad_cell(row.where, "id", "an id of its own",
                      in_quotes(entity.id) + " again (first in " + *first + ")",
                      "remove the row, or give it another id");
    if (const auto first = names.add(normalise_name(entity.name), row.where))
      return bad_cell(row.where, "name", "a name that no other entity has",
                      in_quotes(entity.name) + " again (first in " + *first + ")",
                      "tell the two apart, for example \"Paris (Texas)\"");
    entities.push_back(std::move(entity));
  }
  return entities;
}

// Numbers by the texts of a column; the views point into entities or relations.
using Numbers = std::unordered_map<std::string_view, std::uint32_t>;

Result<std::uint32_t> find_number(const Numbers& numbers, const TableRow& row, std::size_t column,
                                  std::string_view expected, std::string_view advice) {
  const auto entry = numbers.find(row.cells[column]);
  if (entry != numbers.end()) return entry->second;
  return bad_cell(row.where, kTripleColumns[column], expected, in_quotes(row.cells[column]),
                  advice);
}

Result<Fact> read_fact(const TableRow& row, const Numbers& entities, const Numbers& relations) {
  constexpr std::string_view kId = "the id of an entity";
  constexpr std::string_view kAddEntity = "add the entity to entities.tsv, or remove the row";
  STAREVAL_TRY(const EntityId head, find_number(entities, row, 0, kId, kAddEntity));
  STAREVAL_TRY(const RelationId relation,
               find_number(relations, row, 1, "the label of a relation",
                           "add the relation to graph.json, or remove the row"));
  STAREVAL_TRY(const EntityId tail, find_number(entities, row, 2, kId, kAddEntity));
  return Fact{head, relation, tail};
}

Result<std::vector<Fact>> read_facts(const std::string& text, const std::string& path,
                                     const std::vector<GraphEntity>& entities,
                                     const std::vector<Relation>& relations) {
  STAREVAL_TRY(const std::vector<TableRow> rows, read_table(text, path, kTripleColumns));
  Numbers entity_numbers, relation_numbers;
  for (EntityId id = 0; id < entities.size(); ++id) entity_numbers.emplace(entities[id].id, id);
  for (RelationId id = 0; id < relations.size(); ++id)
    relation_numbers.emplace(relations[id].label, id);
  std::vector<Fact> facts;
  for (const TableRow& row : rows) {
    STAREVAL_TRY(const Fact fact, read_fact(row, entity_numbers, relation_numbers));
    facts.push_back(fact);
  }
  return facts;
}

std::size_t drop_self_loops(std::vector<Fact>& facts) {
  return std::erase_if(facts, [](const Fact& fact) { return fact.head == fact.tail; });
}

Result<void> add_pictures(const fs::path& folder, std::vector<GraphEntity>& entities) {
  if (folder.empty()) return {};
  STAREVAL_TRY(const PictureFolder pictures, PictureFolder::open(folder));
  for (GraphEntity& entity : entities)
    if (entity.image.empty()) entity.image = pictures.find(entity.id);
  return {};
}

}  // namespace

Result<LoadedGraph> load_graph_folder(const fs::path& folder, const LoadOptions& options) {
  const std::array<fs::path, 3> paths{folder / "graph.json", folder / "entities.tsv",
                                      folder / "triples.tsv"};
  std::array<std::string, 3> texts;
  Sha256 digest;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    STAREVAL_TRY(texts[i], read_file(paths[i]));
    digest.update(sha256(texts[i]));
  }
  GraphInfo info;
  std::vector<Relation> relations;
  LoadReport report;
  report.format = "folder";
  STAREVAL_CHECK(read_manifest(texts[0], paths[0].string(), info, relations));
  STAREVAL_TRY(std::vector<GraphEntity> entities,
               read_entities(texts[1], paths[1].string(), folder));
  STAREVAL_TRY(std::vector<Fact> facts,
               read_facts(texts[2], paths[2].string(), entities, relations));
  report.rows = facts.size();
  if (!options.keep_self_loops) report.self_loops = drop_self_loops(facts);
  STAREVAL_CHECK(add_pictures(options.pictures, entities));
  info.digest = digest.finish();
  return make_loaded_graph(std::move(info), std::move(entities), std::move(relations),
                           std::move(facts), std::move(report));
}

}  // namespace stareval::engine
