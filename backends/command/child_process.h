// A program of the user's with pipes to its standard streams, in a process group of its own, so
// that what it starts ends with it. Signals  None is handled; the caller blocks SIGPIPE in the
// thread that writes. Thread   one thread at a time.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "libstareval/base/result.h"

namespace stareval::command {

// A file descriptor that is closed with its owner.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int number) : number_(number) {}
  Fd(Fd&& other) noexcept;
  Fd& operator=(Fd&& other) noexcept;
  ~Fd() { close(); }

  [[nodiscard]] int get() const { return number_; }  // -1 where it is closed
  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  void close();

 private:
  int number_ = -1;
};

class ChildProcess {
 public:
  // Run `command` by /bin/sh -c, with this process's environment and working directory. The pipes
  // do not block, and no other child inherits them. Errors  io: no process or pipe can be made.
  [[nodiscard]] static Result<ChildProcess> start(const std::string& command);

  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&&) = delete;
  ~ChildProcess();  // SIGKILL to the group where it still runs; waits for its end

  Fd input;   // its stdin
  Fd output;  // its stdout
  Fd errors;  // its stderr

  void signal(int number) const;  // to the whole group

  // Whether the program has ended, without waiting; true from then on. What it started and left
  // behind is killed.
  [[nodiscard]] bool has_ended();

  // Once it has: "exit status 1", "signal 9".
  [[nodiscard]] const std::string& ending() const { return ending_; }

 private:
  explicit ChildProcess(pid_t pid) : pid_(pid) {}
  bool reap(int options);

  pid_t pid_ = -1;  // -1 once it was waited for
  std::string ending_;
};

}  // namespace stareval::command
