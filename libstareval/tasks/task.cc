#include "libstareval/tasks/task.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <iterator>
#include <set>

#include "libstareval/base/text.h"

namespace stareval {
namespace {

constexpr std::array<Task, 8> kTasks{{
    {"EC", "entity counting", AnswerSpace::integer, "EC"},
    {"RC", "relation counting", AnswerSpace::integer, "RC"},
    {"IC", "image counting", AnswerSpace::integer, "IC"},
    {"TC", "triple counting", AnswerSpace::integer, "TC"},
    {"SD", "subgraph description", AnswerSpace::description, "SD"},
    {"ED", "error detection", AnswerSpace::triple_or_none, "ED"},
    {"ER", "entity reasoning", AnswerSpace::choice, "ER"},
    {"RR", "relation reasoning", AnswerSpace::choice, "RR"},
}};

constexpr std::array<Task, 7> kM3strTasks{{
    {"m3str-count-entity", "entity counting of M3STR", AnswerSpace::integer, "EC"},
    {"m3str-count-relation", "relation counting of M3STR", AnswerSpace::integer, "TC"},
    {"m3str-detect-entity", "entity error detection of M3STR", AnswerSpace::yes_no, "ED"},
    {"m3str-detect-relation", "relation error detection of M3STR", AnswerSpace::yes_no, "ED"},
    {"m3str-detect-any", "error detection of M3STR", AnswerSpace::yes_no, "ED"},
    {"m3str-complete-entity", "entity completion of M3STR", AnswerSpace::choice, "ER"},
    {"m3str-complete-relation", "relation completion of M3STR", AnswerSpace::choice, "RR"},
}};

constexpr std::array<Task, 1> kMoreTasks{{
    {"MORE", "object-entity relation extraction of MORE", AnswerSpace::label, "MORE"},
}};

struct Wordings {
  std::string_view task;
  std::array<std::string_view, 5> texts;
};

constexpr std::array<Wordings, 11> kWordings{{
    {"EC",
     {"The picture shows a knowledge graph. How many entities does it show?",
      "Count the entities (nodes) in this knowledge graph. How many are there?",
      "How many different entities appear in the knowledge graph in the picture?",
      "Each node of this graph is an entity. What is the number of entities?",
      "Look at the knowledge graph. What is the total number of nodes?"}},
    {"RC",
     {"The picture shows a knowledge graph with labelled arrows. How many different relations "
      "occur? Count each label once.",
      "How many distinct relation labels are there on the arrows of this knowledge graph?",
      "Count the different kinds of relation in the graph. A label that occurs several times "
      "counts "
      "once.",
      "Each arrow names a relation. How many different relation names does the picture show?",
      "What is the number of distinct relation types in this knowledge graph?"}},
    {"IC",
     {"The picture shows a knowledge graph. How many of its entities are shown with an image?",
      "Some nodes of this knowledge graph contain an image. How many do?",
      "Count the entities that have a picture inside their node. How many are there?",
      "How many nodes of this graph are drawn with an image beside their name?",
      "What is the number of entities in this knowledge graph that come with an image?"}},
    {"TC",
     {"The picture shows a knowledge graph. Each arrow is one triple (head, relation, tail). How "
      "many triples does it show?",
      "How many facts, that is, labelled arrows, are there in this knowledge graph?",
      "Count the triples of the knowledge graph in the picture. How many are there?",
      "Each labelled arrow states one fact. What is the number of facts?",
      "What is the total number of (head, relation, tail) triples in this graph?"}},
    {"SD",
     {"Describe the knowledge graph in the picture: state every fact that it shows.",
      "Write a description of this knowledge graph that covers all of its entities and relations.",
      "Put the content of this knowledge graph into words. Leave out no fact.",
      "What does this knowledge graph say? Describe every relation between its entities.",
      "Summarise the graph in the picture, so that a reader could draw it again."}},
    {"ED",
     {"One fact in this knowledge graph may be wrong. Which one is it, if any?",
      "Check each triple of the knowledge graph in the picture. Is one of them false, and which?",
      "The graph may contain one false fact. Find it, or say that there is none.",
      "Does this knowledge graph contain a wrong triple? Name it if so.",
      "At most one arrow of this graph states something untrue. Which one, if any?"}},
    {"ER",
     {"One entity of this knowledge graph is hidden and drawn as ?????. Which entity is it?",
      "Which of the options is the entity that ????? stands for in the graph?",
      "The node ????? hides an entity. Which one fits the facts that the graph shows?",
      "Complete the knowledge graph: which entity belongs in the place of ?????",
      "An entity has been masked as ?????. Choose the one that makes the graph true."}},
    {"RR",
     {"One relation of this knowledge graph is hidden and drawn as ?????. Which relation is it?",
      "Which of the options is the relation that ????? stands for in the graph?",
      "The arrow labelled ????? hides a relation. Which one fits its two entities?",
      "Complete the knowledge graph: which relation belongs in the place of ?????",
      "A relation has been masked as ?????. Choose the one that makes the graph true."}},
    {"m3str-detect-entity",
     {"Does this knowledge graph contain a fact with a wrong entity?",
      "Check the entities of each triple in the picture. Does one of them not belong there?",
      "One entity may have been replaced, so that a fact is false. Has one?",
      "Is there a triple in this graph whose head or tail is wrong?",
      "Has an entity of this knowledge graph been put in a wrong place?"}},
    {"m3str-detect-relation",
     {"Does this knowledge graph contain a fact with a wrong relation?",
      "Check the relation of each triple in the picture. Is one of them wrong?",
      "One relation may have been replaced, so that a fact is false. Has one?",
      "Is there an arrow in this graph whose label is wrong?",
      "Has a relation of this knowledge graph been replaced by a wrong one?"}},
    {"m3str-detect-any",
     {"Does this knowledge graph contain a wrong fact?",
      "Check each triple in the picture. Is one of them false?",
      "An entity or a relation may have been replaced, so that a fact is false. Has one?",
      "Is there an arrow in this graph that states something untrue?",
      "Has anything in this knowledge graph been replaced by something wrong?"}},
}};

struct AnswerText {
  const Sample& sample;

