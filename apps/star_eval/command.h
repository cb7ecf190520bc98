// A subcommand of star-eval: a name, a line for the overview, and a function from its arguments to
// an exit code. Each stands in a file of its own with its options; main.cc lists them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/base/result.h"

namespace stareval::app {

enum ExitCode : int {
  kSuccess = 0,
  kCheckFailed = 1,
  kWrongUse = 2,
  kWorldFailed = 3,
  kInterrupted = 130,  // as a shell says of a program that Ctrl-C ended
};

using Arguments = std::vector<std::string>;  // without the program's and the command's name

struct Command {
  std::string_view name;
  std::string_view summary;
  Result<int> (*run)(const Arguments& arguments);
};

// The exit code for an error that ends a command.
[[nodiscard]] int exit_code(const Error& error);

Result<int> run_command(const Arguments& arguments);
Result<int> list_command(const Arguments& arguments);
Result<int> synth_command(const Arguments& arguments);
Result<int> import_command(const Arguments& arguments);
Result<int> check_command(const Arguments& arguments);
Result<int> audit_command(const Arguments& arguments);
Result<int> score_command(const Arguments& arguments);
Result<int> verify_command(const Arguments& arguments);
Result<int> merge_command(const Arguments& arguments);
Result<int> compare_command(const Arguments& arguments);
Result<int> report_command(const Arguments& arguments);
Result<int> export_command(const Arguments& arguments);
Result<int> rationale_command(const Arguments& arguments);
Result<int> read_command(const Arguments& arguments);
Result<int> cache_command(const Arguments& arguments);

}  // namespace stareval::app
