#include "libstareval/run/runner.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <queue>
#include <unordered_map>
#include <utility>
#include <vector>

#include "libstareval/base/random.h"
#include "libstareval/run/endpoint_health.h"
#include "libstareval/run/throttle_internal.h"

namespace stareval {
namespace {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;

constexpr std::chrono::milliseconds kTick{200};

struct Arrival {
  std::uint64_t flight;
  Reply reply;
};

// Replies on their way from the threads of the backend to the thread of the runner. Shared with the
// completions, which may outlive a run that ended in an error.
class Mailbox {
 public:
  void put(Arrival arrival) {
    bool first = false;
    {
      const std::lock_guard lock(mutex_);
      first = arrivals_.empty();
      arrivals_.push_back(std::move(arrival));
    }
    if (first) arrived_.notify_one();
  }

  // What has arrived, after waiting until something has or `deadline`.
  std::deque<Arrival> take(TimePoint deadline) {
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
  TimePoint due;
  std::size_t item;

  friend bool operator>(const Retry& a, const Retry& b) { return a.due > b.due; }
};

// An attempt under way.
struct Flight {
  std::size_t item = 0;
  int attempt = 0;
  JournalKey key;
  Request request;
  TimePoint sent;
  double tokens = 0;  // taken from the rate of tokens
};

// What is known of an item that failed at least once. Others need no memory.
struct Attempts {
  int all = 0;  // lines in the journal
  TimePoint first_sent;
  std::array<int, 6> failures{};  // in this run, by Failure
};

class Runner {
 public:
  Runner(const Plan& plan, Backend& backend, Journal& journal, const RunnerOptions& options)
      : plan_(plan), backend_(backend), journal_(journal), options_(options), throttle_(options) {}

  Result<RunProgress> run() {
    find_work();
    report();
    while (unfinished()) {
      send_what_is_due();
      for (Arrival& arrival : mailbox_->take(next_wake())) receive(std::move(arrival));
      expire_flights();
      keep(journal_.sync_if_due());
      report();
    }
    keep(journal_.sync());
    journal_.give_room_back();
    if (failure_) return *failure_;
    return progress_;
  }

 private:
  // ---- what is to be sent ----

  void find_work() {
    progress_.total = plan_.items().size();
    next_item_ = 0;
    if (journal_.size() > 0) {
      for (const PlanItem& item : plan_.items())
        if (journal_.state(plan_.key(item)).settled) ++progress_.resumed;
    }
    progress_.done = progress_.resumed;
    find_next_item();
  }

  // Move next_item_ to one that has no reply yet, or to the end.
  void find_next_item() {
    const auto& items = plan_.items();
    if (progress_.resumed == 0) return;
    while (next_item_ < items.size() && journal_.state(plan_.key(items[next_item_])).settled)
      ++next_item_;
  }

  [[nodiscard]] bool has_fresh_items() const { return next_item_ < plan_.items().size(); }

  [[nodiscard]] bool unfinished() {
    if (options_.stop != nullptr && options_.stop->load()) sending_ = false;
    return !flights_.empty() || (sending_ && (has_fresh_items() || !retries_.empty()));
  }

  [[nodiscard]] bool has_free_slot() const {
    const auto most = health_.is_silent() ? 1 : static_cast<std::size_t>(throttle_.window());
    return sending_ && !waiting_for_money_ && flights_.size() < most;
  }

  void send_what_is_due() {
    auto now = Clock::now();
    while (has_free_slot() && throttle_.next() <= now) {
      const bool retry = !retries_.empty() && retries_.top().due <= now;
      if (!retry && !has_fresh_items()) return;
      if (!send(retry ? retries_.top().item : next_item_)) return;
      if (retry) {
        retries_.pop();
      } else {
        ++next_item_;
        find_next_item();
      }
      now = Clock::now();
    }
  }

  // The next retry counts only where it could be sent: a full house waits for a reply.
  [[nodiscard]] TimePoint next_wake() const {
    const auto tick = Clock::now() + kTick;
    if (!has_free_slot() || (retries_.empty() && !has_fresh_items())) return tick;
    const auto due = has_fresh_items() ? TimePoint::min() : retries_.top().due;
    return std::min(tick, std::max(due, throttle_.next()));
  }

  // ---- an attempt ----

