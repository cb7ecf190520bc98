// One running program of the backend "command", and the requests that it is working on. The program
// is started when it is given a request, and anew after each end.
// Thread  one thread at a time: that of the pool.
#pragma once

#include <poll.h>

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/command/child_process.h"
#include "libstareval/model/backend.h"

namespace stareval::command {

using Clock = std::chrono::steady_clock;

struct PoolOptions {
  std::string command;                         // for /bin/sh -c
  std::size_t workers = 1;                     // programs side by side
  std::size_t in_flight = 1;                   // requests that one program has at a time
  std::chrono::milliseconds timeout{600'000};  // of a request, from when the program gets it
  std::chrono::milliseconds grace{2000};       // from SIGTERM, or the end of its stdin, to SIGKILL
  std::size_t longest_line = std::size_t{16} << 20;
  int error_file = -1;  // where the programs' stderr is copied to; -1 for nowhere
};

struct Job {
  std::string id;
  std::string line;  // as it is sent, with its line feed
  Completion done;
  Clock::time_point begun{};
};

using Finished = std::pair<Completion, Reply>;

class Worker {
 public:
  explicit Worker(const PoolOptions& options) : options_(&options) {}

  [[nodiscard]] bool is_running() const { return process_.has_value(); }
  [[nodiscard]] bool takes_jobs() const { return !ending_ && jobs_.size() < options_->in_flight; }
  [[nodiscard]] std::size_t load() const { return jobs_.size(); }

  // Start the program where it does not run, and hand it the job. takes_jobs() must hold.
  void give(Job job, Clock::time_point now);

  // Which of its pipes are to be watched.
  void watch(std::vector<pollfd>& fds) const;

  // Read and write what can be, look at deadlines, and at whether the program has ended.
  void serve(Clock::time_point now);

  // When serve() has something to do though no pipe has.
  [[nodiscard]] Clock::time_point next_deadline() const;

  // Fail all jobs; the program is asked to end, and killed after the grace.
  void close(Clock::time_point now);

  // What has been finished since the last call, for the pool to hand on.
  [[nodiscard]] std::vector<Finished> take_finished() { return std::exchange(finished_, {}); }

 private:
  void write_input();
  void read_output(Clock::time_point now);
  void read_errors();
  void take_lines(Clock::time_point now);
  void take_line(std::string_view line, Clock::time_point now);
  void break_off(const std::string& error, Clock::time_point now);
  void look_at_deadlines(Clock::time_point now);
  void look_at_the_end(Clock::time_point now);
  void bury();
  void begin_ending(bool at_once, Clock::time_point now);
  void fail_all(Failure failure, const std::string& error);
  [[nodiscard]] std::string last_errors(std::size_t lines) const;

  const PoolOptions* options_;  // of the pool
  std::optional<ChildProcess> process_;
  std::map<std::string, Job> jobs_;  // by id
  std::vector<Finished> finished_;

  std::string unsent_;        // of the lines to the program
  std::string unread_;        // of its stdout: what has no line feed yet
  std::size_t searched_ = 0;  // bytes of unread_ that hold no line feed
  std::string errors_;        // the end of its stderr
  std::string fault_;         // what it wrote while it had no request; the next one fails with it

  bool ending_ = false;  // it gets no more requests, and is waited for
  std::optional<Clock::time_point> kill_at_;
  bool answered_ = false;  // since it was started
  int early_ends_ = 0;     // in a row, without an answer
};

}  // namespace stareval::command
