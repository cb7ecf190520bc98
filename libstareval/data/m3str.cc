#include "libstareval/data/m3str.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "libstareval/base/file.h"
#include "libstareval/data/m3str_results.h"

namespace stareval {
namespace {

enum class Shape { none, detection, completion, counting, results };

constexpr int kLeastCount = 2;  // what the published evaluation lets a model answer
constexpr int kMostCount = 9;

Shape shape_of(const json::value& document) {
  if (const auto* items = document.if_array()) {
    const auto* first = items->empty() ? nullptr : items->front().if_object();
    if (first == nullptr) return Shape::none;
    if (first->contains("triples") && first->contains("modified_type")) return Shape::detection;
    if (first->contains("input") && first->contains("answer")) return Shape::completion;
    if (first->contains("num_entity") && first->contains("num_relation")) return Shape::counting;
    return Shape::none;
  }
  const auto* models = document.if_object();
  const auto* first =
      models == nullptr || models->empty() ? nullptr : models->begin()->value().if_object();
  return first != nullptr && first->contains("entity_results") ? Shape::results : Shape::none;
}

class Importer {
 public:
  explicit Importer(std::string where) : where_(std::move(where)) {}

  // Each item of an array, by the function of its shape.
  template <class Function>
  Result<void> read(const json::array& items, Function read_item) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::string where = fmt::format("{}: item {}", where_, i);
      const auto* item = items[i].if_object();
      if (item == nullptr)
        return make_error(ErrorCode::bad_data, "{}: expected an object, found {}", where,
                          describe_kind(items[i]));
      ObjectReader in(*item, where);
      (this->*read_item)(i, *item, in);
      STAREVAL_CHECK(in.status());
    }
    return {};
  }

  void read_detection(std::size_t number, const json::object& item, ObjectReader& in);
  void read_completion(std::size_t number, const json::object& item, ObjectReader& in);
  void read_counting(std::size_t number, const json::object& item, ObjectReader& in);
  Result<void> read_results(const json::value& document);

  M3strFile take() && { return std::move(file_); }

 private:
  // A sample with what all have; keys that are not `known` go into its meta.
  Sample start(std::string task, std::size_t number, const json::object& item,
               std::initializer_list<std::string_view> known);
  void add(Sample sample) { file_.samples.push_back(std::move(sample)); }
  void add_count(const char* what, std::size_t number, const json::object& item,
                 std::int64_t value);
  Graph read_graph(ObjectReader& in);
  void note_oddities(const Graph& graph);

  std::string where_;
  M3strFile file_;
};

Sample Importer::start(std::string task, std::size_t number, const json::object& item,
                       std::initializer_list<std::string_view> known) {
  Sample sample;
  sample.id = fmt::format("{}-{}", task, number);
  sample.task = std::move(task);
  sample.split = "test";
  sample.cluster = fmt::format("{}", number);
  for (const auto& field : item)
    if (std::find(known.begin(), known.end(), field.key()) == known.end())
      sample.meta[field.key()] = field.value();
  ++file_.loss.defaulted["rationale"];
  return sample;
}

// [head, tail, relation] in the file.
std::optional<Triple> read_triple(const json::value& value) {
  const auto* parts = value.if_array();
  if (parts == nullptr || parts->size() != 3 ||
      !std::all_of(parts->begin(), parts->end(), [](auto& part) { return part.is_string(); }))
    return std::nullopt;
  const auto text = [&](std::size_t i) { return std::string((*parts)[i].get_string()); };
  return Triple{text(0), text(2), text(1)};
}

Graph Importer::read_graph(ObjectReader& in) {
  Graph graph;
  std::set<std::string> names;
  const auto add_entity = [&](std::string name) {
    if (names.insert(name).second) graph.entities.push_back({std::move(name), false});
  };
  for (const json::value& entity : in.array("entities")) {
    if (const auto* name = entity.if_string()) add_entity(std::string(*name));
    else in.fail("entities", "names", describe_kind(entity));
  }
  for (const json::value& value : in.array("triples")) {
    const std::optional<Triple> triple = read_triple(value);
    if (!triple) {
      in.fail("triples", "[head, tail, relation]", describe_kind(value));
      break;
    }
    add_entity(triple->head);
    add_entity(triple->tail);
    graph.triples.push_back(*triple);
  }
  return graph;
}

void Importer::note_oddities(const Graph& graph) {
  auto& noted = file_.loss.noted;
  std::set<Triple> seen;
  for (const Triple& triple : graph.triples) {
    if (triple.head == triple.tail) ++noted["self-loops"];
    if (triple.relation.find('\n') != std::string::npos) ++noted["labels with a line break"];
    if (!seen.insert(triple).second) ++noted["repeated triples"];
  }
}

