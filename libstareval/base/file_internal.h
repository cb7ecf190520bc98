// What the writers of files share.   Thread  any.
#pragma once

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "libstareval/base/result.h"

namespace stareval {

// "cannot read PATH: No such file or directory", for an errno.
inline Error system_error(std::string_view verb, const std::filesystem::path& path, int number) {
  return make_error(ErrorCode::io, "cannot {} {}: {}", verb, path.string(),
                    std::generic_category().message(number));
}

// A name that no other thread or process writes to at the same time.
inline std::filesystem::path temporary_beside(const std::filesystem::path& path,
                                              std::string_view suffix) {
  static std::atomic<unsigned> next{0};
  std::filesystem::path temporary = path;
  temporary += fmt::format(".{}-{}.{}", ::getpid(), next++, suffix);
  return temporary;
}

}  // namespace stareval
