// The runner: sends what the journal does not hold yet, a bounded number at a time, and writes down
// every attempt. It owns time, order and retries.
// Thread  run_plan works on the calling thread; completions may come from any.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>

#include "libstareval/base/result.h"
#include "libstareval/model/backend.h"
#include "libstareval/run/cost_guard.h"
#include "libstareval/run/journal.h"
#include "libstareval/run/plan.h"
#include "libstareval/run/retry_policy.h"

namespace stareval {

struct RunProgress {
  std::size_t total = 0;      // items of the plan
  std::size_t resumed = 0;    // already in the journal when the run began
  std::size_t done = 0;       // resumed included
  std::size_t in_flight = 0;  // sent, no reply yet
  std::size_t retrying = 0;   // waiting for their next attempt
  std::size_t failed = 0;     // ended without reply, in this run
  std::size_t cached = 0;     // of the replies of this run: from the cache
  std::size_t unpaid = 0;     // not sent, for the budget does not allow it
  int limit = 0;              // how many may be in flight now: the endpoint may have asked for less
};

struct RunnerOptions {
  int concurrency =
      16;  // attempts under way at once, at least 1; fewer where the server is at its limit
  RetryPolicy retry;
  std::optional<double> requests_per_minute;  // above 0
  std::optional<double> tokens_per_minute;    // of input and output; above 0
  // What a request is likely to take, before the first replies say it. Used with tokens_per_minute.
  std::function<double(const Request&)> likely_tokens;
  // After so long an attempt counts as timed out, for a backend that never comes back. Backends of
  // HTTP have a deadline of their own.
  std::optional<std::chrono::milliseconds> attempt_deadline;
  // No attempt at a sample is begun so long after its first one.
  std::optional<std::chrono::milliseconds> sample_deadline;
  CostGuard* cost_guard = nullptr;  // asked before each attempt; nothing: all are sent
  // Called from the thread of run_plan, after each change and at least each 200 ms.
  std::function<void(const RunProgress&)> on_progress;
  // Becomes true when the run is to stop: nothing more is sent, what is under way is waited for.
  const std::atomic<bool>* stop = nullptr;
};

// Errors  io: the journal cannot be written (replies so far are kept).
//         network: the endpoint is dead, refuses every request, or asks to be left alone for long;
//         the text holds the last failure.
// A failure of single samples is no error: they end as api_error, and are sent again by the next
// run.
[[nodiscard]] Result<RunProgress> run_plan(const Plan& plan, Backend& backend, Journal& journal,
                                           const RunnerOptions& options);

}  // namespace stareval
