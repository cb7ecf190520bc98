#include "apps/star_eval/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <vector>

#include "apps/star_eval/text_table.h"
#include "libstareval/base/digest.h"
#include "libstareval/run/predictions.h"

namespace stareval::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kBarWidth = 24;
constexpr std::chrono::milliseconds kRedraw{100};
constexpr std::chrono::milliseconds kLogEvery{30'000};

std::string interval(const Metric& metric) {
  if (!metric.low || !metric.high) return "undefined";
  return fmt::format("{:.1f} to {:.1f}", *metric.low * 100, *metric.high * 100);
}

std::size_t count(const TaskSummary& task, Outcome outcome) {
  return task.outcomes[static_cast<std::size_t>(outcome)];
}

std::string outcomes(const TaskSummary& task) {
  std::string text;
  for (const Outcome outcome : kOutcomes)
    if (count(task, outcome) > 0)
      fmt::format_to(std::back_inserter(text), "{}{} {}", text.empty() ? "" : ", ",
                     count(task, outcome), to_string(outcome));
  return text;
}

// A decision of yes or no that never differs says nothing, however high its accuracy.
bool is_constant_decision(const TaskSummary& task) {
  return std::any_of(task.metrics.begin(), task.metrics.end(), [](const Metric& metric) {
    return metric.name == "yes_rate" && metric.n > 1 &&
           (metric.value == 0.0 || metric.value == 1.0);
  });
}

// Fractions as percent; errors in counts and the like as they are.
std::string number(const Metric& metric, const std::optional<double>& value) {
  if (!value) return "undefined";
  return metric.range == Range::fraction ? fmt::format("{:.1f} %", *value * 100)
                                         : fmt::format("{:.3f}", *value);
}

std::string minutes(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::min(seconds + 0.5, 1e9));
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

ProgressLine::ProgressLine(bool wanted)
    : wanted_(wanted), terminal_(::isatty(STDERR_FILENO) == 1) {}

void ProgressLine::show(const RunProgress& progress) {
  show_text([&] {
    return progress_text(progress, std::chrono::duration<double>(Clock::now() - start_).count());
  });
}

void ProgressLine::show_text(const std::function<std::string()>& line) {
  const auto now = Clock::now();
  if (!wanted_ || now - drawn_ < (terminal_ ? kRedraw : kLogEvery)) return;
  drawn_ = now;
  const std::string text = line();
  if (terminal_) fmt::print(stderr, "\r\033[K{}", text);
  else fmt::print(stderr, "{}\n", text);
  std::fflush(stderr);
}

void ProgressLine::clear() {
  if (!wanted_ || !terminal_) return;
  fmt::print(stderr, "\r\033[K");
  std::fflush(stderr);
}

std::string progress_text(const RunProgress& progress, double seconds) {
  const double share = progress.total == 0 ? 1.0
                                           : static_cast<double>(progress.done) /
                                                 static_cast<double>(progress.total);
  const int filled = static_cast<int>(share * kBarWidth);
  std::string text = fmt::format("[{:#<{}}{:.<{}}] {}/{}", "", filled, "", kBarWidth - filled,
                                 progress.done, progress.total);
  const double rate =
      static_cast<double>(progress.done - progress.resumed) / std::max(seconds, 0.001);
  fmt::format_to(std::back_inserter(text), "  {} in flight", progress.in_flight);
  if (progress.retrying > 0)
    fmt::format_to(std::back_inserter(text), ", {} retrying", progress.retrying);
  if (progress.failed > 0) fmt::format_to(std::back_inserter(text), ", {} failed", progress.failed);
  if (progress.done > progress.resumed)
    fmt::format_to(std::back_inserter(text), "  {:.1f}/s  {} left", rate,
                   minutes(static_cast<double>(progress.total - progress.done) / rate));
  return text;
}

std::string summary_text(const Summary& summary) {
  std::vector<TextRow> rows{
      {"task", "metric", "value", "95 % interval", "n", "coverage", "outcomes"}};
  for (const TaskSummary& task : summary.tasks) {
    const Metric& headline = task.metrics.front();
    rows.push_back({task.task, headline.name, percent(headline.value), interval(headline),
                    fmt::format("{}", headline.n), percent(task.coverage()), outcomes(task)});
  }
  if (summary.average)
    rows.push_back({"AVG", "mean of 8", percent(summary.average->value), interval(*summary.average),
                    fmt::format("{}", summary.average->n), "", ""});
  const bool by_choice = summary.answer_form == "choice";
  return fmt::format("dataset  {}, split {}, {}\nmodel    {} {}, {}\n\n{}",
                     for_terminal(summary.dataset), summary.split,
                     "sha256:" + short_digest(summary.digest, 12), summary.backend,
                     for_terminal(summary.model),
                     by_choice ? summary.mode : summary.mode + ", " + summary.answer_form,
                     align(rows, {false, false, true, true, true, true, false}));
}

std::string metrics_text(const Summary& summary) {
  std::vector<TextRow> rows{{"task", "metric", "value", "95 % interval", "n", "method"}};
  const auto add = [&](const std::string& task, const Metric& metric) {
    rows.push_back({task, metric.name, number(metric, metric.value),
                    metric.low && metric.high ? fmt::format("{} to {}", number(metric, metric.low),
                                                            number(metric, metric.high))
                                              : "undefined",
                    fmt::format("{}", metric.n), metric.method});
  };
  for (const TaskSummary& task : summary.tasks)
    for (const Metric& metric : task.metrics) add(task.task, metric);
  if (summary.average) add("AVG", *summary.average);
  return align(rows, {false, false, true, true, true, false});
}

std::string summary_warnings(const Summary& summary) {
  std::string text;
  const auto warn = [&](const TaskSummary& task, std::size_t n, std::string_view what) {
    if (n > 0)
      fmt::format_to(std::back_inserter(text), "{}: {} of {} {}\n", task.task, n, task.n, what);
  };
  for (const TaskSummary& task : summary.tasks) {
    warn(
        task, count(task, Outcome::truncated),
        "replies were cut at the token limit and are not scored: raise it with --set max_tokens=N");
    warn(task, count(task, Outcome::api_error),
         "samples got no reply and are not scored: the same command sends them again");
    if (summary.backend != kPredictionsBackend)  // whose gaps are named one by one
      warn(task, count(task, Outcome::skipped),
           "samples were not asked: the same command goes on with them");
    warn(task, count(task, Outcome::budget_stopped),
         "samples were not asked, for the budget was spent: a higher --budget goes on with them");
    warn(task, count(task, Outcome::unparsed),
         "replies held no answer that could be read, and count as wrong");
    if (is_constant_decision(task))
      fmt::format_to(std::back_inserter(text),
                     "{}: every answer is the same decision, so that the MCC is undefined; the "
                     "accuracy of {} is that of the class\n",
                     task.task, percent(task.metrics.front().value));
    if (const auto floor = task.floor())
      fmt::format_to(std::back_inserter(text), "{}: {} is {} if everything not scored is wrong\n",
                     task.task, task.headline, percent(floor->value));
  }
  return text;
}

}  // namespace stareval::app
