#include "libstareval/run/runner.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <queue>
#include <vector>

namespace stareval {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kTick{200};

// So many failures in a row, with not one reply before them, and the endpoint counts as dead.
constexpr int kHopeless = 8;

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
    if (!failure_) keep(journal_.sync());
    if (failure_) return *failure_;
    return progress_;
  }

 private:
  void find_work() {
    const auto& items = plan_.items();
    attempts_.assign(items.size(), 0);
    progress_.total = items.size();
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Journal::State state = journal_.state(items[i].key);
      earlier_attempts_.push_back(state.attempts);
      if (state.settled) ++progress_.resumed;
      else waiting_.push_back(i);
    }
    progress_.done = progress_.resumed;
  }

  [[nodiscard]] bool unfinished() {
    if (options_.stop != nullptr && options_.stop->load()) sending_ = false;
    return progress_.in_flight > 0 || (sending_ && (!waiting_.empty() || !retries_.empty()));
  }

  void send_what_is_due() {
    const auto now = Clock::now();
    while (sending_ && progress_.in_flight < static_cast<std::size_t>(options_.concurrency)) {
      if (!retries_.empty() && retries_.top().due <= now) {
        const std::size_t item = retries_.top().item;
        retries_.pop();
        send(item);
      } else if (!waiting_.empty()) {
        const std::size_t item = waiting_.front();
        waiting_.pop_front();
        send(item);
      } else {
        return;
      }
    }
  }

  void send(std::size_t item) {
    ++attempts_[item];
    ++progress_.in_flight;
    backend_.submit(plan_.request(plan_.items()[item]), [mailbox = mailbox_, item](Reply reply) {
      mailbox->put({item, std::move(reply)});
    });
  }

  [[nodiscard]] Clock::time_point next_wake() const {
    const auto tick = Clock::now() + kTick;
    return retries_.empty() ? tick : std::min(tick, retries_.top().due);
  }

  void receive(Arrival arrival) {
    --progress_.in_flight;
    const PlanItem& item = plan_.items()[arrival.item];
    const int attempts = attempts_[arrival.item];
    const JournalEntry entry{item.key, item.sample->task,
                             earlier_attempts_[arrival.item] + attempts, std::move(arrival.reply)};
    keep(journal_.append(entry));
    const Reply& reply = entry.reply;
    if (reply.outcome != Outcome::api_error) {
      ++progress_.done;
      any_reply_ = true;
      return;
    }
    if (const auto delay = options_.retry.delay(reply, attempts)) {
      retries_.push({Clock::now() + *delay, arrival.item});
    } else {
      ++progress_.done;
      ++progress_.failed;
    }
    watch_for_dead_endpoint(reply);
  }

  // A rate limit is a sign of life; anything else, again and again from the start, is not.
  void watch_for_dead_endpoint(const Reply& reply) {
    if (any_reply_ || reply.failure == Failure::rate_limited) return;
    ++failures_at_start_;
    // The last samples of a run that goes on may all be refused: their failure is no error.
    const bool all_failed = progress_.done == progress_.total && progress_.resumed == 0;
    if (failures_at_start_ >= kHopeless || all_failed)
      keep(make_error(ErrorCode::network, "no request got a reply: {}", reply.error));
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
  std::vector<int> attempts_;          // of each item in this run
  std::vector<int> earlier_attempts_;  // of each item, from the journal
  RunProgress progress_;
  bool sending_ = true;
  bool any_reply_ = false;
  int failures_at_start_ = 0;
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
