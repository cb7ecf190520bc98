// A backend that answers by a script, on the thread of submit or on a thread of its own, and counts
// what is under way.
// Thread  submit from one thread at a time; the counts may be read from any.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "libstareval/model/backend.h"

namespace stareval::testing {

// The reply to the n-th attempt (1, 2, ...) at a sample.
using Script = std::function<Reply(const Request& request, int attempt)>;

// Completes within submit.
class ImmediateBackend : public Backend {
 public:
  explicit ImmediateBackend(Script script) : script_(std::move(script)) {}

  void submit(const Request& request, Completion done) override {
    order_.push_back(request.sample_id);
    done(script_(request, ++attempts_[request.sample_id + "#" + std::to_string(request.repeat)]));
  }

  [[nodiscard]] const std::vector<std::string>& order() const { return order_; }

 private:
  Script script_;
  std::map<std::string, int> attempts_;
  std::vector<std::string> order_;
};

// Completes from threads of its own, what was asked last first.
class ThreadedBackend : public Backend {
 public:
  ThreadedBackend(Script script, int threads) : script_(std::move(script)) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { serve(); });
  }
  ~ThreadedBackend() override {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  ThreadedBackend(const ThreadedBackend&) = delete;
  ThreadedBackend& operator=(const ThreadedBackend&) = delete;

  void submit(const Request& request, Completion done) override {
    {
      const std::lock_guard lock(mutex_);
      const std::string key = request.sample_id + "#" + std::to_string(request.repeat);
      waiting_.push_back({request, ++attempts_[key], std::move(done)});
      most_ = std::max(most_, ++under_way_);
    }
    changed_.notify_one();
  }

  [[nodiscard]] int most_under_way() const {
    const std::lock_guard lock(mutex_);
    return most_;
  }

 private:
  struct Job {
    Request request;
    int attempt;
    Completion done;
  };

  void serve() {
    for (;;) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      const Job job = std::move(waiting_.back());
      waiting_.pop_back();
      Reply reply = script_(job.request, job.attempt);
      --under_way_;
      lock.unlock();
      job.done(std::move(reply));
    }
  }

  Script script_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> waiting_;
  std::map<std::string, int> attempts_;
  int under_way_ = 0;
  int most_ = 0;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace stareval::testing
