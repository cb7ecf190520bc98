// star-eval: finds the subcommand, runs it, prints its error, returns its exit code.
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "apps/star_eval/command.h"

namespace stareval::app {
namespace {

constexpr std::array<Command, 15> kCommands{{
    {"run", "evaluate a model (the default command)", run_command},
    {"list", "tasks, backends, protocols, datasets, graphs, reports", list_command},
    {"synth", "make a dataset from a knowledge graph", synth_command},
    {"import", "make a dataset from the files of another benchmark", import_command},
    {"check", "is a dataset well-formed", check_command},
    {"audit", "is a dataset a fair test: leaks, balance, priors", audit_command},
    {"score", "score the replies of a run again, offline", score_command},
    {"verify", "recompute every score of a run; equal or not", verify_command},
    {"merge", "shards of one run, put together", merge_command},
    {"compare", "two runs, sample by sample: can the difference be chance", compare_command},
    {"report", "runs side by side, as markdown, csv or json", report_command},
    {"export", "a split as the file that a trainer reads", export_command},
    {"rationale", "have a model write the chains of thought of a split", rationale_command},
    {"read",
     STAREVAL_HAS_READER ? "the graph that a picture shows, read by classical vision"
                         : "the graph that a picture shows (not in this build)",
     read_command},
    {"cache", "replies kept across runs: explain, verify, gc, stats", cache_command},
}};

void print_help() {
  fmt::print(
      "star-eval: evaluate multi-modal models on pictures of knowledge graphs\n\n"
      "usage: star-eval [COMMAND] [OPTIONS]\n\n"
      "commands:\n");
  for (const Command& command : kCommands)
    fmt::print("  {:<9} {}\n", command.name, command.summary);
  fmt::print(
      "\nexamples:\n"
      "  star-eval --backend openai --task RC          needs OPENAI_API_KEY\n"
      "  star-eval --backend baseline --model random --task all\n"
      "  star-eval synth --graph atlas --task all --count 50 --seed 7 --out data\n\n"
      "`star-eval COMMAND --help` says more. Exit codes: 0 success, 1 failed check, 2 wrong use, 3 "
      "a\n"
      "file, a server or the network failed.\n");
}

std::string command_names() {
  std::string names;
  for (const Command& command : kCommands)
    names += (names.empty() ? "" : ", ") + std::string(command.name);
  return names;
}

Result<int> dispatch(Arguments arguments) {
  if (arguments.empty() || arguments.front() == "--help" || arguments.front() == "-h" ||
      arguments.front() == "help") {
    print_help();
    return kSuccess;
  }
  if (arguments.front() == "--version") {
    fmt::print("star-eval {}\n", STAREVAL_VERSION);
    return kSuccess;
  }
  if (arguments.front().starts_with("-")) return run_command(arguments);
  const std::string name = arguments.front();
  const auto* command = std::find_if(kCommands.begin(), kCommands.end(),
                                     [&](const Command& c) { return c.name == name; });
  if (command == kCommands.end())
    return make_error(ErrorCode::usage, "no command is named \"{}\"; there are: {}", name,
                      command_names());
  arguments.erase(arguments.begin());
  return command->run(arguments);
}

}  // namespace

int exit_code(const Error& error) {
  switch (error.code) {
    case ErrorCode::usage:
    case ErrorCode::mismatch: return kWrongUse;
    case ErrorCode::bad_data:
    case ErrorCode::io:
    case ErrorCode::network: return kWorldFailed;
  }
  return kWorldFailed;
}

}  // namespace stareval::app

// A core file, or another process of the user, would hold the keys that the environment gave us.
// Whoever debugs sets STAREVAL_CORE. The leak checker of the sanitizers must be able to look.
static void keep_memory_private() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  if (std::getenv("STAREVAL_CORE") != nullptr) return;
  const rlimit none{0, 0};
  (void)::setrlimit(RLIMIT_CORE, &none);
  (void)::prctl(PR_SET_DUMPABLE, 0);
#endif
}

static int report_lost_output() {
  fmt::print(stderr, "star-eval: cannot write the result to the standard output\n");
  return stareval::app::kWorldFailed;
}

int main(int argc, char** argv) {
  keep_memory_private();
  try {
    const auto result = stareval::app::dispatch({argv + 1, argv + argc});
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) return report_lost_output();
    if (result.has_value()) return *result;
    fmt::print(stderr, "star-eval: {}\n", result.error().message);
    return stareval::app::exit_code(result.error());
  } catch (const std::exception& failure) {
    if (std::ferror(stdout) != 0) return report_lost_output();  // fmt throws where a write fails
    fmt::print(stderr, "star-eval: internal error: {}; please report it\n", failure.what());
    return stareval::app::kWorldFailed;
  }
}
