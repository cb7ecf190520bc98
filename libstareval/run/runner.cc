#include "libstareval/run/runner.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <queue>
#include <vector>

namespace stareval {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kTick{200};

// When an endpoint counts as dead, and the run stops instead of failing sample by sample.
constexpr int kSilentAttempts = 8;   // failed in a row: nothing new is sent before their retries
constexpr int kHopelessSamples = 8;  // ended without reply, with not one reply among them
constexpr int kHopelessConnections = 3;  // failed before the first reply, over at least kPatience
constexpr std::chrono::seconds kPatience{1};

struct Arrival {
  std::size_t item;
  Reply reply;
};

// Replies on their way from the threads of the backend to the thread of the runner. Shared with the
// completions, which may outlive a run that ended in an error.
class Mailbox {
 public:
  void put(Arrival arrival) {
    {
      const std::lock_guard lock(mutex_);
      arrivals_.push_back(std::move(arrival));
    }
    arrived_.notify_one();
  }

  // What has arrived, after waiting until something has or `deadline`.
  std::deque<Arrival> take(Clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    arrived_.wait_until(lock, deadline, [this] { return !arrivals_.empty(); });
    return std::exchange(arrivals_, {});
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Arrival> arrivals_;
};

struct Retry {
  Clock::time_point due;
  std::size_t item;

  friend bool operator>(const Retry& a, const Retry& b) { return a.due > b.due; }
};

struct Attempts {
  int earlier = 0;  // lines in the journal when the run began
  int all = 0;      // in this run
  int limited = 0;  // of them turned away by a rate limit
  int failed = 0;   // of them failed in another way
};

class Runner {
 public:
  Runner(const Plan& plan, Backend& backend, Journal& journal, const RunnerOptions& options)
      : plan_(plan), backend_(backend), journal_(journal), options_(options) {}

  Result<RunProgress> run() {
    find_work();
    report();
    while (unfinished()) {
      if (sending_) send_what_is_due();
      for (Arrival& arrival : mailbox_->take(next_wake())) receive(std::move(arrival));
      report();
    }
    keep(journal_.sync());
    if (failure_) return *failure_;
    return progress_;
  }

 private:
  void find_work() {
    const auto& items = plan_.items();
    attempts_.resize(items.size());
    progress_.total = items.size();
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Journal::State state = journal_.state(items[i].key);
      attempts_[i].earlier = state.attempts;
      if (state.settled) ++progress_.resumed;
      else waiting_.push_back(i);
    }
    progress_.done = progress_.resumed;
  }

  [[nodiscard]] bool unfinished() {
    if (options_.stop != nullptr && options_.stop->load()) sending_ = false;
    return progress_.in_flight > 0 ||
           (sending_ && !out_of_budget_ && (!waiting_.empty() || !retries_.empty()));
  }

  void send_what_is_due() {
    const auto now = Clock::now();
    while (has_free_slot() && hold_until_ <= now) {
      if (!retries_.empty() && retries_.top().due <= now) {
        const std::size_t item = retries_.top().item;
        if (!admitted(item)) return;
        retries_.pop();
        send(item);
      } else if (!waiting_.empty()) {
        const std::size_t item = waiting_.front();
        if (!admitted(item)) return;
        waiting_.pop_front();
        send(item);
      } else {
        return;
      }
    }
  }

  // Where not, nothing is sent before an attempt under way settles and may make room.
  [[nodiscard]] bool admitted(std::size_t item) {
    out_of_budget_ = options_.cost_guard != nullptr &&
                     !options_.cost_guard->admit(plan_.request(plan_.items()[item]));
    return !out_of_budget_;
  }

  [[nodiscard]] bool has_free_slot() const {
    return sending_ && !out_of_budget_ &&
           progress_.in_flight < static_cast<std::size_t>(options_.concurrency);
  }

  // What throws before the attempt is under way is a failure of its sample, not of the run.
  void send(std::size_t item) {
    ++progress_.in_flight;
    ++attempts_[item].all;
    const Completion done = [mailbox = mailbox_, item](Reply reply) {
      mailbox->put({item, std::move(reply)});
    };
    try {
      backend_.submit(plan_.request(plan_.items()[item]), done);
    } catch (const std::exception& thrown) {
      done(failed_reply(Failure::permanent, fmt::format("internal error: {}", thrown.what())));
    }
  }

  // The next retry counts only where it could be sent: a full house waits for a reply.
  [[nodiscard]] Clock::time_point next_wake() const {
    const auto tick = Clock::now() + kTick;
    if (!has_free_slot() || (retries_.empty() && waiting_.empty())) return tick;
    const auto next = waiting_.empty() ? retries_.top().due : Clock::time_point::min();
    return std::min(tick, std::max(next, hold_until_));
  }

