#include "engine/graph/graph_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/graph/readable.h"
#include "engine/graph/unique_names.h"

namespace stareval::engine {
namespace {

constexpr std::size_t kExamples = 5;
constexpr std::size_t kQuoted = 80;  // bytes of what was found, in an example

// What stands in a file, in quotes, short and on one line.
std::string quote(std::string_view found) {
  const bool cut = found.size() > kQuoted;
  return fmt::format("\"{}{}\"", clean_text(found.substr(0, kQuoted)).text, cut ? "..." : "");
}

}  // namespace

GraphBuilder::GraphBuilder(std::string format, bool keep_self_loops)
    : keep_self_loops_(keep_self_loops) {
  report_.format = std::move(format);
}

EntityId GraphBuilder::entity(std::string_view id) {
  const EntityId number = entity_ids_.add(id);
  if (number == entities_.size()) entities_.emplace_back();
  return number;
}

RelationId GraphBuilder::relation(std::string_view id) { return relation_ids_.add(id); }

std::optional<EntityId> GraphBuilder::find_entity(std::string_view id) const {
  return entity_ids_.find(id);
}

std::optional<RelationId> GraphBuilder::find_relation(std::string_view id) const {
  return relation_ids_.find(id);
}

std::string GraphBuilder::clean(std::string_view text) {
  CleanText clean = clean_text(text);
  report_.not_utf8 += clean.not_utf8 ? 1 : 0;
  report_.control_characters += clean.control_characters ? 1 : 0;
  return std::move(clean.text);
}

void GraphBuilder::set_name(EntityId id, std::string_view name) {
  if (!entities_[id].name.empty()) return;
  std::string text = clean(name);
  if (is_usable_name(text)) entities_[id].name = std::move(text);
}

void GraphBuilder::set_label(RelationId id, std::string_view label) {
  std::string text = clean(label);
  if (is_usable_name(text)) labels_.emplace(id, std::move(text));
}

void GraphBuilder::set_type(EntityId id, std::string_view type) {
  if (entities_[id].type.empty()) entities_[id].type = clean(type);
}

void GraphBuilder::set_image(EntityId id, std::filesystem::path image) {
  entities_[id].image = std::move(image);
}

void GraphBuilder::find_images(const PictureFolder& pictures) {
  for (EntityId id = 0; id < entities_.size(); ++id)
    if (entities_[id].image.empty()) entities_[id].image = pictures.find(entity_ids_.texts()[id]);
}

void GraphBuilder::add_triple(const Fact& fact) {
  ++report_.rows;
  if (fact.head == fact.tail && !keep_self_loops_) ++report_.self_loops;
  else facts_.push_back(fact);
}

void GraphBuilder::add_attribute() {
  ++report_.rows;
  ++report_.attributes;
}

void GraphBuilder::drop_row(Count count, const Place& place, std::string_view expected,
                            std::string_view found) {
  ++report_.rows;
  note(count, place, expected, found);
}

void GraphBuilder::note(Count count, const Place& place, std::string_view expected,
                        std::string_view found) {
  ++(report_.*count);
  if (report_.examples.size() >= kExamples) return;
  const std::string line = place.line > 0 ? fmt::format(":{}", place.line) : "";
  report_.examples.push_back(
      fmt::format("{}{}: expected {}, found {}", place.file.path, line, expected, quote(found)));
}

std::string GraphBuilder::name_of(EntityId id) {
  if (!entities_[id].name.empty()) return std::move(entities_[id].name);
  const std::string_view key = entity_ids_.texts()[id];
  report_.unnamed += names_expected_ ? 1 : 0;
  clean(key);  // for the counts
  if (std::string name = readable_name(key); is_usable_name(name)) return name;
  report_.unnamed += names_expected_ ? 0 : 1;
  std::string text = clean_text(key).text;
  return is_usable_name(text) ? text : fmt::format("entity {}", id + 1);
}

void GraphBuilder::name_entities() {
  UniqueNames names;
  for (EntityId id = 0; id < entities_.size(); ++id) {
    entities_[id].name = names.add(name_of(id));
    entities_[id].id = clean_text(entity_ids_.texts()[id]).text;
  }
  report_.equal_names = names.suffixed();
}

std::vector<Relation> GraphBuilder::make_relations() {
  std::vector<std::string> ids(relation_ids_.texts().begin(), relation_ids_.texts().end());
  for (RelationId id = 0; id < ids.size(); ++id) {
    if (is_usable_name(clean(ids[id]))) continue;
    ++report_.unnamed;
    ids[id] = fmt::format("relation {}", id + 1);
  }
  for (auto& [id, label] : labels_) ids[id] = std::move(label);
  UniqueLabels unique = unique_labels(ids);
  report_.equal_labels = unique.suffixed;
  std::vector<Relation> relations;
  for (std::string& label : unique.labels) {
    std::string statement = default_statement(label);
    relations.push_back({std::move(label), std::move(statement), {}});
  }
  return relations;
}

Result<void> GraphBuilder::check_yield(const std::string& source) const {
  const std::size_t dropped = report_.malformed_rows + report_.unknown_ids;
  const std::string first =
      report_.examples.empty() ? "" : fmt::format("; the first: {}", report_.examples.front());
  if (facts_.empty())
    return make_error(ErrorCode::bad_data, "{}: expected triples ({}), found none{}", source,
                      report_.format, first);
  if (dropped > report_.rows - dropped)
    return make_error(ErrorCode::bad_data,
                      "{}: expected triples ({}), found {} of {} rows that are not usable{}; name "
                      "the right format, or mend the file",
                      source, report_.format, dropped, report_.rows, first);
  return {};
}

Result<LoadedGraph> GraphBuilder::finish(GraphInfo info, const std::string& source) && {
  STAREVAL_CHECK(check_yield(source));
  name_entities();
  std::vector<Relation> relations = make_relations();
  return make_loaded_graph(std::move(info), std::move(entities_), std::move(relations),
                           std::move(facts_), std::move(report_));
}

}  // namespace stareval::engine
