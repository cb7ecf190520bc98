// Threads that read side by side, each with an engine of its own.
// Thread  give() from any; completions on the thread that read, or on the one that gives or
//         destroys where nothing is read any more. No completion may destroy the pool.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/model/backend.h"

namespace stareval::reader {

// Ask one request. Called by one thread at a time. What it throws fails the request for good, and
// has the engine made anew.
using Engine = std::function<Reply(const Request&)>;

// Called by each thread when it has something to read, so from several at a time. An error fails
// all requests that come to that thread, for good.
using MakeEngine = std::function<Result<Engine>()>;

class ReadingPool {
 public:
  // `threads`: at most so many, at least 1; a further one is started where none is idle.
  ReadingPool(std::size_t threads, MakeEngine make_engine);

  // Finishes what is being read. What waits is completed as a failure of the connection.
  ~ReadingPool();
  ReadingPool(const ReadingPool&) = delete;
  ReadingPool& operator=(const ReadingPool&) = delete;

  // `done` gets the reply, its latency set to how long the engine took.
  void give(Request request, Completion done);

 private:
  struct Task {
    Request request;
    Completion done;
  };

  void serve();
  std::optional<Task> next_task();
  bool ensure_thread();

  const std::size_t most_threads_;
  const MakeEngine make_engine_;
  std::mutex mutex_;
  std::condition_variable given_;
  std::deque<Task> waiting_;  // guarded by mutex_, as all below
  std::size_t idle_ = 0;      // threads that wait for a task
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace stareval::reader
