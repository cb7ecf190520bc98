// A comparison in words. Nothing here is computed anew.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

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
    return fmt::format("{}: undefined, as fewer than two clusters are scored in both runs. ",
                       row.task);
  if (row.flips->p >= kSignificance)
    return fmt::format("{}: no difference was found ({}); {}. ", row.task, p_is(row.flips->p),
                       power_text(row));
  return fmt::format("{}: {} is better by {} points ({}). ", row.task,
                     *row.difference > 0 ? "B" : "A", size_text(*row.difference),
                     p_is(row.flips->p));
}

std::string verdict_on_tasks(const std::vector<ComparisonRow>& rows) {
  std::string differing;
  for (const ComparisonRow& row : rows)
    if (row.adjusted && row.difference && *row.adjusted < kSignificance)
      fmt::format_to(std::back_inserter(differing), "{}{} ({})", differing.empty() ? "" : ", ",
                     row.task, points_text(*row.difference));
  if (differing.empty())
    return fmt::format("No task of {} differs after Holm's correction. ", rows.size());
  return fmt::format("After Holm's correction over {} tasks these differ: {}. ", rows.size(),
                     differing);
}

std::string verdict_on_margin(const ComparisonRow& row) {
  if (!row.equivalence)
    return fmt::format("{}: equivalence is undefined, as no two clusters differ. ", row.task);
  const Equivalence& test = *row.equivalence;
  const std::string margin = size_text(test.margin);
  if (test.p < kSignificance)
    return fmt::format("{}: equivalent within {} points ({}). ", row.task, margin, p_is(test.p));
  const std::string not_shown =
      fmt::format("{}: that the two are equivalent within {} points is not shown ({})", row.task,
                  margin, p_is(test.p));
  if (test.p_not_worse < kSignificance)
    return fmt::format("{}, but that B is less than {} points worse is ({}). ", not_shown, margin,
                       p_is(test.p_not_worse));
  if (test.p_not_better < kSignificance)
    return fmt::format("{}, but that A is less than {} points worse is ({}). ", not_shown, margin,
                       p_is(test.p_not_better));
  return not_shown + ". ";
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
      "Left out: {} of {} attempts, as {} are scored in A only, {} in B only, {} in neither. ",
      sum.total(), attempts + sum.total(), sum.only_a, sum.only_b, sum.neither);
}

std::string what_differs_otherwise(const Comparison& comparison) {
  std::string text;
  if (comparison.a.decoding != comparison.b.decoding)
    fmt::format_to(std::back_inserter(text), "The runs decode differently: A {}, B {}. ",
                   comparison.a.decoding, comparison.b.decoding);
  const auto others = [&](const char* name, const Comparison::Side& side) {
    if (!side.others.empty())
      fmt::format_to(std::back_inserter(text), "Only {} has {}. ", name,
                     fmt::join(side.others, ", "));
  };
  others("A", comparison.a);
  others("B", comparison.b);
  return text;
}

std::string verdicts(const Comparison& comparison) {
  const auto& tasks = comparison.tasks;
  std::vector<const ComparisonRow*> main;
  if (comparison.average) main.push_back(&*comparison.average);
  else if (tasks.size() == 1) main.push_back(&tasks.front());
  std::string text;
  for (const ComparisonRow* row : main) text += verdict(*row);
  if (tasks.size() > 1) text += verdict_on_tasks(tasks);
  if (!comparison.options.margin) return text;
  if (main.empty())
    for (const ComparisonRow& row : tasks) main.push_back(&row);
  for (const ComparisonRow* row : main) text += verdict_on_margin(*row);
  return text;
}

}  // namespace

std::string p_text(double p) { return p < 0.001 ? "<0.001" : fmt::format("{:.3f}", p); }

std::string points_text(double difference) {
  constexpr double kShown = 0.05;  // of a point: less is printed as 0.0
  const double points = difference * 100;
  return std::abs(points) < kShown ? "0.0" : fmt::format("{:+.1f}", points);
}

std::string reading(const Comparison& comparison) {
  const auto& tasks = comparison.tasks;
  std::string text;
  const auto empty = [](const ComparisonRow& row) { return row.n == 0; };
  if (std::all_of(tasks.begin(), tasks.end(), empty)) text = "No sample is scored in both runs. ";
  else if (std::all_of(tasks.begin(), tasks.end(), agrees))
    text = "The runs have the same score on every sample that is scored in both. ";
  else text = verdicts(comparison);
  text += what_is_left_out(tasks) + what_differs_otherwise(comparison);
  text.pop_back();
  return text;
}

}  // namespace stareval
