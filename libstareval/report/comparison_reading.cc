// A comparison in words. Nothing here is computed anew.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "libstareval/report/comparison.h"

namespace stareval {
namespace {

std::string p_is(double p) { return (p < 0.001 ? "p " : "p = ") + p_text(p); }

std::string size_text(double fraction) { return fmt::format("{:.1f}", std::abs(fraction) * 100); }

bool agrees(const ComparisonRow& row) { return row.a_higher + row.b_higher == 0; }

std::string power_text(const ComparisonRow& row) {
  if (!row.detectable) return "these samples are too few to find any";
  return fmt::format(
      "with these samples a difference below {} points would be found less than four times in five",
      size_text(*row.detectable));
}

// Of the row that the comparison is about.
std::string verdict(const ComparisonRow& row) {
  if (!row.flips || !row.difference)
    return fmt::format("{}: undefined, as fewer than two clusters are scored in both runs.",
                       row.task);
  if (row.flips->p >= kSignificance)
    return fmt::format("{}: no difference was found ({}); {}.", row.task, p_is(row.flips->p),
                       power_text(row));
  return fmt::format("{}: {} is better by {} points ({}).", row.task,
                     *row.difference > 0 ? "B" : "A", size_text(*row.difference),
                     p_is(row.flips->p));
}

// Over the tasks that have a p value: no other was tested, or counts in the correction.
std::string verdict_on_tasks(const std::vector<ComparisonRow>& rows) {
  const auto tested = std::count_if(
      rows.begin(), rows.end(), [](const ComparisonRow& row) { return row.adjusted.has_value(); });
  if (tested == 0) return "No task could be tested: none has two clusters scored in both runs.";
  std::string differing;
  for (const ComparisonRow& row : rows)
    if (row.adjusted && row.difference && *row.adjusted < kSignificance)
      fmt::format_to(std::back_inserter(differing), "{}{} ({})", differing.empty() ? "" : ", ",
                     row.task, points_text(*row.difference));
  if (differing.empty())
    return fmt::format("No task of {} differs after Holm's correction.", tested);
  return fmt::format("After Holm's correction over {} task{} these differ: {}.", tested,
                     tested == 1 ? "" : "s", differing);
}

std::string verdict_on_margin(const ComparisonRow& row) {
  if (!row.equivalence)
    return fmt::format("{}: equivalence is undefined, as too few clusters differ.", row.task);
  const Equivalence& test = *row.equivalence;
  const std::string margin = size_text(test.margin);
  if (test.p < kSignificance)
    return fmt::format("{}: equivalent within {} points ({}).", row.task, margin, p_is(test.p));
  const std::string not_shown =
      fmt::format("{}: that the two are equivalent within {} points is not shown ({})", row.task,
                  margin, p_is(test.p));
  if (test.p_not_worse < kSignificance)
    return fmt::format("{}, but that B is less than {} points worse is ({}).", not_shown, margin,
                       p_is(test.p_not_worse));
  if (test.p_not_better < kSignificance)
    return fmt::format("{}, but that A is less than {} points worse is ({}).", not_shown, margin,
                       p_is(test.p_not_better));
  return not_shown + ".";
}

std::string what_is_left_out(const std::vector<ComparisonRow>& rows) {
  LeftOut sum;
  std::size_t attempts = 0;
  for (const ComparisonRow& row : rows) {
    sum.only_a += row.left_out.only_a;
    sum.only_b += row.left_out.only_b;
    sum.neither += row.left_out.neither;
    attempts += row.attempts;
  }
  if (sum.total() == 0) return "";
  return fmt::format(
      "Left out: {} of {} attempts, as {} are scored in A only, {} in B only, {} in neither.",
      sum.total(), attempts + sum.total(), sum.only_a, sum.only_b, sum.neither);
}

using Sentences = std::vector<std::string>;

void add_differences_otherwise(const Comparison& comparison, Sentences& sentences) {
  if (comparison.a.decoding != comparison.b.decoding)
    sentences.push_back(fmt::format("The runs decode differently: A {}, B {}.",
                                    comparison.a.decoding, comparison.b.decoding));
  for (const auto& [name, side] : {std::pair("A", &comparison.a), std::pair("B", &comparison.b)})
    if (!side->others.empty())
      sentences.push_back(fmt::format("Only {} has {}.", name, fmt::join(side->others, ", ")));
}

// Each task for itself: nothing is adjusted here.
std::string verdict_on_margins(const std::vector<ComparisonRow>& rows, double margin) {
  Sentences equivalent;
  for (const ComparisonRow& row : rows)
    if (row.equivalence && row.equivalence->p < kSignificance) equivalent.push_back(row.task);
  return fmt::format("Equivalent within {} points, each task for itself: {} of {}{}{}.",
                     size_text(margin), equivalent.size(), rows.size(),
                     equivalent.empty() ? "" : ": ", fmt::join(equivalent, ", "));
}

void add_verdicts(const Comparison& comparison, Sentences& sentences) {
  const auto& tasks = comparison.tasks;
  const ComparisonRow* main = tasks.size() == 1 ? &tasks.front() : nullptr;
  if (comparison.average) main = &*comparison.average;
  if (main != nullptr) sentences.push_back(verdict(*main));
  if (tasks.size() > 1) sentences.push_back(verdict_on_tasks(tasks));
  const auto& margin = comparison.options.margin;
  if (margin && main != nullptr) sentences.push_back(verdict_on_margin(*main));
  else if (margin) sentences.push_back(verdict_on_margins(tasks, *margin));
}

}  // namespace

std::string p_text(double p) { return p < 0.001 ? "<0.001" : fmt::format("{:.3f}", p); }

std::string points_text(double difference) {
  constexpr double kShown = 0.05;  // of a point: less is printed as 0.0
  const double points = difference * 100;
  return std::abs(points) < kShown ? "0.0" : fmt::format("{:+.1f}", points);
}

std::vector<std::string> reading(const Comparison& comparison) {
  const auto& tasks = comparison.tasks;
  Sentences sentences;
  const auto empty = [](const ComparisonRow& row) { return row.n == 0; };
  if (std::all_of(tasks.begin(), tasks.end(), empty))
    sentences.push_back("No sample is scored in both runs.");
  else if (std::all_of(tasks.begin(), tasks.end(), agrees))
    sentences.push_back("The runs have the same score on every sample that is scored in both.");
  else add_verdicts(comparison, sentences);
  if (const std::string text = what_is_left_out(tasks); !text.empty()) sentences.push_back(text);
  add_differences_otherwise(comparison, sentences);
  return sentences;
}

}  // namespace stareval
