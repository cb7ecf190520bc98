// What the mock server remembers of its requests.
// Thread  number(), add() and finished() from the server's, the rest from any.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "apps/star_mock_server/mock_server.h"

namespace stareval {

class RequestLog {
 public:
  // What is remembered. Memory grows with the samples by `attempts`, with the requests by `keep`.
  struct Memory {
    bool keep = true;
    bool attempts = true;
  };

  RequestLog(MockObserver observer, Memory memory)
      : observer_(std::move(observer)), memory_(memory), start_(std::chrono::steady_clock::now()) {}

  // Give the request its order, attempt and time.
  void number(MockRequest& request) {
    const std::lock_guard lock(mutex_);
    request.order = numbered_++;
    if (memory_.attempts) request.attempt = attempts_[request.sample]++;
    request.time = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - start_);
  }

  // Remember it. Counts it as under way until finished(). The observer is called without the lock:
  // it may ask the server. For one thread, so that it is called in order.
  void add(MockRequest request) {
    if (observer_) observer_(request);
    const std::lock_guard lock(mutex_);
    ++count_;
    peak_ = std::max(peak_, ++in_flight_);
    if (!observer_ && memory_.keep) requests_.push_back(std::move(request));
    arrived_.notify_all();
  }

  void finished() {
    const std::lock_guard lock(mutex_);
    --in_flight_;
  }

  [[nodiscard]] std::vector<MockRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

  [[nodiscard]] int peak() const {
    const std::lock_guard lock(mutex_);
    return peak_;
  }

  [[nodiscard]] bool wait_for(std::size_t count, std::chrono::milliseconds limit) const {
    std::unique_lock lock(mutex_);
    return arrived_.wait_for(lock, limit, [&] { return count_ >= count; });
  }

 private:
  const MockObserver observer_;
  const Memory memory_;
  const std::chrono::steady_clock::time_point start_;
  mutable std::mutex mutex_;
  mutable std::condition_variable arrived_;
  std::map<std::string, int> attempts_;
  std::vector<MockRequest> requests_;
  int numbered_ = 0;
  std::size_t count_ = 0;
  int in_flight_ = 0;
  int peak_ = 0;
};

}  // namespace stareval
