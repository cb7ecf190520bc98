#include "apps/star_eval/runner_options.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace stareval::app {
namespace {

constexpr int kMostRetries = 1000;

// A number above 0, at most 1e9; nothing where the option is not given.
Result<std::optional<double>> read_positive(const OptionParser& parser, const char* name) {
  if (!parser.has(name)) return std::optional<double>();
  const std::string text = parser.text(name);
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size() || !(value > 0 && value <= 1e9))
    return make_error(ErrorCode::usage, "--{}: expected a number above 0, found \"{}\"", name,
                      text);
  return std::optional<double>(value);
}

Result<void> read_retry(const std::string& kind, const std::string& text, RetryLimits& limits) {
  const std::array<std::pair<std::string_view, int*>, 4> kinds{
      {{"rate_limited", &limits.rate_limited},
       {"server", &limits.server},
       {"connection", &limits.connection},
       {"timeout", &limits.timeout}}};
  int value = -1;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool number = failure == std::errc{} && end == text.data() + text.size() && value >= 0 &&
                      value <= kMostRetries;
  for (const auto& [name, limit] : kinds)
    if (name == kind && number) {
      *limit = value;
      return {};
    }
  return make_error(ErrorCode::usage,
                    "--retry: expected rate_limited=N, server=N, connection=N or timeout=N with N "
                    "from 0 to {}, found \"{}={}\"",
                    kMostRetries, kind, text);
}

}  // namespace

void add_runner_options(OptionParser& parser) {
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  parser.add()("rpm", text("N"), "at most N requests a minute (default: no limit of our own)");
  parser.add()("tpm", text("N"), "at most N tokens a minute, in and out, by what replies report");
  parser.add()("retry", po::value<std::vector<std::string>>()->value_name("KIND=N"),
               "send again at most N times after rate_limited, server, connection or timeout;"
               " 0: never (default: 20, 4, 4, 2)");
  parser.add()("sample-deadline", text("S"),
               "begin no attempt at a sample S seconds after its first one");
}

Result<RunnerOptions> read_runner_options(const OptionParser& parser) {
  RunnerOptions options;
  STAREVAL_TRY(options.requests_per_minute, read_positive(parser, "rpm"));
  STAREVAL_TRY(options.tokens_per_minute, read_positive(parser, "tpm"));
  STAREVAL_TRY(const auto deadline_s, read_positive(parser, "sample-deadline"));
  if (deadline_s)
    options.sample_deadline = std::chrono::milliseconds(std::llround(*deadline_s * 1000));
  STAREVAL_TRY(const auto retries, parse_pairs("retry", parser.texts("retry")));
  for (const auto& [kind, number] : retries)
    STAREVAL_CHECK(read_retry(kind, number, options.retry.retries));
  return options;
}

}  // namespace stareval::app
