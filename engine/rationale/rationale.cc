#include "engine/rationale/rationale.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/rationale/phrases_internal.h"
#include "engine/rationale/statement.h"
#include "libstareval/tasks/task.h"

namespace stareval::engine {
namespace {

using Lines = std::vector<std::string>;

template <class... Args>
std::string fill(std::string_view phrase, const Args&... args) {
  return fmt::format(fmt::runtime(phrase), args...);
}

struct Chain {
  const KnowledgeGraph& graph;
  const Sample& sample;
  Graph drawn;  // entities and triples in the order in which they are gone through
  Random random;
  std::string text;

  // One of the phrasings.
  template <std::size_t N>
  std::string_view pick(const phrases::Group<N>& group) {
    static_assert(N >= 4);
    return random.pick(group);
  }

  template <std::size_t N, class... Args>
  void add(const phrases::Group<N>& group, const Args&... args) {
    text += fill(pick(group), args...) + '\n';
  }

  // A numbered item a line.
  void add_list(const Lines& items) {
    const std::string_view item = pick(phrases::kListItem);
    for (std::size_t i = 0; i < items.size(); ++i) text += fill(item, i + 1, items[i]) + '\n';
    if (items.empty()) add(phrases::kNothing);
  }

  [[nodiscard]] std::string say(const Triple& triple) const { return statement(graph, triple); }
};

Lines names_where(const Graph& drawn, bool picture) {
  Lines names;
  for (const Entity& entity : drawn.entities)
    if (entity.picture == picture) names.push_back(entity.name);
  return names;
}

Lines distinct_labels(const Graph& drawn) {
  Lines labels;
  for (const Triple& triple : drawn.triples)
    if (std::find(labels.begin(), labels.end(), triple.relation) == labels.end())
      labels.push_back(triple.relation);
  return labels;
}

std::string triples_labelled(const Graph& drawn, const std::string& label) {
  std::string text;
  for (const Triple& triple : drawn.triples)
    if (triple.relation == label) text += (text.empty() ? "" : " ") + to_string(triple);
  return text;
}

void count_entities(Chain& chain) {
  chain.add(phrases::kNodes);
  Lines names;
  for (const Entity& entity : chain.drawn.entities) names.push_back(entity.name);
  chain.add_list(names);
}

void count_triples(Chain& chain) {
  chain.add(phrases::kArrows);
  Lines texts;
  for (const Triple& triple : chain.drawn.triples) texts.push_back(to_string(triple));
  chain.add_list(texts);
}

// First all arrows and then their labels, or label by label.
void count_labels(Chain& chain) {
  if (chain.sample.meta.contains("rc_counts")) return count_triples(chain);
  const Lines labels = distinct_labels(chain.drawn);
  if (chain.random.chance(0.5)) {
    count_triples(chain);
    chain.add(phrases::kLabels);
    return chain.add_list(labels);
  }
  chain.add(phrases::kLabelsWithArrows);
  Lines lines;
  for (const std::string& label : labels)
    lines.push_back(fmt::format("{}: {}", label, triples_labelled(chain.drawn, label)));
  chain.add_list(lines);
}

void name_images(Chain& chain) {
  chain.add(phrases::kWithImage);
  chain.add_list(names_where(chain.drawn, true));
}

void name_others(Chain& chain) {
  const Lines names = names_where(chain.drawn, false);
  chain.add(phrases::kWithoutImage,
            names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", ")));
}

void count_images(Chain& chain) {
  const bool images_first = chain.random.chance(0.5);
  if (images_first) name_images(chain);
  name_others(chain);
  if (!images_first) name_images(chain);
}

void describe(Chain& chain) {
  count_triples(chain);
  chain.add(phrases::kIntoSentences);
}

void check_facts(Chain& chain) {
  std::optional<Triple> wrong;
  if (chain.sample.change.kind == Change::Kind::corrupt_triple)
    wrong = chain.sample.change.replacement;
  chain.add(phrases::kCheck);
  const auto fact = chain.pick(phrases::kFact);
  const auto right = chain.pick(phrases::kTrue), not_right = chain.pick(phrases::kFalse);
  Lines lines;
  for (const Triple& triple : chain.drawn.triples)
    lines.push_back(fmt::format("{} {}", fill(fact, to_string(triple), chain.say(triple)),
                                triple == wrong ? not_right : right));
  chain.add_list(lines);
  if (!wrong) return chain.add(phrases::kAllTrue);
  const Triple& truth = chain.sample.graph.triples[chain.sample.change.index];
  chain.add(phrases::kTruth, to_string(truth), chain.say(truth));
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

// The facts that the option makes false.
std::vector<Triple> refutations(const Chain& chain, const std::vector<Triple>& known,
                                const std::string& option) {
  std::vector<Triple> refuted;
  for (const Triple& triple : known)
    if (Triple filled = unmask(triple, option); !may_hold(chain.graph, filled))
      refuted.push_back(std::move(filled));
  return refuted;
}

void check_options(Chain& chain, const std::vector<Triple>& known) {
  const Lines& choices = chain.sample.choices;
  chain.add(phrases::kTryOptions, kMask);
  const auto option = chain.pick(phrases::kOption);
  const auto not_right = chain.pick(phrases::kFalse);
  const std::string fits(known.size() == 1 ? chain.pick(phrases::kFits)
                                           : chain.pick(phrases::kAllFit));
  std::vector<std::size_t> order(choices.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (chain.random.chance(0.5)) chain.random.shuffle(order);
  for (const std::size_t i : order) {
    const auto refuted = refutations(chain, known, choices[i]);
    std::string said = fits;
    if (!refuted.empty())
      said = fmt::format("{} {}", chain.say(chain.random.pick(refuted)), not_right);
    else if (known.size() == 1) said = chain.say(unmask(known.front(), choices[i])) + " " + fits;
    chain.text += fill(option, choice_letter(i), choices[i], said) + '\n';
  }
}

void find_entity(Chain& chain) {
  const std::vector<Triple> known = masked_triples(chain.drawn);
  chain.add(phrases::kAboutMask, kMask);
  const auto fact = chain.pick(phrases::kFact);
  Lines lines;
  for (const Triple& triple : known)
    lines.push_back(fill(fact, to_string(triple), chain.say(triple)));
  chain.add_list(lines);
  check_options(chain, known);
}

void find_relation(Chain& chain) {
  const std::vector<Triple> known = masked_triples(chain.drawn);
  chain.add(phrases::kMaskedArrow, kMask, known.front().head, known.front().tail);
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

std::string write_rationale(const KnowledgeGraph& graph, const Sample& sample,
                            const Random& random) {
  const auto* step = std::find_if(kSteps.begin(), kSteps.end(), [&](const auto& entry) {
    return entry.first == base_task(sample.task);
  });
  if (step == kSteps.end()) throw std::invalid_argument("write_rationale: task " + sample.task);
  Chain chain{graph, sample, drawn_graph(sample), random, ""};
  chain.random.shuffle(chain.drawn.entities);
  chain.random.shuffle(chain.drawn.triples);
  step->second(chain);
  const bool description = std::holds_alternative<DescriptionGold>(sample.gold);
  return chain.text +
         fill(description ? chain.pick(phrases::kDescription) : chain.pick(phrases::kAnswer),
              gold_answer(sample));
}

}  // namespace stareval::engine
