#include "libstareval/data/sample.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "libstareval/data/dataset_internal.h"

namespace stareval {
namespace {

using Kind = Change::Kind;

constexpr std::size_t kMostChoices = 26;  // each is answered by one letter

constexpr std::array<std::pair<std::string_view, Kind>, 4> kKinds{{
    {"none", Kind::none},
    {"corrupt_triple", Kind::corrupt_triple},
    {"mask_entity", Kind::mask_entity},
    {"mask_relation", Kind::mask_relation},
}};

std::string_view name_of(Kind kind) {
  return std::find_if(kKinds.begin(), kKinds.end(), [&](auto& k) { return k.second == kind; })
      ->first;
}

json::array triple_to_json(const Triple& triple) {
  return {triple.head, triple.relation, triple.tail};
}

json::array triples_to_json(const std::vector<Triple>& triples) {
  json::array items;
  for (const Triple& triple : triples) items.push_back(triple_to_json(triple));
  return items;
}

json::object graph_to_json(const Graph& graph) {
  json::array entities;
  for (const Entity& entity : graph.entities)
    entities.push_back(json::object{{"name", entity.name}, {"picture", entity.picture}});
  return {{"entities", std::move(entities)}, {"triples", triples_to_json(graph.triples)}};
}

json::object change_to_json(const Change& change) {
  json::object object{{"kind", name_of(change.kind)}};
  if (change.kind != Kind::none) object["index"] = change.index;
  if (change.kind == Kind::corrupt_triple) {
    object["replacement"] = triple_to_json(change.replacement);
    object["picture"] = change.picture;
  }
  return object;
}

struct GoldWriter {
  json::object operator()(const CountGold& gold) const { return {{"value", gold.value}}; }
  json::object operator()(const DescriptionGold& gold) const {
    return {{"triples", triples_to_json(gold.triples)}, {"reference", gold.reference}};
  }
  json::object operator()(const ErrorGold& gold) const {
    if (!gold.wrong) return {{"triple", nullptr}};
    return {{"triple", triple_to_json(*gold.wrong)}};
  }
  json::object operator()(const ChoiceGold& gold) const {
    json::object answer{{"choice", gold.index}};
    if (!gold.aliases.empty())
      answer["aliases"] = json::array(gold.aliases.begin(), gold.aliases.end());
    return answer;
  }
};

Triple read_triple(ObjectReader& in, std::string_view key, const json::value& value) {
  const json::array* parts = value.if_array();
  const bool fits =
      parts != nullptr && parts->size() == 3 &&
      std::all_of(parts->begin(), parts->end(), [](auto& p) { return p.is_string(); });
  if (!fits) {
    in.fail(key, "[head, relation, tail]", describe_kind(value));
    return {};
  }
  const auto text = [&](std::size_t i) { return std::string((*parts)[i].get_string()); };
  return {text(0), text(1), text(2)};
}

std::vector<Triple> read_triples(ObjectReader& in, std::string_view key) {
  std::vector<Triple> triples;
  const json::array& items = in.array(key);
  for (std::size_t i = 0; i < items.size(); ++i)
    triples.push_back(read_triple(in, fmt::format("{}[{}]", key, i), items[i]));
  return triples;
}

std::vector<std::string> read_strings(ObjectReader& in, std::string_view key) {
  std::vector<std::string> strings;
  const json::array& items = in.array_or_empty(key);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (const auto* text = items[i].if_string()) strings.emplace_back(*text);
    else in.fail(fmt::format("{}[{}]", key, i), "a string", describe_kind(items[i]));
  }
  return strings;
}

std::size_t read_index(ObjectReader& in, std::string_view key, std::size_t size) {
  const std::int64_t index = in.integer(key);
  if (index >= 0 && static_cast<std::size_t>(index) < size) return static_cast<std::size_t>(index);
  in.fail(key, fmt::format("an index below {}", size), fmt::format("{}", index));
  return 0;
}

std::vector<Image> read_images(ObjectReader& in) {
  std::vector<Image> images;
  const json::array& items = in.array_or_empty("images");
  for (std::size_t i = 0; i < items.size(); ++i) {
    ObjectReader item = in.element("images", i, items[i]);
    Image image{item.string("path"), item.string("digest"), item.count("width"),
                item.count("height")};
    if (!is_inside(image.path))
      item.fail("path", "a path inside the folder", "\"" + image.path + "\"");
    images.push_back(std::move(image));
  }
  return images;
}

Graph read_graph(ObjectReader in) {
  Graph graph;
  const json::array& entities = in.array("entities");
  std::set<std::string, std::less<>> names;
  for (std::size_t i = 0; i < entities.size(); ++i) {
    ObjectReader item = in.element("entities", i, entities[i]);
    graph.entities.push_back({item.string("name"), item.boolean("picture")});
    if (!names.insert(graph.entities.back().name).second)
      item.fail("name", "a name that occurs once", "\"" + graph.entities.back().name + "\" again");
  }
  graph.triples = read_triples(in, "triples");
  for (std::size_t i = 0; i < graph.triples.size(); ++i)
    for (const std::string* name : {&graph.triples[i].head, &graph.triples[i].tail})
      if (!names.contains(*name))
        in.fail(fmt::format("triples[{}]", i), "names of the entities", "\"" + *name + "\"");
  return graph;
}

Change read_change(ObjectReader in, const Graph& graph) {
  const std::string name = in.string("kind");
  const auto* kind =
      std::find_if(kKinds.begin(), kKinds.end(), [&](auto& k) { return k.first == name; });
  Change change;
  if (kind == kKinds.end()) {
    in.fail("kind", "none, corrupt_triple, mask_entity or mask_relation", "\"" + name + "\"");
    return change;
  }
  change.kind = kind->second;
  if (change.kind == Kind::none) return change;
  const bool entity = change.kind == Kind::mask_entity;
  change.index = read_index(in, "index", entity ? graph.entities.size() : graph.triples.size());
  if (change.kind == Kind::corrupt_triple) {
    change.replacement = read_triple(in, "replacement", in.array("replacement"));
    change.picture = in.boolean("picture");
  }
  return change;
}

// The form of the answer tells which gold it is.
Gold read_gold(ObjectReader in, const json::object& answer, std::size_t choices) {
  if (answer.contains("value")) return CountGold{in.integer("value")};
  if (answer.contains("choice"))
    return ChoiceGold{read_index(in, "choice", choices), read_strings(in, "aliases")};
  if (answer.contains("triples"))
    return DescriptionGold{read_triples(in, "triples"), in.string("reference")};
  if (!answer.contains("triple"))
    in.fail("value", "value, choice, triple or triples", "none of them");
  if (!in.has("triple")) return ErrorGold{};
  return ErrorGold{read_triple(in, "triple", answer.at("triple"))};
}

void mask_entity(Graph& graph, std::size_t index) {
  const std::string name = graph.entities[index].name;
  graph.entities[index] = {kMask, false};
  for (Triple& triple : graph.triples)
    for (std::string* end : {&triple.head, &triple.tail})
      if (*end == name) *end = kMask;
}

void corrupt_triple(Graph& graph, const Change& change) {
  graph.triples[change.index] = change.replacement;
  std::set<std::string_view> named;
  for (const Triple& triple : graph.triples) named.insert({triple.head, triple.tail});
  for (const std::string* name : {&change.replacement.head, &change.replacement.tail})
    if (std::none_of(graph.entities.begin(), graph.entities.end(),
                     [&](const Entity& entity) { return entity.name == *name; }))
      graph.entities.push_back({*name, change.picture});
  std::erase_if(graph.entities, [&](const Entity& entity) { return !named.contains(entity.name); });
}

}  // namespace

