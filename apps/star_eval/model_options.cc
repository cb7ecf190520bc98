#include "apps/star_eval/model_options.h"

#include <array>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <utility>

#include "libstareval/base/json.h"

namespace stareval::app {
namespace {

std::atomic<bool> g_stop{false};

extern "C" void on_interrupt(int signal) {
  g_stop.store(true);
  std::signal(signal, SIG_DFL);
}

std::string environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

// A stand-in for each key that is not set.
std::string environment_without_keys(const std::string& name) {
  const std::string value = environment(name);
  return value.empty() && name.ends_with("_KEY") ? "not-set" : value;
}

Result<double> parse_fraction(const std::string& key, const std::string& text, double high) {
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size() || !(value >= 0 && value <= high))
    return make_error(ErrorCode::usage, "--set {}: expected a number from 0 to {}, found \"{}\"",
                      key, high, text);
  return value;
}

Result<int> parse_whole(const char* key, const std::string& text, int low, int high) {
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size() || value < low || value > high)
    return make_error(ErrorCode::usage,
                      "--set {}: expected a whole number from {} to {}, found \"{}\"", key, low,
                      high, text);
  return value;
}

// What the manifest says in other words must not be said behind its back.
Result<json::object> parse_extra(const std::string& text) {
  constexpr std::array<std::string_view, 15> kOurs{"model",
                                                   "messages",
                                                   "input",
                                                   "contents",
                                                   "prompt",
                                                   "system",
                                                   "instructions",
                                                   "systemInstruction",
                                                   "temperature",
                                                   "top_p",
                                                   "max_tokens",
                                                   "max_completion_tokens",
                                                   "max_output_tokens",
                                                   "stream",
                                                   "logprobs"};
  auto extra = parse_json_object(text, "--set extra");
  if (extra.has_error()) return Error{ErrorCode::usage, extra.error().message};
  for (const std::string_view field : kOurs)
    if (extra->contains(field))
      return make_error(
          ErrorCode::usage,
          "--set extra: \"{}\" is a field that the run sets itself; use --model, --task "
          "or --set {}=... instead, or leave it out",
          field, field);
  return extra;
}

// Take the settings of decoding out of `settings`; what stays is the backend's.
Result<Decoding> take_decoding(std::map<std::string, std::string>& settings) {
  Decoding decoding;
  const auto take = [&](const char* key) -> std::optional<std::string> {
    auto node = settings.extract(key);
    if (node.empty()) return std::nullopt;
    return std::move(node.mapped());
  };
  if (const auto text = take("temperature")) {
    decoding.temperature.reset();
    if (*text != "none") {
      STAREVAL_TRY(decoding.temperature, parse_fraction("temperature", *text, 2));
    }
  }
  if (const auto text = take("top_p")) {
    STAREVAL_TRY(decoding.top_p, parse_fraction("top_p", *text, 1));
  }
  if (const auto text = take("max_tokens")) {
    STAREVAL_TRY(decoding.max_tokens, parse_whole("max_tokens", *text, 1, 10'000'000));
  }
  if (const auto text = take("logprobs")) {
    STAREVAL_TRY(decoding.logprobs, parse_whole("logprobs", *text, 0, 20));
  }
  if (const auto text = take("extra")) {
    STAREVAL_TRY(decoding.extra, parse_extra(*text));
  }
  return decoding;
}

}  // namespace

Result<ModelOptions> read_model_options(const OptionParser& parser, const Registry& registry) {
  ModelOptions options;
  options.backend = parser.text("backend");
  STAREVAL_TRY(options.entry, registry.backend(options.backend));
  STAREVAL_TRY(options.settings, parse_pairs("set", parser.texts("set")));
  if (parser.has("from")) options.settings["from"] = parser.text("from");
  STAREVAL_TRY(options.decoding, take_decoding(options.settings));
  options.model = parser.has("model") ? parser.text("model") : options.entry->default_model;
  if (options.model.empty())
    return make_error(ErrorCode::usage, "--model: the backend {} needs the name of a model",
                      options.backend);
  options.base_url = parser.text("base-url");
  if (parser.has("base-url") && options.base_url.empty())
    return make_error(ErrorCode::usage,
                      "--base-url: expected an http or https URL, found nothing; leave the option "
                      "out for the backend's own");
  STAREVAL_TRY(const std::uint64_t concurrency, parser.number("concurrency", 1, 4096));
  options.concurrency = static_cast<int>(concurrency);
  STAREVAL_TRY(options.seed, parser.number("seed", 0, UINT64_MAX));
  return options;
}

Result<std::unique_ptr<Backend>> make_backend(const ModelOptions& options, const Dataset& dataset,
                                              bool will_send) {
  return options.entry->make({options.model, options.base_url, options.settings, options.seed,
                              options.names_options, &dataset,
                              will_send ? environment : environment_without_keys});
}

const std::atomic<bool>& stop_on_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, on_interrupt);
  return g_stop;
}

}  // namespace stareval::app
