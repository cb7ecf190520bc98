#include "backends/command/command_pool.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

namespace stareval::command {
namespace {

// A write to a program that has ended is an error to look at, not a signal that ends this one.
void block_sigpipe() {
  sigset_t pipe;
  ::sigemptyset(&pipe);
  ::sigaddset(&pipe, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
}

}  // namespace

Result<std::unique_ptr<Pool>> Pool::make(PoolOptions options) {
  Fd wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!wake.is_open())
    return make_error(ErrorCode::io, "command: cannot make an event: {}",
                      std::generic_category().message(errno));
  return std::unique_ptr<Pool>(new Pool(std::move(options), std::move(wake)));
}

Pool::Pool(PoolOptions options, Fd wake) : options_(std::move(options)), wake_(std::move(wake)) {
  for (std::size_t i = 0; i < options_.workers; ++i) workers_.emplace_back(options_);
  thread_ = std::thread([this] { serve(); });
}

Pool::~Pool() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wake();
  thread_.join();
}

void Pool::give(Job job) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(job));
  }
  wake();
}

void Pool::wake() const {
  const std::uint64_t one = 1;
  while (::write(wake_.get(), &one, sizeof one) < 0 && errno == EINTR) {
  }
}

void Pool::serve() {
  block_sigpipe();
  for (;;) {
    const bool closing = take_work(Clock::now());
    for (Worker& worker : workers_) {
      const bool was_full = !worker.takes_jobs();
      worker.serve(Clock::now());
      if (was_full && worker.takes_jobs()) wake();  // what waits may be given out now
    }
    hand_on();
    const bool running = std::any_of(workers_.begin(), workers_.end(),
                                     [](const Worker& worker) { return worker.is_running(); });
    if (closing && !running) return;
    wait();
  }
}

// Give out what waits; at the end, fail it. True: the end has come.
bool Pool::take_work(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  while (!waiting_.empty() && !closing_) {
    Worker* worker = free_worker();
    if (worker == nullptr) return false;
    worker->give(std::move(waiting_.front()), now);
    waiting_.pop_front();
  }
  if (!closing_) return false;
  for (Job& job : std::exchange(waiting_, {}))
    lost_.emplace_back(std::move(job.done), failed_reply(Failure::connection,
                                                         "the backend was closed before the "
                                                         "command was asked"));
  for (Worker& worker : workers_) worker.close(now);
  return true;
}

// The one with the least to do; of equals one that runs already.
Worker* Pool::free_worker() {
  Worker* best = nullptr;
  for (Worker& worker : workers_) {
    if (!worker.takes_jobs()) continue;
    const auto rank = [](const Worker& w) { return std::pair(w.load(), !w.is_running()); };
    if (best == nullptr || rank(worker) < rank(*best)) best = &worker;
  }
  return best;
}

void Pool::wait() {
  std::vector<pollfd> fds{{wake_.get(), POLLIN, 0}};
  auto deadline = Clock::time_point::max();
  for (const Worker& worker : workers_) {
    worker.watch(fds);
    deadline = std::min(deadline, worker.next_deadline());
  }
  int limit_ms = -1;
  if (deadline != Clock::time_point::max()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    limit_ms = static_cast<int>(std::max<std::int64_t>(0, left.count()));
  }
  ::poll(fds.data(), fds.size(), limit_ms);
  std::uint64_t count = 0;
  if (::read(wake_.get(), &count, sizeof count) < 0) return;  // nothing waits
}

// Completions are called without the mutex: they may ask for more.
void Pool::hand_on() {
  for (auto& [done, reply] : std::exchange(lost_, {})) done(std::move(reply));
  for (Worker& worker : workers_)
    for (auto& [done, reply] : worker.take_finished()) done(std::move(reply));
}

}  // namespace stareval::command