bool is_inside(std::string_view path) {
  return !path.empty() && path.front() != '/' && path.find("..") == std::string_view::npos &&
         path.find('\0') == std::string_view::npos;
}

Graph drawn_graph(const Sample& sample) {
  Graph graph = sample.graph;
  switch (sample.change.kind) {
    case Kind::none: break;
    case Kind::corrupt_triple: corrupt_triple(graph, sample.change); break;
    case Kind::mask_entity: mask_entity(graph, sample.change.index); break;
    case Kind::mask_relation: graph.triples[sample.change.index].relation = kMask; break;
  }
  return graph;
}

json::object to_json_object(const Sample& sample) {
  json::array images;
  for (const Image& image : sample.images)
    images.push_back(json::object{{"path", image.path},
                                  {"digest", image.digest},
                                  {"width", image.width},
                                  {"height", image.height}});
  json::object record{{"id", sample.id},
                      {"task", sample.task},
                      {"question", sample.question},
                      {"images", std::move(images)}};
  if (!sample.choices.empty())
    record["choices"] = json::array(sample.choices.begin(), sample.choices.end());
  if (!sample.candidates.empty())
    record["candidates"] = json::array(sample.candidates.begin(), sample.candidates.end());
  record["answer"] = std::visit(GoldWriter{}, sample.gold);
  record["graph"] = graph_to_json(sample.graph);
  record["change"] = change_to_json(sample.change);
  record["rationale"] = sample.rationale;
  record["cluster"] = sample.cluster;
  record["split"] = sample.split;
  if (!sample.group.empty()) record["group"] = sample.group;
  if (!sample.meta.empty()) record["meta"] = sample.meta;
  return record;
}

Result<Sample> sample_from_json(const json::object& record, const std::string& where) {
  ObjectReader in(record, where);
  Sample sample;
  sample.id = in.string("id");
  sample.task = in.string("task");
  sample.question = in.string("question");
  sample.images = read_images(in);
  sample.choices = read_strings(in, "choices");
  sample.candidates = read_strings(in, "candidates");
  if (sample.choices.size() > kMostChoices)
    in.fail("choices", fmt::format("at most {} choices", kMostChoices),
            fmt::format("{}", sample.choices.size()));
  const json::object& answer = in.object_or_empty("answer");
  sample.gold = read_gold(in.child("answer"), answer, sample.choices.size());
  sample.graph = read_graph(in.child("graph"));
  sample.change = read_change(in.child("change"), sample.graph);
  sample.rationale = in.string_or("rationale", "");
  sample.cluster = in.string_or("cluster", sample.id);
  sample.split = in.string_or("split", "test");
  sample.group = in.string_or("group", "");
  sample.meta = in.object_or_empty("meta");
  STAREVAL_CHECK(in.status());
  return sample;
}

}  // namespace stareval
