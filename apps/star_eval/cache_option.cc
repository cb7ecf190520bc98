#include "apps/star_eval/cache_option.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "backends/shared/lower_case.h"
#include "libstareval/run/cache_location.h"

namespace stareval::app {
namespace {

namespace fs = std::filesystem;

bool asks_a_provider(const Backend& backend) {
  const json::object identity = backend.identity();
  const json::value* endpoint = identity.if_contains("endpoint");
  return endpoint != nullptr && endpoint->is_string() &&
         std::string_view(endpoint->get_string()).starts_with("https://");
}

// "on" and "off" in any case; a path as it is, and no path may look like one of the two.
std::string as_word(std::string text) {
  const std::string lower = lower_case(text);
  return lower == "on" || lower == "off" ? lower : text;
}

// STAREVAL_CACHE where it names a file, "off" where it says so; "on" is what holds without it.
std::string cache_variable(const Environment& environment) {
  const std::string word = as_word(environment("STAREVAL_CACHE"));
  return word == "on" ? "" : word;
}

}  // namespace

void add_cache_option(OptionParser& parser) {
  parser.add()("cache", po::value<std::string>()->value_name("on|off|PATH"),
               "replies of earlier runs to equal requests (default: on for https endpoints)");
}

Result<std::optional<fs::path>> cache_of_run(const std::string& given, const Backend& backend,
                                             const Environment& environment) {
  const std::string option = as_word(given);
  if (option == "off") return std::optional<fs::path>();
  if (option.empty()) {
    if (!asks_a_provider(backend) || cache_variable(environment) == "off")
      return std::optional<fs::path>();
    const auto file = cache_to_look_at("", environment);
    return file.has_value() ? std::optional(*file) : std::nullopt;
  }
  STAREVAL_TRY(fs::path file, cache_to_look_at(option, environment));
  return std::optional(std::move(file));
}

Result<fs::path> cache_to_look_at(const std::string& given, const Environment& environment) {
  const std::string option = as_word(given);
  if (!option.empty() && option != "on" && option != "off") return fs::path(option);
  return default_cache_file([&](const std::string& name) {
    if (name != "STAREVAL_CACHE") return environment(name);
    const std::string file = cache_variable(environment);
    return file == "off" ? std::string() : file;
  });
}

std::string environment_of_process(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

Result<CachedBackend> with_cache(const OptionParser& parser, const ModelOptions& model,
                                 Result<std::unique_ptr<Backend>> backend) {
  if (backend.has_error()) return backend.error();
  const std::string option = as_word(parser.text("cache"));
  STAREVAL_TRY(const auto file, cache_of_run(option, **backend, environment_of_process));
  if (!file) return CachedBackend{std::move(*backend), nullptr};
  auto cached = std::make_unique<CachingBackend>(std::move(*backend), model.backend, *file);
  if (const auto warning = cached->warning(); warning && !option.empty())
    return Error{ErrorCode::io, *warning};
  CachingBackend* cache = cached.get();
  return CachedBackend{std::move(cached), cache};
}

void print_cache_notes(const CachedBackend& backend, bool quiet) {
  if (backend.cache == nullptr) return;
  backend.cache->flush();
  const auto [hits, misses, stored] = backend.cache->counts();
  if (hits > 0 && !quiet)
    fmt::print(stderr,
               "{} of {} requests were answered from the cache, at no cost; `--cache off` asks "
               "anew\n",
               hits, hits + misses);
  if (const auto warning = backend.cache->warning())
    fmt::print(stderr,
               "warning: {}\nwarning: the run folder holds all replies; some were not looked up in "
               "the cache, or are not kept there\n",
               *warning);
}

}  // namespace stareval::app
