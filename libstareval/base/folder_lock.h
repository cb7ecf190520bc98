// Keeps two processes from writing to one folder at the same time.
#pragma once

#include <filesystem>

#include "libstareval/base/result.h"

namespace stareval {

// Held until its end, by flock() on the folder itself: nothing is left behind, and the system lets
// go of it where the process dies.
class FolderLock {
 public:
  // Makes the folder where it is missing. usage: somebody else holds it. io: it cannot be made.
  [[nodiscard]] static Result<FolderLock> take(const std::filesystem::path& folder);

  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace stareval
