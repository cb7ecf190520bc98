// A program in a process group of its own: its pipes, its end, and what it leaves behind.
#include "backends/command/child_process.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "tests/support/temp_folder.h"

namespace stareval::command {
namespace {

// All that comes until the other end is closed.
std::string read_all(const Fd& fd) {
  std::string text;
  std::array<char, 256> buffer;
  for (pollfd ready{fd.get(), POLLIN, 0}; ::poll(&ready, 1, 30'000) == 1;) {
    const ssize_t count = ::read(fd.get(), buffer.data(), buffer.size());
    if (count <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return text;
}

void wait_for_end(ChildProcess& child) {
  while (!child.has_ended()) ::poll(nullptr, 0, 1);
}

TEST(ChildProcess, has_its_streams_and_says_how_it_ended) {
  ChildProcess child =
      ChildProcess::start("read word; echo \"<$word>\"; echo bad >&2; exit 3").value();
  ASSERT_EQ(::write(child.input.get(), "one\n", 4), 4);
  EXPECT_EQ(read_all(child.output), "<one>\n");
  EXPECT_EQ(read_all(child.errors), "bad\n");
  wait_for_end(child);
  EXPECT_EQ(child.ending(), "exit status 3");
}

TEST(ChildProcess, says_which_signal_ended_it) {
  ChildProcess child = ChildProcess::start("cat").value();
  EXPECT_FALSE(child.has_ended());
  child.signal(SIGTERM);
  wait_for_end(child);
  EXPECT_EQ(child.ending(), "signal 15");
}

TEST(ChildProcess, takes_with_it_what_it_started) {
  ChildProcess child = ChildProcess::start("sleep 600 & echo started; read word").value();
  std::array<char, 8> started;
  pollfd ready{child.output.get(), POLLIN, 0};
  ASSERT_EQ(::poll(&ready, 1, 30'000), 1);
  ASSERT_EQ(::read(child.output.get(), started.data(), started.size()), 8);
  child.input.close();
  wait_for_end(child);
  EXPECT_EQ(read_all(child.output), "");  // ends where no process holds the pipe any more
}

TEST(ChildProcess, is_killed_with_its_group_when_it_goes) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);  // inherited on purpose: it closes when the last process is gone
  {
    const ChildProcess child = ChildProcess::start("trap '' TERM; sleep 600 & wait").value();
    ::close(ends[1]);
  }
  EXPECT_EQ(read_all(Fd(ends[0])), "");
}

TEST(ChildProcess, does_not_inherit_the_pipes_of_another) {
  ChildProcess first = ChildProcess::start("cat").value();
  ChildProcess second = ChildProcess::start("cat").value();
  first.input.close();  // the second must not hold it open
  EXPECT_EQ(read_all(first.output), "");
}

TEST(ChildProcess, has_the_usual_signals_though_its_parent_blocks_some) {
  sigset_t pipe, before;
  ::sigemptyset(&pipe);
  ::sigaddset(&pipe, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &pipe, &before);
  ChildProcess child = ChildProcess::start("kill -PIPE $$; echo lived").value();
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  EXPECT_EQ(read_all(child.output), "");
  wait_for_end(child);
  EXPECT_EQ(child.ending(), "signal 13");
}

}  // namespace
}  // namespace stareval::command
