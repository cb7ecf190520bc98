#include "engine/rationale/rationale.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/rationale/statement.h"
#include "libstareval/tasks/task.h"

namespace stareval::engine {
namespace {

struct Chain {
  const KnowledgeGraph& graph;
  const Sample& sample;
  const Graph& drawn;
  std::string text;

  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text), format, std::forward<Args>(args)...);
    text += '\n';
  }

  [[nodiscard]] std::string say(const Triple& triple) const { return statement(graph, triple); }
};

// "1. a", "2. b" ... one a line; "none" where there are no items.
void add_list(Chain& chain, const std::vector<std::string>& items) {
  for (std::size_t i = 0; i < items.size(); ++i) chain.add("{}. {}", i + 1, items[i]);
  if (items.empty()) chain.add("none");
}

std::vector<std::string> names_where(const Graph& drawn, bool picture) {
  std::vector<std::string> names;
  for (const Entity& entity : drawn.entities)
    if (entity.picture == picture) names.push_back(entity.name);
  return names;
}

std::vector<std::string> triple_texts(const Graph& drawn) {
  std::vector<std::string> texts;
  for (const Triple& triple : drawn.triples) texts.push_back(to_string(triple));
  return texts;
}

std::vector<std::string> distinct_labels(const Graph& drawn) {
  std::vector<std::string> labels;
  for (const Triple& triple : drawn.triples)
    if (std::find(labels.begin(), labels.end(), triple.relation) == labels.end())
      labels.push_back(triple.relation);
  return labels;
}

void count_entities(Chain& chain) {
  std::vector<std::string> names;
  for (const Entity& entity : chain.drawn.entities) names.push_back(entity.name);
  chain.add("The nodes of the graph are:");
  add_list(chain, names);
}

void count_triples(Chain& chain) {
  chain.add("The arrows of the graph are:");
  add_list(chain, triple_texts(chain.drawn));
}

void count_labels(Chain& chain) {
  count_triples(chain);
  if (chain.sample.meta.contains("rc_counts")) return;
  chain.add("The different labels on them are:");
  add_list(chain, distinct_labels(chain.drawn));
}

void count_images(Chain& chain) {
  chain.add("The nodes without an image are: {}.",
            names_where(chain.drawn, false).empty()
                ? "none"
                : fmt::format("{}", fmt::join(names_where(chain.drawn, false), ", ")));
  chain.add("The nodes with an image are:");
  add_list(chain, names_where(chain.drawn, true));
}

void describe(Chain& chain) {
  count_triples(chain);
  chain.add("Each becomes one sentence.");
}

void check_facts(Chain& chain) {
  std::optional<Triple> wrong;
  if (chain.sample.change.kind == Change::Kind::corrupt_triple)
    wrong = chain.sample.change.replacement;
  chain.add("Each fact of the graph is checked:");
  std::vector<std::string> lines;
  for (const Triple& triple : chain.drawn.triples)
    lines.push_back(fmt::format("{}: {} {}", to_string(triple), chain.say(triple),
                                triple == wrong ? "This is false." : "This is true."));
  add_list(chain, lines);
  if (!wrong) return chain.add("Every fact is true.");
  const Triple& truth = chain.sample.graph.triples[chain.sample.change.index];
  chain.add("One fact is false. In its place should stand {}: {}", to_string(truth),
            chain.say(truth));
}

std::vector<Triple> masked_triples(const Graph& drawn) {
  std::vector<Triple> triples;
  for (const Triple& triple : drawn.triples)
    if (triple.head == kMask || triple.relation == kMask || triple.tail == kMask)
      triples.push_back(triple);
  return triples;
}

Triple unmask(const Triple& triple, const std::string& with) {
  const auto put = [&](const std::string& part) { return part == kMask ? with : part; };
  return {put(triple.head), put(triple.relation), put(triple.tail)};
}

bool may_hold(const KnowledgeGraph& graph, const Triple& triple) {
  const auto head = graph.find_entity(triple.head);
  const auto relation = graph.find_relation(triple.relation);
  const auto tail = graph.find_entity(triple.tail);
  return head && relation && tail && graph.may_hold({*head, *relation, *tail});
}

// The first fact that the option makes false, or nothing where all hold.
std::optional<Triple> refutation(const Chain& chain, const std::vector<Triple>& known,
                                 const std::string& option) {
  for (const Triple& triple : known)
    if (const Triple filled = unmask(triple, option); !may_hold(chain.graph, filled)) return filled;
  return std::nullopt;
}

void check_options(Chain& chain, const std::vector<Triple>& known) {
  const std::vector<std::string>& choices = chain.sample.choices;
  chain.add("Each option is put in the place of {}:", kMask);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (const auto refuted = refutation(chain, known, choices[i]))
      chain.add("{}. {}: {} This is false.", choice_letter(i), choices[i], chain.say(*refuted));
    else
      chain.add("{}. {}: {} fits.", choice_letter(i), choices[i],
                known.size() == 1 ? chain.say(unmask(known.front(), choices[i])) + " This"
                                  : "Every fact");
  }
}

void find_entity(Chain& chain) {
  const std::vector<Triple> known = masked_triples(chain.drawn);
  chain.add("What the graph says about {}:", kMask);
  std::vector<std::string> lines;
  for (const Triple& triple : known)
    lines.push_back(fmt::format("{}: {}", to_string(triple), chain.say(triple)));
  add_list(chain, lines);
  check_options(chain, known);
}

void find_relation(Chain& chain) {
  const std::vector<Triple> known = masked_triples(chain.drawn);
  chain.add("The arrow labelled {} leads from {} to {}.", kMask, known.front().head,
            known.front().tail);
  check_options(chain, known);
}

using Step = void (*)(Chain&);
constexpr std::array<std::pair<std::string_view, Step>, 8> kSteps{{{"EC", count_entities},
                                                                   {"RC", count_labels},
                                                                   {"IC", count_images},
                                                                   {"TC", count_triples},
                                                                   {"SD", describe},
                                                                   {"ED", check_facts},
                                                                   {"ER", find_entity},
                                                                   {"RR", find_relation}}};

}  // namespace

std::string write_rationale(const KnowledgeGraph& graph, const Sample& sample) {
  const auto* step = std::find_if(kSteps.begin(), kSteps.end(), [&](const auto& entry) {
    return entry.first == base_task(sample.task);
  });
  if (step == kSteps.end()) throw std::invalid_argument("write_rationale: task " + sample.task);
  const Graph drawn = drawn_graph(sample);
  Chain chain{graph, sample, drawn, ""};
  step->second(chain);
  const bool description = std::holds_alternative<DescriptionGold>(sample.gold);
  return chain.text + (description ? "So the answer is:\n" + gold_answer(sample)
                                   : "So the answer is " + gold_answer(sample) + ".");
}

}  // namespace stareval::engine
