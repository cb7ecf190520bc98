#include <algorithm>
#include <set>

#include "backends/reader/answer_internal.h"
#include "backends/reader/completion_internal.h"
#include "backends/reader/consistency_internal.h"
#include "backends/reader/likeness_internal.h"
#include "backends/reader/roles_internal.h"
#include "libstareval/base/text.h"
#include "libstareval/data/graph.h"

namespace stareval::reader {
namespace {

// Words in which no extractor finds an answer, nor a refusal.
constexpr const char* kUnknown = "This cannot be known from what is drawn.";
constexpr const char* kNothingRead = "Nothing could be read.";

std::size_t count_labels(const ReadGraph& graph) {
  const std::vector<int> numbers = label_numbers(graph);
  std::set<int> different(numbers.begin(), numbers.end());
  if (different.size() > 1) different.erase(-1);  // an unread one may be any of the others
  return different.size();
}

std::size_t count_pictures(const ReadGraph& graph) {
  return static_cast<std::size_t>(
      std::count_if(graph.nodes.begin(), graph.nodes.end(),
                    [](const ReadNode& node) { return node.picture.has_value(); }));
}

std::string in_words(const ReadGraph& graph, const ReadEdge& edge) {
  const auto name = [&](int node) { return graph.nodes[static_cast<std::size_t>(node)].name; };
  return to_string(Triple{name(edge.from), edge.label, name(edge.to)});
}

// One triple a line, of edges whose ends and label were read.
std::string describe(const ReadGraph& graph) {
  const auto is_read = [&](int node) {
    return !trim(graph.nodes[static_cast<std::size_t>(node)].name).empty();
  };
  std::string text;
  for (const Fact& fact : facts_of(graph))
    if (is_read(fact.head) && is_read(fact.tail))
      text.append(text.empty() ? "" : "\n").append(in_words(graph, graph.edges[fact.edge]));
  return text.empty() ? kNothingRead : text;
}

std::string wrong_fact(const ReadGraph& graph) {
  const auto edge = inconsistent_edge(graph);
  return edge ? in_words(graph, graph.edges[*edge]) : "none";
}

std::string name_of(const Question& question, const Option& option) {
  return question.by_name || option.letter.empty() ? option.text : option.letter;
}

// In the spelling of the options, where there are any.
std::string decide(const Question& question, const ReadGraph& graph) {
  const double from = question.of_entity ? kWrongEntityFrom : kWrongFrom;
  std::string word = is_inconsistent(graph, from) ? "yes" : "no";
  for (const Option& option : question.options)
    if (normalise_name(option.text) == word) return name_of(question, option);
  return word;
}

// All in order, or the first alone.
std::string written(const Question& question, const std::vector<std::size_t>& order) {
  std::string text;
  for (const std::size_t index : order) {
    text.append(text.empty() ? "" : "\n").append(name_of(question, question.options[index]));
    if (!question.as_ranking) break;
  }
  return text;
}

std::string choose(const Question& question, const Ranked& ranked, bool guess_first) {
  if (ranked.order.empty() || !(ranked.known || guess_first)) return kUnknown;
  return written(question, ranked.order);
}

// The labels of the picture, which stand for options where none are given.
std::vector<Option> drawn_labels(const ReadGraph& graph) {
  const auto mask = masked_edge(graph);
  std::vector<Option> labels;
  std::set<int> seen;
  for (const Fact& fact : facts_of(graph)) {
    const std::string& label = graph.edges[fact.edge].label;
    if (fact.edge != mask && !is_mask(label) && seen.insert(fact.label).second)
      labels.push_back({"", label});
  }
  return labels;
}

// Where one label alone is drawn it is not known to be the hidden one, which may be another.
std::string name_relation(const ReadGraph& graph, bool guess_first) {
  const std::vector<Option> labels = drawn_labels(graph);
  const Ranked ranked = rank_relations(labels, graph);
  const bool known = labels.size() > 1 && ranked.known;
  if (labels.empty() || !(known || guess_first)) return kUnknown;
  return labels[ranked.order[0]].text;
}

}  // namespace

std::string answer(const Question& question, const ReadGraph& graph, bool guess_first) {
  switch (question.asks) {
    case Asks::entities: return std::to_string(graph.nodes.size());
    case Asks::relations: return std::to_string(count_labels(graph));
    case Asks::images: return std::to_string(count_pictures(graph));
    case Asks::triples: return std::to_string(graph.edges.size());
    case Asks::description: return describe(graph);
    case Asks::wrong_fact: return wrong_fact(graph);
    case Asks::is_wrong: return decide(question, graph);
    case Asks::hidden_entity:
      return choose(question, rank_entities(question.options, graph), guess_first);
    case Asks::hidden_relation:
      if (question.options.empty()) return name_relation(graph, guess_first);
      return choose(question, rank_relations(question.options, graph), guess_first);
  }
  return kUnknown;
}

}  // namespace stareval::reader
