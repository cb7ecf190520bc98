#include "backends/shared/http_client.h"

#include <pthread.h>

#include <chrono>
#include <csignal>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <unordered_map>
#include <vector>

#include "backends/shared/http_transfer_internal.h"

namespace stareval {
namespace {

constexpr std::size_t kBodiesOnTheWire = 16;
constexpr std::chrono::milliseconds kPatience{50};  // of a body that waits for its turn
// After a kept connection turned out to be dead, as all of them are when a server was started anew:
// so long each attempt has one of its own, lest each retry of a sample meet the next dead one.
constexpr std::chrono::seconds kDistrust{5};
constexpr int kLongestPoll_ms = 60'000;  // send() and timers of libcurl wake it before

void start_libcurl_once() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) throw std::runtime_error("libcurl could not be started");
}

struct FreeMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

// Signals are the program's, not this thread's; SIGPIPE of a cut TLS connection is nobody's.
void block_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

// Transfers go through three places: queue_ (any thread, under the mutex), waiting_ and active_
// (the loop's thread alone). Each ends in exactly one call of its callback.
class HttpClient::Loop {
 public:
  Loop() : multi_(start()), thread_([this] { run(); }) {}

  ~Loop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    curl_multi_wakeup(multi_.get());
    thread_.join();
  }

  void send(std::unique_ptr<HttpTransfer> transfer) {
    if (enqueue(transfer)) curl_multi_wakeup(multi_.get());
    else transfer->take_callback()(transfer->stopped());
  }

 private:
  using Transfer = std::unique_ptr<HttpTransfer>;
  using Clock = std::chrono::steady_clock;

  struct Waiting {
    Transfer transfer;
    Clock::time_point since;
  };

  static CURLM* start() {
    start_libcurl_once();
    CURLM* multi = curl_multi_init();
    if (multi == nullptr) throw std::runtime_error("libcurl could not be started");
    return multi;
  }

  // Take the transfer over, unless the loop is to end.
  bool enqueue(Transfer& transfer) {
    const std::lock_guard lock(mutex_);
    if (stopping_) return false;
    queue_.push_back(std::move(transfer));
    return true;
  }

  void run() {
    block_signals();
    while (take_queued()) {
      start_waiting();
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      if (finish_ended()) continue;  // callbacks may have sent anew
      if (may_start()) continue;
      curl_multi_poll(multi_.get(), nullptr, 0, poll_limit_ms(), nullptr);
    }
    stop_all();
  }

  // False where the loop is to end.
  bool take_queued() {
    std::vector<Transfer> fresh;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return false;
      fresh.swap(queue_);
    }
    for (Transfer& transfer : fresh) waiting_.push_back({std::move(transfer), Clock::now()});
    return true;
  }

  // Bodies that all go out at once all end late, and fill the memory: a few at a time get the wire.
  // A server that takes them slowly must not keep the others from it for long.
  [[nodiscard]] bool may_start() {
    std::erase_if(sending_, [](HttpTransfer* t) { return t->release_sent_body(); });
    if (waiting_.empty()) return false;
    return sending_.size() < kBodiesOnTheWire || waiting_.front().since + kPatience <= Clock::now();
  }

  [[nodiscard]] int poll_limit_ms() const {
    return waiting_.empty() ? kLongestPoll_ms : static_cast<int>(kPatience.count());
  }

  void start_waiting() {
    while (may_start()) {
      Transfer transfer = std::move(waiting_.front().transfer);
      waiting_.pop_front();
      if (const auto failure = try_to_start(*transfer)) {
        give(transfer->take_callback(), *failure);
        continue;
      }
      CURL* easy = transfer->handle();
      sending_.push_back(transfer.get());
      active_.emplace(easy, std::move(transfer));
    }
  }

  // Nothing where the transfer is under way.
  std::optional<HttpOutcome> try_to_start(HttpTransfer& transfer) {
    try {
      transfer.begin(take_handle(), verified_, Clock::now() < fresh_until_);
    } catch (const std::exception& thrown) {
      return HttpOutcome{Failure::permanent, thrown.what(), {}};
    }
    const CURLMcode code = curl_multi_add_handle(multi_.get(), transfer.handle());
    if (code == CURLM_OK) return std::nullopt;
    return transfer.not_started(code);
  }

  // Callbacks must not throw; where one does, the process and its other replies go on.
  static void give(const HttpCallback& done, HttpOutcome outcome) {
    try {
      done(std::move(outcome));
    } catch (const std::exception&) {
    }
  }

  Easy take_handle() {
    if (idle_.empty()) return make_easy();
    Easy easy = std::move(idle_.back());
    idle_.pop_back();
    return easy;
  }

  bool finish_ended() {
    bool any = false;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      any = true;
      finish(message->easy_handle, message->data.result);
    }
    return any;
  }

  void finish(CURL* easy, CURLcode code) {
    Transfer transfer = std::move(active_.extract(easy).mapped());
    HttpOutcome outcome = transfer->outcome(code);
    if (outcome.failure == Failure::connection && transfer->reused_a_connection())
      fresh_until_ = Clock::now() + kDistrust;
    const HttpCallback done = transfer->take_callback();
    curl_multi_remove_handle(multi_.get(), easy);
    std::erase(sending_, transfer.get());
    idle_.push_back(transfer->take_handle());
    transfer.reset();
    give(done, std::move(outcome));
  }

  void stop_all() {
    std::vector<Transfer> rest;
    {
      const std::lock_guard lock(mutex_);
      rest.swap(queue_);
    }
    for (Waiting& waiting : waiting_) rest.push_back(std::move(waiting.transfer));
    waiting_.clear();
    for (auto& [easy, transfer] : active_) {
      curl_multi_remove_handle(multi_.get(), easy);
      rest.push_back(std::move(transfer));
    }
    active_.clear();
    for (const Transfer& transfer : rest) transfer->take_callback()(transfer->stopped());
  }

  std::mutex mutex_;  // guards queue_ and stopping_
  std::vector<Transfer> queue_;
  bool stopping_ = false;
  std::unique_ptr<CURLM, FreeMulti> multi_;
  VerifiedPictures verified_;
  Clock::time_point fresh_until_{};  // kept connections are not used before
  std::vector<Easy> idle_;           // to be used again
  std::deque<Waiting> waiting_;      // for their turn on the wire
  std::unordered_map<CURL*, Transfer> active_;
  std::vector<HttpTransfer*> sending_;  // of active_: those whose body is going out
  std::thread thread_;                  // last: it uses the members above
};

HttpClient::HttpClient() : loop_(std::make_unique<Loop>()) {}
HttpClient::~HttpClient() = default;

void HttpClient::send(HttpRequest request, HttpCallback done) {
  loop_->send(std::make_unique<HttpTransfer>(std::move(request), std::move(done)));
}

}  // namespace stareval
