// star-eval cache: what is kept of the replies of earlier runs, whether it is sound, and what of it
// is deleted.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

#include "apps/star_eval/cache_command_internal.h"
#include "apps/star_eval/cache_option.h"
#include "apps/star_eval/command.h"
#include "apps/star_eval/options.h"
#include "libstareval/base/json.h"
#include "libstareval/run/cache.h"

namespace stareval::app {
namespace {

constexpr std::uint64_t kMegabyte = 1'000'000;
constexpr std::int64_t kSecondsOfDay = 86'400;
constexpr std::uint64_t kMostDays = 36'500;
constexpr std::uint64_t kMostMegabytes = 1'000'000'000;

struct OpenCache {
  std::string path;
  ResponseCache cache;
};

void add_options(OptionParser& parser) {
  parser.add()("cache", po::value<std::string>()->value_name("PATH"),
               "the file (default: $STAREVAL_CACHE, else ~/.cache/stareval/replies.sqlite)");
  parser.add()("json", "as JSON");
}

Result<OpenCache> open_cache(const OptionParser& parser) {
  STAREVAL_TRY(const auto path, cache_to_look_at(parser.text("cache"), environment_of_process));
  STAREVAL_TRY(ResponseCache cache, ResponseCache::open_existing(path));
  return OpenCache{path.string(), std::move(cache)};
}

Result<int> cache_verify(const Arguments& arguments) {
  OptionParser parser("star-eval cache verify [OPTIONS]",
                      "  star-eval cache verify              exits 1 where a row is damaged\n");
  add_options(parser);
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  STAREVAL_TRY(OpenCache open, open_cache(parser));
  STAREVAL_TRY(const std::vector<std::string> faults, open.cache.verify());
  STAREVAL_TRY(const CacheStats stats, open.cache.stats());
  if (parser.has("json")) {
    fmt::print("{}", to_pretty_json(
                         json::object{{"schema", "stareval.cache-verify/1"},
                                      {"cache", open.path},
                                      {"ok", faults.empty()},
                                      {"replies", stats.rows},
                                      {"problems", json::array(faults.begin(), faults.end())}}));
  } else {
    for (const std::string& fault : faults) fmt::print("{}\n", fault);
    fmt::print("{}: {} replies, {}\n", open.path, stats.rows,
               faults.empty() ? "all sound" : fmt::format("{} problems", faults.size()));
  }
  return faults.empty() ? kSuccess : kCheckFailed;
}

Result<CacheGarbage> read_garbage(const OptionParser& parser) {
  CacheGarbage garbage;
  garbage.all = parser.has("all");
  if (parser.has("older-than")) {
    STAREVAL_TRY(const std::uint64_t days, parser.number("older-than", 0, kMostDays));
    garbage.created_before =
        std::int64_t{std::time(nullptr)} - static_cast<std::int64_t>(days) * kSecondsOfDay;
  }
  if (parser.has("max-size")) {
    STAREVAL_TRY(const std::uint64_t megabytes, parser.number("max-size", 0, kMostMegabytes));
    garbage.most_bytes = megabytes * kMegabyte;
  }
  if (!garbage.all && !garbage.created_before && !garbage.most_bytes)
    return make_error(ErrorCode::usage,
                      "cache gc: say what to delete: --older-than DAYS, --max-size MB or --all");
  return garbage;
}

Result<int> cache_gc(const Arguments& arguments) {
  OptionParser parser("star-eval cache gc [OPTIONS]",
                      "  star-eval cache gc --older-than 90\n"
                      "  star-eval cache gc --max-size 500   the oldest go first\n"
                      "  star-eval cache gc --all            run folders keep their replies\n");
  parser.add()("older-than", po::value<std::string>()->value_name("DAYS"),
               "delete replies that were stored more than so many days ago");
  parser.add()("max-size", po::value<std::string>()->value_name("MB"),
               "delete the oldest replies until the file has at most so many megabytes");
  parser.add()("all", "delete every reply");
  add_options(parser);
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  STAREVAL_TRY(const CacheGarbage garbage, read_garbage(parser));
  STAREVAL_TRY(OpenCache open, open_cache(parser));
  STAREVAL_TRY(const CacheFreed freed, open.cache.collect(garbage));
  STAREVAL_TRY(const CacheStats left, open.cache.stats());
  if (parser.has("json"))
    fmt::print("{}", to_pretty_json(json::object{{"schema", "stareval.cache-gc/1"},
                                                 {"cache", open.path},
                                                 {"deleted_replies", freed.rows},
                                                 {"freed_bytes", freed.bytes},
                                                 {"replies", left.rows},
                                                 {"bytes", left.bytes}}));
  else
    fmt::print("{}: deleted {} replies, freed {:.1f} MB; {} replies, {:.1f} MB are left\n",
               open.path, freed.rows, static_cast<double>(freed.bytes) / kMegabyte, left.rows,
               static_cast<double>(left.bytes) / kMegabyte);
  return kSuccess;
}

Result<int> cache_stats(const Arguments& arguments) {
  OptionParser parser("star-eval cache stats [OPTIONS]", "  star-eval cache stats\n");
  add_options(parser);
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  STAREVAL_TRY(OpenCache open, open_cache(parser));
  STAREVAL_TRY(const CacheStats stats, open.cache.stats());
  if (parser.has("json"))
    fmt::print("{}", to_pretty_json(json::object{{"schema", "stareval.cache-stats/1"},
                                                 {"cache", open.path},
                                                 {"replies", stats.rows},
                                                 {"bytes", stats.bytes},
                                                 {"oldest_unix_s", stats.oldest},
                                                 {"newest_unix_s", stats.newest}}));
  else if (stats.rows == 0) fmt::print("{}: no replies\n", open.path);
  else
    fmt::print("{}: {} replies, {:.1f} MB, stored from {} to {}\n", open.path, stats.rows,
               static_cast<double>(stats.bytes) / kMegabyte, time_text(stats.oldest),
               time_text(stats.newest));
  return kSuccess;
}

constexpr std::array<Command, 4> kParts{{
    {"explain", "would a sample be answered from the cache, and if not, why", cache_explain},
    {"verify", "is every stored reply what was stored; exits 1 where not", cache_verify},
    {"gc", "delete by age, size or all", cache_gc},
    {"stats", "how many replies, how large, how old", cache_stats},
}};

void print_help() {
  fmt::print("usage: star-eval cache explain|verify|gc|stats [OPTIONS]\n\n");
  for (const Command& part : kParts) fmt::print("  {:<9} {}\n", part.name, part.summary);
  fmt::print(
      "\nexamples:\n"
      "  star-eval cache stats\n"
      "  star-eval cache explain SAMPLE --backend openai --set temperature=0.5\n"
      "  star-eval cache gc --older-than 90\n\n"
      "`star-eval cache PART --help` says more.\n");
}

}  // namespace

std::string time_text(std::int64_t seconds_since_1970) {
  return fmt::format("{:%Y-%m-%d %H:%M} UTC", fmt::gmtime(std::time_t{seconds_since_1970}));
}

Result<int> cache_command(const Arguments& arguments) {
  if (arguments.empty() || arguments.front() == "--help" || arguments.front() == "-h") {
    print_help();
    return arguments.empty() ? kWrongUse : kSuccess;
  }
  const auto* part = std::find_if(kParts.begin(), kParts.end(),
                                  [&](const Command& p) { return p.name == arguments.front(); });
  if (part == kParts.end())
    return make_error(ErrorCode::usage,
                      "cache: expected explain, verify, gc or stats, found \"{}\"",
                      arguments.front());
  return part->run({arguments.begin() + 1, arguments.end()});
}

}  // namespace stareval::app