void Importer::read_detection(std::size_t number, const json::object& item, ObjectReader& in) {
  const Graph graph = read_graph(in);
  const std::string modified = in.string("modified_type");
  note_oddities(graph);
  ++file_.loss.dropped["pictures"];
  struct Asked {
    const char* what;
    bool yes;
  };
  for (const Asked& asked :
       {Asked{"entity", modified == "entity"}, Asked{"relation", modified == "relation"},
        Asked{"any", !modified.empty()}}) {
    Sample sample =
        start(fmt::format("m3str-detect-{}", asked.what), number, item, {"entities", "triples"});
    sample.question = fmt::format("Is there a wrong fact in the picture ({})?", asked.what);
    sample.choices = {"yes", "no"};
    sample.gold = ChoiceGold{asked.yes ? 0U : 1U};
    sample.graph = graph;
    ++file_.loss.defaulted["question"];
    add(std::move(sample));
  }
}

// The lines "A. ..." to "E. ..."; a line that starts with no letter goes on with the option above,
// as labels hold line breaks. `rest` gets the other lines.
std::vector<std::string> parse_options(std::string_view input, std::string& rest) {
  std::vector<std::string> options;
  bool in_options = false;
  while (!input.empty()) {
    const std::string_view line = input.substr(0, input.find('\n'));
    input.remove_prefix(std::min(input.size(), line.size() + 1));
    const auto letter = static_cast<char>('A' + options.size());
    const bool starts = line.size() > 2 && line[0] == letter && line.substr(1, 2) == ". ";
    if (in_options && line.starts_with("Please ")) in_options = false;
    if (starts && (in_options || options.empty())) {
      in_options = true;
      options.emplace_back(line.substr(3));
    } else if (in_options) {
      options.back() += "\n" + std::string(line);
    } else {
      rest += std::string(line) + "\n";
    }
  }
  return options;
}

void Importer::read_completion(std::size_t number, const json::object& item, ObjectReader& in) {
  const std::string input = in.string("input");
  const std::string answer = in.string("answer");
  const bool relation = input.find("missing relation") != std::string::npos;
  Sample sample = start(relation ? "m3str-complete-relation" : "m3str-complete-entity", number,
                        item, {"input", "answer"});
  sample.choices = parse_options(input, sample.question);
  const std::size_t index = answer.empty() ? 26 : static_cast<std::size_t>(answer[0] - 'A');
  if (answer.size() != 1 || index >= sample.choices.size())
    in.fail("answer", fmt::format("the letter of one of {} options", sample.choices.size()),
            "\"" + answer + "\"");
  sample.gold = ChoiceGold{index};
  ++file_.loss.dropped["pictures"];
  ++file_.loss.defaulted["graph"];
  add(std::move(sample));
}

void Importer::add_count(const char* what, std::size_t number, const json::object& item,
                         std::int64_t value) {
  Sample sample =
      start(fmt::format("m3str-count-{}", what), number, item, {"num_entity", "num_relation"});
  sample.question = fmt::format("How many different {} are there?", what);
  sample.gold = CountGold{value};
  sample.meta["answer_range"] = json::array{kLeastCount, kMostCount};
  ++file_.loss.dropped["pictures"];
  ++file_.loss.defaulted["graph"];
  ++file_.loss.defaulted["question"];
  add(std::move(sample));
}

void Importer::read_counting(std::size_t number, const json::object& item, ObjectReader& in) {
  const std::int64_t entities = in.integer("num_entity");
  if (entities <= kMostCount) add_count("entity", number, item, entities);
  else ++file_.loss.dropped["entity counts above 9, which are not asked"];
  add_count("relation", number, item, in.integer("num_relation"));
}

// The golds only; what the model answered is not of the dataset.
Result<void> Importer::read_results(const json::value& document) {
  const json::object& models = document.get_object();
  const std::string model(models.begin()->key());
  if (models.size() > 1) file_.loss.dropped["golds of further models"] = models.size() - 1;
  STAREVAL_TRY(M3strResults results,
               m3str_results_from_json(document, model, M3strKind::counting, where_));
  for (Sample& sample : results.samples) {
    for (const char* field : {"rationale", "graph", "question"}) ++file_.loss.defaulted[field];
    ++file_.loss.dropped["pictures"];
    add(std::move(sample));
  }
  file_.loss.dropped["answers of the model"] = results.answers.size();
  return {};
}

}  // namespace

bool is_m3str(const json::value& document) { return shape_of(document) != Shape::none; }

Result<M3strFile> m3str_from_json(const json::value& document, const std::string& where) {
  Importer importer(where);
  switch (shape_of(document)) {
    case Shape::detection:
      STAREVAL_CHECK(importer.read(document.get_array(), &Importer::read_detection));
      break;
    case Shape::completion:
      STAREVAL_CHECK(importer.read(document.get_array(), &Importer::read_completion));
      break;
    case Shape::counting:
      STAREVAL_CHECK(importer.read(document.get_array(), &Importer::read_counting));
      break;
    case Shape::results: STAREVAL_CHECK(importer.read_results(document)); break;
    case Shape::none:
      return make_error(ErrorCode::usage,
                        "{}: expected a file of M3STR (detection, completion, counting, or the "
                        "results of counting), found none of their fields in its first item",
                        where);
  }
  return std::move(importer).take();
}

Result<M3strFile> read_m3str(const std::filesystem::path& file) {
  STAREVAL_TRY(const std::string text, read_file(file));
  STAREVAL_TRY(const json::value document, parse_json(text, file.string()));
  return m3str_from_json(document, file.string());
}

}  // namespace stareval