  void receive(Arrival arrival) {
    --progress_.in_flight;
    const PlanItem& item = plan_.items()[arrival.item];
    Attempts& attempts = attempts_[arrival.item];
    if (options_.cost_guard != nullptr)
      options_.cost_guard->settle(plan_.request(item), arrival.reply);
    out_of_budget_ = false;
    const JournalEntry entry{item.key, item.sample->task, attempts.earlier + attempts.all,
                             std::move(arrival.reply)};
    keep(journal_.append(entry));
    if (entry.reply.outcome == Outcome::api_error)
      return receive_failure(arrival.item, entry.reply);
    ++progress_.done;
    samples_failed_in_a_row_ = 0;
    attempts_failed_in_a_row_ = 0;
    any_reply_ = true;
  }

  void receive_failure(std::size_t item, const Reply& reply) {
    Attempts& attempts = attempts_[item];
    const bool limited = reply.failure == Failure::rate_limited;
    if (is_transient(reply.failure)) ++attempts_failed_in_a_row_;
    const auto delay =
        options_.retry.delay(reply, limited ? ++attempts.limited : ++attempts.failed);
    if (delay) {
      const auto due = Clock::now() + *delay;
      retries_.push({due, item});
      // Others would fare no better.
      if (limited || server_is_silent()) hold_until_ = std::max(hold_until_, due);
    } else {
      ++progress_.done;
      ++progress_.failed;
      if (!any_reply_ || is_transient(reply.failure)) ++samples_failed_in_a_row_;
    }
    if (!limited) watch_for_dead_endpoint(reply, delay.has_value());
  }

  [[nodiscard]] bool server_is_silent() const {
    return !any_reply_ || attempts_failed_in_a_row_ >= kSilentAttempts;
  }

  // A reply or a rate limit is a sign of life. Before the first one, a connection that fails again
  // and again, or a sample that was given up after retries, is enough; later, many samples in a
  // row.
  void watch_for_dead_endpoint(const Reply& reply, bool retried) {
    const auto now = Clock::now();
    if (connections_failed_ == 0) first_failure_ = now;
    if (reply.failure == Failure::connection) ++connections_failed_;
    const bool unreachable =
        connections_failed_ >= kHopelessConnections && now - first_failure_ >= kPatience;
    const bool given_up = is_transient(reply.failure) && !retried;
    // The last samples of a run that goes on may all be refused: their failure is no error.
    const bool all_failed = progress_.done == progress_.total && progress_.resumed == 0;
    if (!any_reply_ &&
        (unreachable || given_up || all_failed || samples_failed_in_a_row_ >= kHopelessSamples))
      keep(make_error(ErrorCode::network, "no request got a reply: {}", reply.error));
    else if (any_reply_ && samples_failed_in_a_row_ >= kHopelessSamples)
      keep(make_error(
          ErrorCode::network,
          "the server stopped answering ({} samples in a row): {}; the same command goes "
          "on from here",
          samples_failed_in_a_row_, reply.error));
  }

  // Put down the first error; nothing more is sent after it.
  void keep(const Result<void>& result) {
    if (result.has_value() || failure_) return;
    failure_ = result.error();
    sending_ = false;
  }

  void report() {
    progress_.retrying = retries_.size();
    if (options_.on_progress) options_.on_progress(progress_);
  }

  const Plan& plan_;
  Backend& backend_;
  Journal& journal_;
  const RunnerOptions& options_;
  std::shared_ptr<Mailbox> mailbox_ = std::make_shared<Mailbox>();

  std::deque<std::size_t> waiting_;  // items not sent yet
  std::priority_queue<Retry, std::vector<Retry>, std::greater<>> retries_;
  std::vector<Attempts> attempts_;  // of each item
  Clock::time_point hold_until_{};  // nothing is sent before: the server asked for a pause
  RunProgress progress_;
  bool sending_ = true;
  bool out_of_budget_ = false;  // the cost guard turned the next item down
  bool any_reply_ = false;
  int samples_failed_in_a_row_ = 0;
  int attempts_failed_in_a_row_ = 0;
  int connections_failed_ = 0;
  Clock::time_point first_failure_{};
  std::optional<Error> failure_;
};

}  // namespace

Result<RunProgress> run_plan(const Plan& plan, Backend& backend, Journal& journal,
                             const RunnerOptions& options) {
  if (options.concurrency < 1)
    return make_error(ErrorCode::usage, "concurrency: expected at least 1, found {}",
                      options.concurrency);
  return Runner(plan, backend, journal, options).run();
}

}  // namespace stareval
