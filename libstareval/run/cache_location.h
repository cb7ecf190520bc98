// Where the response cache of a user lies.   Thread  pure functions of the environment given.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "libstareval/base/result.h"

namespace stareval {

// $STAREVAL_CACHE, else $XDG_CACHE_HOME/stareval/replies.sqlite, else
// ~/.cache/stareval/replies.sqlite. A relative XDG_CACHE_HOME is ignored, as its specification
// asks. usage where there is none of them.
[[nodiscard]] Result<std::filesystem::path> default_cache_file(
    const std::function<std::string(const std::string&)>& environment);

}  // namespace stareval
