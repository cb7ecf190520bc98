#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <system_error>
#include <utility>

#include "backends/reader/reading_pool_internal.h"

namespace stareval::reader {
namespace {

using Clock = std::chrono::steady_clock;

Reply closed_reply() {
  return failed_reply(Failure::connection,
                      "reader: the backend was closed before the picture was read");
}

// The engine of one thread, made with the first request.
class Worker {
 public:
  explicit Worker(const MakeEngine& make_engine) : make_engine_(make_engine) {}

  Reply read(const Request& request) {
    try {
      if (!engine_) engine_ = make_engine_();
      if (engine_->has_error())
        return failed_reply(Failure::permanent, "reader: " + engine_->error().message);
      return timed(request);
    } catch (const std::exception& failure) {  // of OpenCV, or no memory is left
      engine_.reset();
      return failed_reply(Failure::permanent, fmt::format("reader: {}", failure.what()));
    }
  }

 private:
  Reply timed(const Request& request) {
    const auto start = Clock::now();
    Reply reply = engine_->value()(request);
    reply.latency = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
    return reply;
  }

  const MakeEngine& make_engine_;
  std::optional<Result<Engine>> engine_;
};

}  // namespace

ReadingPool::ReadingPool(std::size_t threads, MakeEngine make_engine)
    : most_threads_(std::max<std::size_t>(threads, 1)), make_engine_(std::move(make_engine)) {}

ReadingPool::~ReadingPool() {
  std::deque<Task> lost;
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    lost.swap(waiting_);
  }
  given_.notify_all();
  for (const Task& task : lost) task.done(closed_reply());
  for (std::thread& thread : threads_) thread.join();
}

void ReadingPool::give(Request request, Completion done) {
  Reply refusal = closed_reply();  // where a completion asks for more at the end
  {
    const std::lock_guard lock(mutex_);
    if (!closing_ && ensure_thread()) {
      waiting_.push_back({std::move(request), std::move(done)});
      given_.notify_one();
      return;
    }
    if (!closing_) refusal = failed_reply(Failure::permanent, "reader: cannot start a thread");
  }
  done(std::move(refusal));
}

// Starts one where none is idle. False: there is none at all.
bool ReadingPool::ensure_thread() {
  if (waiting_.size() < idle_ || threads_.size() == most_threads_) return true;
  try {
    threads_.emplace_back([this] { serve(); });
  } catch (const std::system_error&) {  // the machine has no more: the others take their turn
  }
  return !threads_.empty();
}

void ReadingPool::serve() {
  Worker worker(make_engine_);
  while (const std::optional<Task> task = next_task()) task->done(worker.read(task->request));
}

// Nothing: the end has come.
std::optional<ReadingPool::Task> ReadingPool::next_task() {
  std::unique_lock lock(mutex_);
  ++idle_;
  given_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
  --idle_;
  if (closing_) return std::nullopt;
  Task task = std::move(waiting_.front());
  waiting_.pop_front();
  return task;
}

}  // namespace stareval::reader
