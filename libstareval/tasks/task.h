// The vocabulary of the eight STAR tasks, of the seven variants of M3STR that resemble them, and of
// MORE: one place for the engine, the protocols and the baselines.
// Source  arXiv 2510.21828, table of tasks; arXiv 2506.01293; arXiv 2312.09753.
// Thread  constants and pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/data/sample.h"

namespace stareval {

// yes_no: one of the choices "yes" and "no", answered with its text in place of its letter.
// label: one of the choices, answered with its text.
enum class AnswerSpace { integer, description, triple_or_none, choice, yes_no, label };

struct Task {
  std::string_view id;     // "EC"
  std::string_view title;  // "entity counting"
  AnswerSpace answers;
  std::string_view base;  // the STAR task that it resembles: itself, or for a variant another
};

// EC, RC, IC, TC, SD, ED, ER, RR, in the order of the paper.
[[nodiscard]] std::span<const Task> star_tasks();

// The variants of M3STR: "m3str-count-entity", "m3str-count-relation" (edges),
// "m3str-detect-entity", "m3str-detect-relation", "m3str-detect-any", "m3str-complete-entity",
// "m3str-complete-relation".
[[nodiscard]] std::span<const Task> m3str_tasks();

// "MORE", which is not drawn from a knowledge graph: no known_task_ids() and no phrasings.
[[nodiscard]] std::span<const Task> more_tasks();

// Of any; in any case. Null where there is none of that id.
[[nodiscard]] const Task* find_task(std::string_view id);

// The id of the STAR task that a task resembles; "" where the task is not known.
[[nodiscard]] std::string_view base_task(std::string_view id);

[[nodiscard]] const std::vector<std::string>& star_task_ids();

// Whether the eight are all among the ids: then there is an AVG, of these eight.
[[nodiscard]] bool has_all_star_tasks(std::span<const std::string> ids);

// The eight and the seven.
[[nodiscard]] const std::vector<std::string>& known_task_ids();

// "all" (the eight), "m3str" (the seven), or ids with commas between ("EC,RC"), any case. In the
// order of `known`, each once. usage where an id is not known, with those that are.
[[nodiscard]] Result<std::vector<std::string>> parse_tasks(
    std::string_view text, std::span<const std::string> known = star_task_ids());

// Phrasings of the question, each complete without the format of the answer, which is the
// protocol's.
[[nodiscard]] std::span<const std::string_view> question_wordings(std::string_view task);

// 'A' for 0, 'B' for 1 ...; at most 26 choices.
[[nodiscard]] char choice_letter(std::size_t index);

// The choices as they stand under a question: "A. France\nB. Spain".
[[nodiscard]] std::string list_choices(std::span<const std::string> choices);

// The same without letters, for replies that name a choice by its text: "- none\n-
// /per/per/partner".
[[nodiscard]] std::string list_labels(std::span<const std::string> choices);

// How a reply names one of the choices: by its letter, or by its text where the answer is yes_no or
// label.
[[nodiscard]] std::string choice_answer(const Sample& sample, std::size_t index);

// What a perfect model would answer, in the form that the prompts ask for: "7", "C", "yes", "none",
// "(France, capital, Berlin)", or the description.
[[nodiscard]] std::string gold_answer(const Sample& sample);

// The same for people: an option with its text, "C. France".
[[nodiscard]] std::string gold_in_words(const Sample& sample);

}  // namespace stareval
