#include "tests/integration/program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "libstareval/base/file.h"

namespace stareval::testing {
namespace {

std::filesystem::path scratch_file() {
  std::string name = (std::filesystem::temp_directory_path() / "stareval-out-XXXXXX").string();
  ::close(::mkstemp(name.data()));
  return name;
}

std::vector<std::string> environment_of(const ProgramOptions& options) {
  std::vector<std::string> variables;
  for (const char* name : {"PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"})
    if (const char* value = std::getenv(name))
      variables.push_back(fmt::format("{}={}", name, value));
  variables.emplace_back("STAREVAL_DATA=" STAREVAL_TEST_SOURCE_DIR "/share");
  for (const auto& [name, value] : options.environment)
    variables.push_back(fmt::format("{}={}", name, value));
  return variables;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

// In the child, between fork and exec: only calls that are safe there.
[[noreturn]] void become(const char* folder, const char* out, const char* err, char** arguments,
                         char** environment) {
  const int out_fd = ::open(out, O_WRONLY | O_TRUNC);
  const int err_fd = ::open(err, O_WRONLY | O_TRUNC);
  if (out_fd < 0 || err_fd < 0 || (*folder != '\0' && ::chdir(folder) != 0)) ::_exit(126);
  ::dup2(out_fd, STDOUT_FILENO);
  ::dup2(err_fd, STDERR_FILENO);
  ::execve(STAREVAL_TEST_PROGRAM, arguments, environment);
  ::_exit(127);
}

}  // namespace

Program::Program(std::vector<std::string> arguments, const ProgramOptions& options)
    : given_out_(options.out), out_(scratch_file()), err_(scratch_file()) {
  arguments.insert(arguments.begin(), "star-eval");
  std::vector<std::string> variables = environment_of(options);
  std::vector<char*> argument_pointers = pointers(arguments);
  std::vector<char*> variable_pointers = pointers(variables);
  pid_ = ::fork();
  const std::filesystem::path& out = given_out_.empty() ? out_ : given_out_;
  if (pid_ == 0)
    become(options.folder.c_str(), out.c_str(), err_.c_str(), argument_pointers.data(),
           variable_pointers.data());
}

Program::~Program() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  std::filesystem::remove(out_);
  std::filesystem::remove(err_);
}

void Program::send_signal(int signal) const { ::kill(pid_, signal); }

// The line "SigCgt" of /proc/PID/status has a bit for each signal that has a handler (proc(5)). The
// system has no event for it.
bool Program::wait_until_caught(int signal) const {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (std::chrono::steady_clock::now() < end) {
    std::ifstream status(fmt::format("/proc/{}/status", pid_));
    for (std::string line; std::getline(status, line);) {
      if (!line.starts_with("SigCgt:")) continue;
      const std::uint64_t caught = std::stoull(line.substr(7), nullptr, 16);
      if ((caught >> (signal - 1) & 1) == 0) return true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return false;
}

ProgramResult Program::wait() {
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  ProgramResult result;
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.out = read_file(out_).value();
  result.err = read_file(err_).value();
  return result;
}

ProgramResult star_eval(std::vector<std::string> arguments, const ProgramOptions& options) {
  return Program(std::move(arguments), options).wait();
}

}  // namespace stareval::testing