  std::string operator()(const CountGold& gold) const { return fmt::format("{}", gold.value); }
  std::string operator()(const DescriptionGold& gold) const { return gold.reference; }
  std::string operator()(const ErrorGold& gold) const {
    return gold.wrong ? to_string(*gold.wrong) : "none";
  }
  std::string operator()(const ChoiceGold& gold) const { return choice_answer(sample, gold.index); }
};

std::vector<std::string> ids_of(std::initializer_list<std::span<const Task>> lists) {
  std::vector<std::string> ids;
  for (const std::span<const Task> tasks : lists)
    for (const Task& task : tasks) ids.emplace_back(task.id);
  return ids;
}

// "all" and "m3str"; none where the word is not that of a group.
std::span<const Task> group_of(std::string_view word) {
  if (equals_ignoring_case(word, "all")) return kTasks;
  if (equals_ignoring_case(word, "m3str")) return kM3strTasks;
  return {};
}

}  // namespace

std::span<const Task> star_tasks() { return kTasks; }

std::span<const Task> m3str_tasks() { return kM3strTasks; }

std::span<const Task> more_tasks() { return kMoreTasks; }

const Task* find_task(std::string_view id) {
  for (const std::span<const Task> tasks : {star_tasks(), m3str_tasks(), more_tasks()})
    for (const Task& task : tasks)
      if (equals_ignoring_case(task.id, id)) return &task;
  return nullptr;
}

std::string_view base_task(std::string_view id) {
  const Task* task = find_task(id);
  return task == nullptr ? std::string_view() : task->base;
}

const std::vector<std::string>& star_task_ids() {
  static const std::vector<std::string> ids = ids_of({star_tasks()});
  return ids;
}

bool has_all_star_tasks(std::span<const std::string> ids) {
  return std::all_of(kTasks.begin(), kTasks.end(), [&](const Task& task) {
    return std::find(ids.begin(), ids.end(), task.id) != ids.end();
  });
}

const std::vector<std::string>& known_task_ids() {
  static const std::vector<std::string> ids = ids_of({star_tasks(), m3str_tasks()});
  return ids;
}

Result<std::vector<std::string>> parse_tasks(std::string_view text,
                                             std::span<const std::string> known) {
  const auto has = [&](std::string_view id) {
    return std::find(known.begin(), known.end(), id) != known.end();
  };
  std::set<std::string_view> wanted;
  for (std::string_view part : split(text, ',')) {
    part = trim(part);
    const auto task = std::find_if(known.begin(), known.end(), [&](const std::string& id) {
      return equals_ignoring_case(id, part);
    });
    const std::span<const Task> group = group_of(part);
    if (task != known.end()) wanted.insert(*task);
    else if (!group.empty() && has(group.front().id))
      for (const Task& member : group) wanted.insert(member.id);
    else
      return make_error(ErrorCode::usage, "--task: expected {}, or all{}, found \"{}\"",
                        fmt::join(known, ", "), has(kM3strTasks.front().id) ? ", or m3str" : "",
                        part);
  }
  std::vector<std::string> ids;
  std::copy_if(known.begin(), known.end(), std::back_inserter(ids),
               [&](const std::string& id) { return wanted.contains(id); });
  return ids;
}

std::span<const std::string_view> question_wordings(std::string_view task) {
  const auto find = [](std::string_view id) {
    return std::find_if(kWordings.begin(), kWordings.end(),
                        [&](const Wordings& w) { return w.task == id; });
  };
  const auto* entry = find(task);
  if (entry == kWordings.end()) entry = find(base_task(task));
  if (entry == kWordings.end()) return {};
  return entry->texts;
}

char choice_letter(std::size_t index) { return static_cast<char>('A' + index); }

std::string list_choices(std::span<const std::string> choices) {
  std::string text;
  for (std::size_t i = 0; i < choices.size(); ++i)
    fmt::format_to(std::back_inserter(text), "{}{}. {}", i == 0 ? "" : "\n", choice_letter(i),
                   choices[i]);
  return text;
}

std::string list_labels(std::span<const std::string> choices) {
  std::string text;
  for (const std::string& choice : choices)
    fmt::format_to(std::back_inserter(text), "{}- {}", text.empty() ? "" : "\n", choice);
  return text;
}

std::string choice_answer(const Sample& sample, std::size_t index) {
  const Task* task = find_task(sample.task);
  const bool by_text = task != nullptr && (task->answers == AnswerSpace::yes_no ||
                                           task->answers == AnswerSpace::label);
  if (!by_text) return {choice_letter(index)};
  return index < sample.choices.size() ? sample.choices[index] : std::string();
}

std::string gold_answer(const Sample& sample) {
  return std::visit(AnswerText{sample}, sample.gold);
}

std::string gold_in_words(const Sample& sample) {
  const std::string answer = gold_answer(sample);
  const auto* gold = std::get_if<ChoiceGold>(&sample.gold);
  if (gold == nullptr || gold->index >= sample.choices.size()) return answer;
  const std::string& text = sample.choices[gold->index];
  return answer == text ? answer : answer + ". " + text;
}

}  // namespace stareval
