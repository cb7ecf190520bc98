#include "apps/star_eval/batch_option.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

namespace stareval::app {
namespace {

constexpr double kLongestPoll_s = 86'400;

Result<std::chrono::milliseconds> read_poll(const std::string& text) {
  double seconds = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (failure != std::errc{} || end != text.data() + text.size() ||
      !(seconds >= 0.001 && seconds <= kLongestPoll_s))
    return make_error(ErrorCode::usage,
                      "--batch-poll: expected seconds from 0.001 to {}, found \"{}\"",
                      kLongestPoll_s, text);
  return std::chrono::milliseconds(std::llround(seconds * 1000));
}

}  // namespace

void add_batch_option(OptionParser& parser) {
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  parser.add()("batch", text("api|files"),
               "send the run as batches: to the vendor, or in files for `vllm run-batch`");
  parser.add()("batch-poll", text("S"), "at most S seconds between looks at a batch (default: 60)");
}

Result<std::optional<BatchOptions>> read_batch_option(const OptionParser& parser) {
  if (!parser.has("batch")) {
    if (parser.has("batch-poll"))
      return make_error(ErrorCode::usage, "--batch-poll: it goes with --batch api");
    return std::optional<BatchOptions>();
  }
  const std::string kind = parser.text("batch");
  if (kind != "api" && kind != "files")
    return make_error(ErrorCode::usage, "--batch: expected api or files, found \"{}\"", kind);
  for (const char* other : {"rpm", "tpm", "retry", "sample-deadline", "cache"})
    if (parser.has(other) && !(std::string_view(other) == "cache" && parser.text(other) == "off"))
      return make_error(ErrorCode::usage,
                        "--{}: it has no meaning for batches; leave it or --batch out", other);
  BatchOptions options;
  options.files = kind == "files";
  if (parser.has("batch-poll")) {
    STAREVAL_TRY(options.longest_poll, read_poll(parser.text("batch-poll")));
    options.first_poll = std::min(options.first_poll, options.longest_poll);
  }
  return std::optional(std::move(options));
}

std::string batch_progress_text(const BatchProgress& progress) {
  std::string text =
      fmt::format("{}/{}  round {}: {}/{} parts done", progress.run.done, progress.run.total,
                  progress.round, progress.parts_done, progress.parts);
  if (!progress.word.empty()) fmt::format_to(std::back_inserter(text), ", {}", progress.word);
  fmt::format_to(std::back_inserter(text), ", {} answered", progress.answered);
  if (progress.failed > 0) fmt::format_to(std::back_inserter(text), ", {} failed", progress.failed);
  return text;
}

}  // namespace stareval::app
