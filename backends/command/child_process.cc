#include "backends/command/child_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

extern char** environ;

namespace stareval::command {
namespace {

struct Pipe {
  Fd read, write;
};

Error cannot(std::string_view verb, int number) {
  return make_error(ErrorCode::io, "command: cannot {}: {}", verb,
                    std::generic_category().message(number));
}

Result<Pipe> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return cannot("make a pipe", errno);
  return Pipe{Fd(ends[0]), Fd(ends[1])};
}

void never_block(const Fd& fd) { ::fcntl(fd.get(), F_SETFL, O_NONBLOCK); }

// How the child starts: a group of its own, no signal blocked, SIGPIPE as every program expects it.
class SpawnSettings {
 public:
  SpawnSettings() {
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawn_file_actions_init(&actions_);
    sigset_t none, pipe;
    ::sigemptyset(&none);
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &pipe);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  void connect(const Fd& fd, int standard) {
    ::posix_spawn_file_actions_adddup2(&actions_, fd.get(), standard);
  }

  int spawn(pid_t& pid, char* const* words) const {
    return ::posix_spawn(&pid, words[0], &actions_, &attributes_, words, environ);
  }

 private:
  posix_spawnattr_t attributes_;
  posix_spawn_file_actions_t actions_;
};

std::string describe(const siginfo_t& info) {
  return fmt::format("{} {}", info.si_code == CLD_EXITED ? "exit status" : "signal",
                     info.si_status);
}

}  // namespace

Fd::Fd(Fd&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Fd& Fd::operator=(Fd&& other) noexcept {
  if (this != &other) {
    close();
    number_ = std::exchange(other.number_, -1);
  }
  return *this;
}

void Fd::close() {
  if (number_ >= 0) ::close(std::exchange(number_, -1));
}

Result<ChildProcess> ChildProcess::start(const std::string& command) {
  STAREVAL_TRY(Pipe in, make_pipe());
  STAREVAL_TRY(Pipe out, make_pipe());
  STAREVAL_TRY(Pipe err, make_pipe());
  SpawnSettings settings;
  settings.connect(in.read, STDIN_FILENO);
  settings.connect(out.write, STDOUT_FILENO);
  settings.connect(err.write, STDERR_FILENO);
  std::string shell = "/bin/sh", option = "-c", text = command;
  char* const words[] = {shell.data(), option.data(), text.data(), nullptr};
  pid_t pid = -1;
  if (const int failure = settings.spawn(pid, words); failure != 0)
    return cannot("start /bin/sh", failure);
  ChildProcess child(pid);
  child.input = std::move(in.write);
  child.output = std::move(out.read);
  child.errors = std::move(err.read);
  for (const Fd* fd : {&child.input, &child.output, &child.errors}) never_block(*fd);
  return child;
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : input(std::move(other.input)),
      output(std::move(other.output)),
      errors(std::move(other.errors)),
      pid_(std::exchange(other.pid_, -1)),
      ending_(std::move(other.ending_)) {}

ChildProcess::~ChildProcess() {
  if (pid_ < 0) return;
  signal(SIGKILL);
  reap(0);
}

void ChildProcess::signal(int number) const {
  if (pid_ > 0) ::kill(-pid_, number);
}

bool ChildProcess::has_ended() { return pid_ < 0 || reap(WNOHANG); }

// The group is killed while the ended program still holds its number, so that no other group can
// have taken it.
bool ChildProcess::reap(int options) {
  siginfo_t info{};
  int looked = 0;
  do looked = ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT | options);
  while (looked != 0 && errno == EINTR);
  if (looked == 0 && info.si_pid == 0) return false;
  signal(SIGKILL);
  if (looked == 0) ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED);
  ending_ = looked == 0 ? describe(info) : "nobody knows how: SIGCHLD is ignored";
  pid_ = -1;
  return true;
}

}  // namespace stareval::command
