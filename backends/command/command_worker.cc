#include "backends/command/command_worker.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include "backends/command/command_codec.h"
#include "libstareval/base/text.h"

namespace stareval::command {
namespace {

constexpr std::size_t kKeptErrors = 8192;          // bytes of stderr
constexpr std::size_t kQuotedErrors = 600;         // bytes of it in an error
constexpr int kMostEarlyEnds = 3;                  // then it is of no use to try again
constexpr std::size_t kQuotedLines = 10;           // of stderr, once it is of no use
constexpr std::chrono::milliseconds kPatrol{200};  // looks at a program that keeps silent
constexpr std::chrono::milliseconds kTick{5};      // looks at one that is about to end

enum class ReadResult { data, nothing, end };

// Append what can be read now, at most a buffer full.
ReadResult read_some(const Fd& fd, std::string& out) {
  std::array<char, 65536> buffer;
  for (;;) {
    const ssize_t count = ::read(fd.get(), buffer.data(), buffer.size());
    if (count > 0) {
      out.append(buffer.data(), static_cast<std::size_t>(count));
      return ReadResult::data;
    }
    if (count == 0) return ReadResult::end;
    if (errno == EINTR) continue;
    return errno == EAGAIN ? ReadResult::nothing : ReadResult::end;
  }
}

void write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;  // a log that cannot be written stops no run
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace

void Worker::give(Job job, Clock::time_point now) {
  if (!fault_.empty()) {
    finished_.emplace_back(std::move(job.done),
                           failed_reply(Failure::permanent, std::exchange(fault_, {})));
    return;
  }
  if (process_ && jobs_.empty() && process_->has_ended()) bury();  // while nothing was asked
  if (!process_) {
    auto started = ChildProcess::start(options_->command);
    if (started.has_error()) {
      finished_.emplace_back(std::move(job.done),
                             failed_reply(Failure::permanent, started.error().message));
      return;
    }
    process_.emplace(std::move(*started));
    answered_ = false;
    errors_.clear();
  }
  job.begun = now;
  unsent_ += std::exchange(job.line, {});
  const std::string id = job.id;
  jobs_.emplace(id, std::move(job));
}

void Worker::watch(std::vector<pollfd>& fds) const {
  if (!process_) return;
  if (process_->input.is_open() && !unsent_.empty())
    fds.push_back({process_->input.get(), POLLOUT, 0});
  if (process_->output.is_open()) fds.push_back({process_->output.get(), POLLIN, 0});
  if (process_->errors.is_open()) fds.push_back({process_->errors.get(), POLLIN, 0});
}

void Worker::serve(Clock::time_point now) {
  if (!process_) return;
  write_input();
  read_errors();
  if (process_->output.is_open()) read_output(now);
  look_at_deadlines(now);
  look_at_the_end(now);
}

Clock::time_point Worker::next_deadline() const {
  if (!process_) return Clock::time_point::max();
  const auto now = Clock::now();
  if (ending_) return now + kTick;
  auto next = now + kPatrol;
  for (const auto& [id, job] : jobs_) next = std::min(next, job.begun + options_->timeout);
  return next;
}

void Worker::close(Clock::time_point now) {
  const bool busy = !jobs_.empty();
  fail_all(Failure::connection, "the backend was closed before the command answered");
  if (process_ && !ending_) begin_ending(busy, now);
}

// A program that closed its stdin is about to end, or answers no more and runs into its deadline.
void Worker::write_input() {
  while (!unsent_.empty() && process_->input.is_open()) {
    const ssize_t count = ::write(process_->input.get(), unsent_.data(), unsent_.size());
    if (count > 0) unsent_.erase(0, static_cast<std::size_t>(count));
    else if (errno == EAGAIN) return;
    else if (errno != EINTR) process_->input.close();
  }
}

void Worker::read_errors() {
  while (process_->errors.is_open()) {
    std::string bytes;
    const ReadResult result = read_some(process_->errors, bytes);
    if (options_->error_file >= 0) write_all(options_->error_file, bytes);
    errors_ += bytes;
    if (errors_.size() > kKeptErrors) errors_.erase(0, errors_.size() - kKeptErrors);
    if (result == ReadResult::end) process_->errors.close();
    if (result == ReadResult::nothing) return;
  }
}

void Worker::read_output(Clock::time_point now) {
  while (process_->output.is_open()) {
    const ReadResult result = read_some(process_->output, unread_);
    if (result == ReadResult::nothing) return;
    if (result == ReadResult::end) {
      unread_ += '\n';  // the last line may have none
      take_lines(now);
      process_->output.close();
      if (!ending_) begin_ending(false, now);
      return;
    }
    take_lines(now);
  }
}

void Worker::take_lines(Clock::time_point now) {
  std::size_t begin = 0;
  while (process_->output.is_open()) {
    const std::size_t end = unread_.find('\n', std::max(begin, searched_));
    if (end == std::string::npos) break;
    const std::string line = unread_.substr(begin, end - begin);
    begin = end + 1;
    take_line(line, now);
  }
  unread_.erase(0, begin);
  searched_ = unread_.size();
  if (process_->output.is_open() && unread_.size() > options_->longest_line)
    break_off(fmt::format("the command wrote more than {} bytes to stdout without a line feed: "
                          "\"{}\"; end each answer with a line feed, and print all else to stderr",
                          options_->longest_line, for_error(unread_)),
              now);
}

void Worker::take_line(std::string_view line, Clock::time_point now) {
  if (trim(line).empty()) return;
  auto answer = decode(line);
  if (answer.has_error()) return break_off(answer.error().message, now);
  const auto job = jobs_.find(answer->id);
  if (job == jobs_.end())
    return break_off(
        fmt::format("the command answered the id \"{}\", which it was not asked or has answered "
                    "already: \"{}\"; answer each line once, with the id that stands in it",
                    for_error(answer->id), for_error(line)),
        now);
  using std::chrono::duration_cast, std::chrono::milliseconds;
  answer->reply.latency = duration_cast<milliseconds>(now - job->second.begun);
  finished_.emplace_back(std::move(job->second.done), std::move(answer->reply));
  jobs_.erase(job);
  answered_ = true;
  early_ends_ = 0;
}

// What it says can no longer be told apart from answers: it is started anew.
void Worker::break_off(const std::string& error, Clock::time_point now) {
  if (jobs_.empty()) fault_ = error;
  fail_all(Failure::permanent, error);
  process_->output.close();
  begin_ending(true, now);
}

void Worker::look_at_deadlines(Clock::time_point now) {
  if (ending_) return;
  bool late = false;
  for (auto job = jobs_.begin(); job != jobs_.end();) {
    if (now < job->second.begun + options_->timeout) {
      ++job;
      continue;
    }
    late = true;
    const double seconds = std::chrono::duration<double>(options_->timeout).count();
    finished_.emplace_back(
        std::move(job->second.done),
        failed_reply(Failure::timeout,
                     fmt::format("the command gave no answer within {} s (--set timeout_s), and is "
                                 "started anew",
                                 seconds)));
    job = jobs_.erase(job);
  }
  if (!late) return;
  fail_all(Failure::connection, "the command was ended, as another request of it had no answer");
  process_->output.close();
  begin_ending(true, now);
}

void Worker::look_at_the_end(Clock::time_point now) {
  if (process_->has_ended()) {
    if (process_->output.is_open()) read_output(now);
    read_errors();
    return bury();
  }
  if (kill_at_ && now >= *kill_at_) {
    process_->signal(SIGKILL);
    kill_at_.reset();
  }
}

void Worker::begin_ending(bool at_once, Clock::time_point now) {
  ending_ = true;
  process_->input.close();
  if (at_once) process_->signal(SIGTERM);
  kill_at_ = now + options_->grace;
}

// What is left of its jobs was lost with it.
void Worker::bury() {
  if (!jobs_.empty()) {
    if (!answered_) ++early_ends_;
    const bool useless = early_ends_ >= kMostEarlyEnds;
    const std::string said = last_errors(useless ? kQuotedLines : 1);
    fail_all(useless ? Failure::permanent : Failure::connection,
             fmt::format("the command ended ({}) {}; {}", process_->ending(),
                         useless ? fmt::format("{} times in a row without an answer", early_ends_)
                                 : "before it answered",
                         said.empty() ? "it wrote nothing to stderr"
                                      : fmt::format("its stderr ends with \"{}\"", said)));
  }
  process_.reset();
  unsent_.clear();
  unread_.clear();
  searched_ = 0;
  ending_ = false;
  kill_at_.reset();
}

void Worker::fail_all(Failure failure, const std::string& error) {
  for (auto& [id, job] : std::exchange(jobs_, {}))
    finished_.emplace_back(std::move(job.done), failed_reply(failure, error));
}

// The last lines of stderr that are not empty, in one.
std::string Worker::last_errors(std::size_t lines) const {
  std::vector<std::string> found;
  for (const std::string_view line : split(errors_, '\n'))
    if (!trim(line).empty()) found.emplace_back(trim(line));
  std::string text;
  for (std::size_t i = found.size() - std::min(lines, found.size()); i < found.size(); ++i)
    text += (text.empty() ? "" : " / ") + found[i];
  return for_error(text.size() > kQuotedErrors ? text.substr(text.size() - kQuotedErrors) : text,
                   kQuotedErrors);
}

}  // namespace stareval::command
