// The programs of the backend "command": one thread that polls the pipes of all of them, and hands
// each request to the one that has the least to do.
// Signals  SIGPIPE is blocked in that thread alone.
// Thread   give() from any; completions on the thread of the pool.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "backends/command/command_worker.h"
#include "libstareval/base/result.h"

namespace stareval::command {

class Pool {
 public:
  // Starts no program yet. io: no descriptor is left.
  [[nodiscard]] static Result<std::unique_ptr<Pool>> make(PoolOptions options);

  // Completes what is under way as a failure of the connection, and ends all programs.
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  void give(Job job);

 private:
  Pool(PoolOptions options, Fd wake);
  void serve();
  bool take_work(Clock::time_point now);
  Worker* free_worker();
  void wait();
  void hand_on();
  void wake() const;

  const PoolOptions options_;
  const Fd wake_;  // an eventfd: something waits, or the end has come
  std::mutex mutex_;
  std::deque<Job> waiting_;  // guarded by mutex_
  bool closing_ = false;     // guarded by mutex_
  std::vector<Worker> workers_;
  std::vector<Finished> lost_;  // that no program was given
  std::thread thread_;
};

}  // namespace stareval::command