  // False where nothing more can be sent for now.
  bool send(std::size_t index) {
    Request request = plan_.request(plan_.items()[index]);
    JournalKey key = key_of(request);
    if (journal_.state(key).settled) {  // by a reply that came after its deadline
      ++progress_.done;
      return true;
    }
    if (is_too_late(index)) {
      attempts_.erase(index);
      ++progress_.done;
      ++progress_.failed;
      return true;
    }
    if (!may_pay(request)) return false;
    keep(journal_.make_room(flights_.size() + 1));
    if (!sending_) return false;
    const std::uint64_t id = next_flight_++;
    Flight& flight = flights_[id];
    flight.item = index;
    flight.key = std::move(key);
    flight.sent = Clock::now();
    flight.attempt = begin_attempt(index, flight);
    flight.tokens = throttle_.take(request, flight.sent);
    flight.request = std::move(request);
    submit(id, flight.request);
    return true;
  }

  // What held everything may have held a retry beyond the deadline of its sample.
  [[nodiscard]] bool is_too_late(std::size_t index) const {
    const auto known = attempts_.find(index);
    return options_.sample_deadline && known != attempts_.end() &&
           Clock::now() > known->second.first_sent + *options_.sample_deadline;
  }

  // What throws before the attempt is under way is a failure of its sample, not of the run.
  void submit(std::uint64_t id, const Request& request) {
    const Completion done = [mailbox = mailbox_, id](Reply reply) {
      mailbox->put({id, std::move(reply)});
    };
    try {
      backend_.submit(request, done);
    } catch (const std::exception& thrown) {
      done(failed_reply(Failure::permanent, fmt::format("internal error: {}", thrown.what())));
    }
  }

  int begin_attempt(std::size_t index, const Flight& flight) {
    const auto known = attempts_.find(index);
    if (known != attempts_.end()) return ++known->second.all;
    return journal_.state(flight.key).attempts + 1;
  }

  // What is under way may give money back; where nothing is, the rest stays unpaid.
  bool may_pay(const Request& request) {
    if (options_.cost_guard == nullptr || options_.cost_guard->admit(request)) return true;
    waiting_for_money_ = true;
    if (!flights_.empty()) return false;
    sending_ = false;
    progress_.unpaid = progress_.total - progress_.done;
    return false;
  }

  // ---- its end ----

  void receive(Arrival arrival) {
    auto node = flights_.extract(arrival.flight);
    if (node.empty()) return receive_late(arrival);
    Flight& flight = node.mapped();
    if (options_.cost_guard != nullptr) options_.cost_guard->settle(flight.request, arrival.reply);
    waiting_for_money_ = false;
    write_down(flight, std::move(arrival.reply));
  }

  void write_down(const Flight& flight, Reply reply) {
    const PlanItem& item = plan_.items()[flight.item];
    throttle_.on_reply(reply, flight.sent, flight.tokens, Clock::now());
    const JournalEntry entry{flight.key, item.sample->task, flight.attempt, std::move(reply)};
    keep(journal_.append(entry));
    if (entry.reply.outcome == Outcome::api_error) return receive_failure(flight, entry.reply);
    if (entry.reply.cached) ++progress_.cached;
    ++progress_.done;
    if (!entry.reply.cached) health_.on_reply();  // the cache says nothing of the server
    attempts_.erase(flight.item);
  }

  void receive_failure(const Flight& flight, const Reply& reply) {
    Attempts& attempts = attempts_[flight.item];
    if (attempts.all == 0) attempts.first_sent = flight.sent;
    attempts.all = std::max(attempts.all, flight.attempt);
    const int failures = ++attempts.failures[static_cast<std::size_t>(reply.failure)];
    const auto now = Clock::now();
    const auto delay = delay_before_retry(flight, attempts, failures, reply, now);
    health_.on_failure(reply.failure, !delay, now);
    if (delay) {
      retries_.push({now + *delay, flight.item});
      const bool limited = reply.failure == Failure::rate_limited;
      if (limited || health_.is_silent()) throttle_.hold_until(now + *delay);  // so for all
    } else {
      ++progress_.done;
      ++progress_.failed;
      attempts_.erase(flight.item);
    }
    watch_endpoint(reply, now);
  }

  [[nodiscard]] std::optional<std::chrono::milliseconds> delay_before_retry(
      const Flight& flight, const Attempts& attempts, int failures, const Reply& reply,
      TimePoint now) const {
    const double jitter = Random(flight.item).fork(static_cast<std::uint64_t>(failures)).uniform();
    const auto delay = options_.retry.delay(reply, failures, jitter);
    const auto& deadline = options_.sample_deadline;
    if (delay && deadline && now + *delay > attempts.first_sent + *deadline) return std::nullopt;
    return delay;
  }

