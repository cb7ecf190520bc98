#include "libstareval/tasks/sample_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "libstareval/base/text.h"
#include "libstareval/tasks/task.h"

namespace stareval {
namespace {

std::string fault(std::string_view field, std::string_view expected, std::string_view found) {
  return fmt::format("field \"{}\": expected {}, found {}", field, expected, found);
}

// Field of the answer that a task asks for, and whether the gold has it.
struct Wanted {
  std::string_view field;
  bool there;
};

Wanted wanted_answer(AnswerSpace space, const Gold& gold) {
  switch (space) {
    case AnswerSpace::integer: return {"answer.value", std::holds_alternative<CountGold>(gold)};
    case AnswerSpace::description:
      return {"answer.triples", std::holds_alternative<DescriptionGold>(gold)};
    case AnswerSpace::triple_or_none:
      return {"answer.triple", std::holds_alternative<ErrorGold>(gold)};
    case AnswerSpace::choice:
    case AnswerSpace::yes_no:
    case AnswerSpace::label: return {"answer.choice", std::holds_alternative<ChoiceGold>(gold)};
  }
  return {"answer", false};
}

std::optional<std::string> fault_of_count(const Sample& sample, std::int64_t value) {
  const Graph drawn = drawn_graph(sample);
  const auto edges = std::ssize(drawn.triples);
  const std::int64_t relations = count_relations(drawn);
  std::int64_t expected = std::ssize(drawn.entities);
  const std::string_view like = base_task(sample.task);
  if (like == "IC") expected = count_pictures(drawn);
  if (like == "TC") expected = edges;
  if (like == "RC") expected = value == edges ? edges : relations;
  if (value == expected) return std::nullopt;
  return fault("answer.value", fmt::format("{}, which the graph shows", expected),
               fmt::format("{}", value));
}

std::optional<std::string> fault_of_error(const Sample& sample, const ErrorGold& gold) {
  std::optional<Triple> corrupted;
  if (sample.change.kind == Change::Kind::corrupt_triple) corrupted = sample.change.replacement;
  const auto& true_triples = sample.graph.triples;
  if (corrupted &&
      std::find(true_triples.begin(), true_triples.end(), *corrupted) != true_triples.end())
    return fault("change.replacement", "a triple that is not in the graph", to_string(*corrupted));
  if (gold.wrong == corrupted) return std::nullopt;
  const auto text = [](const std::optional<Triple>& triple) {
    return triple ? to_string(*triple) : std::string("null");
  };
  return fault("answer.triple", text(corrupted) + ", which the change says", text(gold.wrong));
}

std::optional<std::string> fault_of_choices(const Sample& sample) {
  if (sample.choices.size() < 2)
    return fault("choices", "at least two", fmt::format("{}", sample.choices.size()));
  std::set<std::string> seen;
  for (const std::string& choice : sample.choices) {
    if (trim(choice).empty()) return fault("choices", "texts", "an empty one");
    if (!seen.insert(normalise_name(choice)).second)
      return fault("choices", "different texts", "\"" + choice + "\" again");
  }
  return std::nullopt;
}

// The gold of ER and RR is what the mask hides; that of a detection, whether something was changed.
std::optional<std::string> fault_of_masked(const Sample& sample, const std::string& gold) {
  const Change& change = sample.change;
  std::string expected = gold;
  if (change.kind == Change::Kind::mask_entity) expected = sample.graph.entities[change.index].name;
  if (change.kind == Change::Kind::mask_relation)
    expected = sample.graph.triples[change.index].relation;
  if (base_task(sample.task) == "ED") {
    if (normalise_name(gold) != "yes" && normalise_name(gold) != "no")
      return fault("answer.choice", "\"yes\" or \"no\"", "\"" + gold + "\"");
    if (change.kind == Change::Kind::none) expected = "no";
  }
  if (gold == expected) return std::nullopt;
  return fault("answer.choice", "\"" + expected + "\", which the change says", "\"" + gold + "\"");
}

// A ranking list holds the gold once.
std::optional<std::string> fault_of_candidates(const Sample& sample, const std::string& gold) {
  if (sample.candidates.empty()) return std::nullopt;
  std::set<std::string> seen;
  for (const std::string& candidate : sample.candidates)
    if (!seen.insert(normalise_name(candidate)).second)
      return fault("candidates", "different texts", "\"" + candidate + "\" again");
  if (seen.contains(normalise_name(gold))) return std::nullopt;
  return fault("candidates", "the gold among them", "a list without \"" + gold + "\"");
}

struct GoldCheck {
  const Sample& sample;

  std::optional<std::string> operator()(const CountGold& gold) const {
    return fault_of_count(sample, gold.value);
  }
  std::optional<std::string> operator()(const DescriptionGold& gold) const {
    const std::set<Triple> stated(gold.triples.begin(), gold.triples.end());
    const std::set<Triple> shown(sample.graph.triples.begin(), sample.graph.triples.end());
    if (stated == shown && !stated.empty()) return std::nullopt;
    return fault("answer.triples", "the triples of the graph", "others");
  }
  std::optional<std::string> operator()(const ErrorGold& gold) const {
    return fault_of_error(sample, gold);
  }
  std::optional<std::string> operator()(const ChoiceGold& gold) const {
    if (const auto fault = fault_of_choices(sample)) return fault;
    if (const auto fault = fault_of_masked(sample, sample.choices[gold.index])) return fault;
    return fault_of_candidates(sample, sample.choices[gold.index]);
  }
};

}  // namespace

std::optional<std::string> fault_of(const Sample& sample) {
  const Task* task = find_task(sample.task);
  if (task == nullptr || task->id != sample.task) return std::nullopt;
  if (const Wanted wanted = wanted_answer(task->answers, sample.gold); !wanted.there)
    return fault(wanted.field, fmt::format("the answer of the task {}", sample.task),
                 "another kind");
  if (sample.images.empty()) return fault("images", "a picture", "none");
  return std::visit(GoldCheck{sample}, sample.gold);
}

}  // namespace stareval
