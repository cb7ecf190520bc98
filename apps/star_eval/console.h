// The terminal: the progress line, and the summary as people read it.
// Results go to stdout; progress and warnings to stderr.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "libstareval/report/summary.h"
#include "libstareval/run/runner.h"

namespace stareval::app {

// On a terminal, a line on stderr that is drawn over itself, at most ten times a second. Elsewhere
// (a log, a scheduler) a line each 30 s, so that a run that waits for a rate limit is not silent.
class ProgressLine {
 public:
  explicit ProgressLine(bool wanted);
  void show(const RunProgress& progress);
  void show_text(const std::function<std::string()>& text);  // asked for where a line is due
  void clear();                                              // call before anything else is printed

 private:
  bool wanted_;
  bool terminal_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point drawn_ = start_;
};

// "[#####.....]  123/400 ..." without the control characters around it. `seconds` since the start.
[[nodiscard]] std::string progress_text(const RunProgress& progress, double seconds);

// The table of `run` and `score`: a row a task with value, interval, n, coverage and outcomes.
[[nodiscard]] std::string summary_text(const Summary& summary);

// All metrics of all tasks: a row each with value, interval, n and the method of the interval.
[[nodiscard]] std::string metrics_text(const Summary& summary);

// What a reader of the numbers must know: replies cut off, no reply, not parsed. A line each.
[[nodiscard]] std::string summary_warnings(const Summary& summary);

}  // namespace stareval::app
