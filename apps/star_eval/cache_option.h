// --cache: whether the replies of a run are looked up in, and kept in, the response cache.
//     on    the cache of the user: $STAREVAL_CACHE, else ~/.cache/stareval/replies.sqlite
//     off   every request is sent
//     PATH  this file ("./on" for a file of that name)
// Without it, the cache is on for endpoints that are https, and off for all else: a reply of a
// provider costs money, and its models keep to their names; behind plain http stands a server of
// one's own, whose model may change under the same name, and whose replies are free; programs,
// baselines and replays answer on this machine. STAREVAL_CACHE=off turns it off there, too.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "apps/star_eval/model_options.h"
#include "apps/star_eval/options.h"
#include "libstareval/base/result.h"
#include "libstareval/run/caching_backend.h"

namespace stareval::app {

using Environment = std::function<std::string(const std::string&)>;

void add_cache_option(OptionParser& parser);

// The file that a run uses; nothing where it uses none. `option` is "" where --cache was not given.
// Errors  usage: "on", and nothing says where.
[[nodiscard]] Result<std::optional<std::filesystem::path>> cache_of_run(
    const std::string& option, const Backend& backend, const Environment& environment);

// The file that `star-eval cache` looks at, whether a run would use it or not.
[[nodiscard]] Result<std::filesystem::path> cache_to_look_at(const std::string& option,
                                                             const Environment& environment);

// Of this process.
[[nodiscard]] std::string environment_of_process(const std::string& name);

struct CachedBackend {
  std::unique_ptr<Backend> backend;
  CachingBackend* cache = nullptr;  // `backend`, where a cache stands before it
};

// A cache that was asked for by name and cannot be opened is an error, as nothing is paid for yet;
// one that is on by itself is left out, with a warning.
[[nodiscard]] Result<CachedBackend> with_cache(const OptionParser& parser,
                                               const ModelOptions& model,
                                               Result<std::unique_ptr<Backend>> backend);

// After the run. On stderr: how many replies were not paid for, unless `quiet`, and what went
// wrong.
void print_cache_notes(const CachedBackend& backend, bool quiet);

}  // namespace stareval::app
