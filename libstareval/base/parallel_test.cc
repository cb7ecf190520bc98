// By hand: how often work is called, and what becomes of what it throws.
#include "libstareval/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

namespace stareval {
namespace {

TEST(RunOnThreads, calls_the_work_once_a_thread) {
  for (const int threads : {0, 1, 2, 7}) {
    std::atomic<int> calls{0};
    run_on_threads(threads, [&] { ++calls; });
    EXPECT_EQ(calls, threads < 1 ? 1 : threads);
  }
}

TEST(RunOnThreads, throws_what_was_thrown_after_all_have_ended) {
  std::atomic<int> calls{0};
  const auto work = [&] {
    if (calls++ == 0) throw std::runtime_error("first");
  };
  EXPECT_THROW(run_on_threads(3, work), std::runtime_error);
  EXPECT_EQ(calls, 3);
}

}  // namespace
}  // namespace stareval
