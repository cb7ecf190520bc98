#include "backends/shared/http_client.h"

#include <pthread.h>

#include <csignal>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <unordered_map>
#include <vector>

#include "backends/shared/http_transfer_internal.h"

namespace stareval {
namespace {

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

// Transfers go through two places: queue_ (any thread, under the mutex), then active_ (the loop's
// thread alone). Each ends in exactly one call of its callback.
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
    while (start_queued()) {
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      if (finish_ended()) continue;  // callbacks may have sent anew
      curl_multi_poll(multi_.get(), nullptr, 0, kLongestPoll_ms, nullptr);
    }
    stop_all();
  }

  // False where the loop is to end.
  bool start_queued() {
    std::vector<Transfer> fresh;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return false;
      fresh.swap(queue_);
    }
    for (Transfer& transfer : fresh) {
      CURL* easy = transfer->handle();
      const CURLMcode code = curl_multi_add_handle(multi_.get(), easy);
      if (code == CURLM_OK) active_.emplace(easy, std::move(transfer));
      else transfer->take_callback()(transfer->not_started(code));
    }
    return true;
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
    auto entry = active_.extract(easy);
    HttpOutcome outcome = entry.mapped()->outcome(code);
    const HttpCallback done = entry.mapped()->take_callback();
    curl_multi_remove_handle(multi_.get(), easy);
    entry.mapped().reset();  // the pictures of the request go before the reply is looked at
    done(std::move(outcome));
  }

  void stop_all() {
    std::vector<Transfer> rest;
    {
      const std::lock_guard lock(mutex_);
      rest.swap(queue_);
    }
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
  std::unordered_map<CURL*, Transfer> active_;
  std::thread thread_;  // last: it uses the members above
};

HttpClient::HttpClient() : loop_(std::make_unique<Loop>()) {}
HttpClient::~HttpClient() = default;

void HttpClient::send(HttpRequest request, HttpCallback done) {
  auto body = request.body.bytes();
  if (body.has_error()) return done({Failure::permanent, body.error().message, {}});
  loop_->send(
      std::make_unique<HttpTransfer>(std::move(request), *std::move(body), std::move(done)));
}

}  // namespace stareval
