#include "libstareval/base/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "libstareval/base/file.h"

namespace stareval {

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
  STAREVAL_CHECK(make_folders(folder));
  FolderLock lock(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (lock.fd_ < 0)
    return make_error(ErrorCode::io, "cannot open the folder {}: {}", folder.string(),
                      std::generic_category().message(errno));
  if (::flock(lock.fd_, LOCK_EX | LOCK_NB) == 0) return lock;
  return make_error(ErrorCode::usage,
                    "{}: another star-eval is writing to it; wait for it, or choose another --out",
                    folder.string());
}

FolderLock::FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FolderLock::~FolderLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace stareval