  void watch_endpoint(const Reply& reply, TimePoint now) {
    if (reply.retry_after > options_.retry.longest_retry_after)
      return keep(make_error(
          ErrorCode::network,
          "the server asks to be left alone for {} s: {}; the same command goes on from here",
          std::chrono::ceil<std::chrono::seconds>(*reply.retry_after).count(), reply.error));
    // The last samples of a run that goes on may all be refused: their failure is no error.
    const bool all_failed = progress_.done == progress_.total && progress_.resumed == 0;
    const bool dead = health_.is_dead(now);
    if (!health_.has_replied() && (dead || (all_failed && reply.failure != Failure::rate_limited)))
      keep(make_error(ErrorCode::network, "no request got a reply: {}", reply.error));
    else if (dead)
      keep(make_error(
          ErrorCode::network,
          "the server stopped answering ({} samples in a row): {}; the same command goes "
          "on from here",
          health_.samples_given_up_in_a_row(), reply.error));
  }

  // ---- attempts that never end ----

  void expire_flights() {
    if (!options_.attempt_deadline) return;
    const auto limit = Clock::now() - *options_.attempt_deadline;
    std::vector<std::uint64_t> expired;
    for (const auto& [id, flight] : flights_)
      if (flight.sent <= limit) expired.push_back(id);
    for (const std::uint64_t id : expired) expire(id);
  }

  void expire(std::uint64_t id) {
    const Flight flight = std::move(flights_.extract(id).mapped());
    const std::chrono::duration<double> deadline = *options_.attempt_deadline;
    Reply reply = failed_reply(
        Failure::timeout, fmt::format("the backend did not answer within {} s", deadline.count()));
    if (options_.cost_guard != nullptr) options_.cost_guard->settle(flight.request, reply);
    waiting_for_money_ = false;
    late_[id] = {flight.item, flight.attempt, flight.key, {}, flight.sent, 0};
    write_down(flight, std::move(reply));
  }

  // A reply after its deadline was paid for: it is kept, and counts where the next attempt has not
  // brought one.
  void receive_late(const Arrival& arrival) {
    const auto node = late_.extract(arrival.flight);
    if (node.empty() || arrival.reply.outcome == Outcome::api_error) return;
    const Flight& flight = node.mapped();
    const std::string& task = plan_.items()[flight.item].sample->task;
    keep(journal_.append({flight.key, task, flight.attempt, arrival.reply}));
  }

  // Put down the first error; nothing more is sent after it.
  void keep(const Result<void>& result) {
    if (result.has_value() || failure_) return;
    failure_ = result.error();
    sending_ = false;
  }

  void report() {
    progress_.in_flight = flights_.size();
    progress_.retrying = retries_.size();
    progress_.limit = throttle_.window();
    if (options_.on_progress) options_.on_progress(progress_);
  }

  const Plan& plan_;
  Backend& backend_;
  Journal& journal_;
  const RunnerOptions& options_;
  std::shared_ptr<Mailbox> mailbox_ = std::make_shared<Mailbox>();

  std::size_t next_item_ = 0;  // of the plan, never sent in this run
  std::priority_queue<Retry, std::vector<Retry>, std::greater<>> retries_;
  std::unordered_map<std::size_t, Attempts> attempts_;  // of items that failed
  std::unordered_map<std::uint64_t, Flight> flights_;
  std::unordered_map<std::uint64_t, Flight> late_;  // timed out, and may still come
  std::uint64_t next_flight_ = 0;
  Throttle throttle_;
  EndpointHealth health_;
  RunProgress progress_;
  bool sending_ = true;
  bool waiting_for_money_ = false;
  std::optional<Error> failure_;
};

Result<void> check(const RunnerOptions& options) {
  if (options.concurrency < 1)
    return make_error(ErrorCode::usage, "concurrency: expected at least 1, found {}",
                      options.concurrency);
  for (const auto& rate : {options.requests_per_minute, options.tokens_per_minute})
    if (rate && !(*rate > 0))
      return make_error(ErrorCode::usage, "rate per minute: expected a number above 0, found {}",
                        *rate);
  return {};
}

}  // namespace

Result<RunProgress> run_plan(const Plan& plan, Backend& backend, Journal& journal,
                             const RunnerOptions& options) {
  STAREVAL_CHECK(check(options));
  return Runner(plan, backend, journal, options).run();
}

}  // namespace stareval
