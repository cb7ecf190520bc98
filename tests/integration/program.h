// star-eval as a process: run to its end, or started, watched and killed.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace stareval::testing {

struct ProgramResult {
  int exit_code = -1;  // 128 + signal where a signal ended it
  std::string out;
  std::string err;
};

struct ProgramOptions {
  std::filesystem::path folder;                    // working directory
  std::map<std::string, std::string> environment;  // besides PATH and STAREVAL_DATA
  std::filesystem::path out = {};                  // standard output; none: a file of its own, read
};

class Program {
 public:
  Program(std::vector<std::string> arguments, const ProgramOptions& options);
  ~Program();  // kills it where it still runs
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void send_signal(int signal) const;

  // Block until the handler of a signal that was sent has run, and has given the signal back to
  // the system. False after 30 s.
  [[nodiscard]] bool wait_until_caught(int signal) const;

  ProgramResult wait();

 private:
  std::filesystem::path given_out_, out_, err_;
  pid_t pid_ = -1;
};

// Run star-eval to its end.
[[nodiscard]] ProgramResult star_eval(std::vector<std::string> arguments,
                                      const ProgramOptions& options);

}  // namespace stareval::testing
