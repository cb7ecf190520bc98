#include "libstareval/run/cache_location.h"

namespace stareval {

Result<std::filesystem::path> default_cache_file(
    const std::function<std::string(const std::string&)>& environment) {
  if (const std::string set = environment("STAREVAL_CACHE"); !set.empty())
    return std::filesystem::path(set);
  const std::filesystem::path rest = std::filesystem::path("stareval") / "replies.sqlite";
  const std::filesystem::path xdg = environment("XDG_CACHE_HOME");
  if (xdg.is_absolute()) return xdg / rest;
  const std::filesystem::path home = environment("HOME");
  if (home.is_absolute()) return home / ".cache" / rest;
  return make_error(ErrorCode::usage,
                    "cache: neither XDG_CACHE_HOME nor HOME says where it should lie; name a file "
                    "with --cache or STAREVAL_CACHE, or use --cache off");
}

}  // namespace stareval
