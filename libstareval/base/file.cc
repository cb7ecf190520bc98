#include "libstareval/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "libstareval/base/file_internal.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMinRoom = 4096;  // for one look at a file, bytes

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// 0, or the errno of what failed.
int write_whole(const fs::path& path, std::string_view content, bool sync) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  const bool done =
      file.get() >= 0 && write_all(file.get(), content) && (!sync || ::fsync(file.get()) == 0);
  return done ? 0 : errno;
}

}  // namespace

Result<std::string> read_file(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return system_error("read", path, errno);
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) return system_error("read", path, errno);
  // A pipe or a device would hang or never end.
  if (S_ISDIR(about.st_mode)) return system_error("read", path, EISDIR);
  if (!S_ISREG(about.st_mode))
    return make_error(ErrorCode::io, "cannot read {}: it is not a regular file", path.string());
  std::string content;
  // Room beyond the end, so that the last look does not copy the whole.
  content.reserve(static_cast<std::size_t>(about.st_size) + kMinRoom);
  for (;;) {
    const std::size_t old_size = content.size();
    const std::size_t room = std::max(content.capacity() - old_size, kMinRoom);
    content.resize(old_size + room);
    const ssize_t got = ::read(file.get(), content.data() + old_size, room);
    content.resize(old_size + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("read", path, errno);
    if (got == 0) return content;
  }
}

Result<void> write_file_atomic(const fs::path& path, std::string_view content) {
  if (path.has_parent_path()) STAREVAL_CHECK(make_folders(path.parent_path()));
  const fs::path temporary = temporary_beside(path, "tmp");
  if (const int failure = write_whole(temporary, content, true); failure != 0) {
    ::unlink(temporary.c_str());
    return system_error("write", temporary, failure);
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const int failure = errno;
    ::unlink(temporary.c_str());
    return system_error("write", path, failure);
  }
  sync_folder_of(path);
  return {};
}

Result<void> write_file(const fs::path& path, std::string_view content) {
  const int failure = write_whole(path, content, false);
  if (failure != 0) return system_error("write", path, failure);
  return {};
}

Result<void> sync_files(const fs::path& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.get() < 0 || ::syncfs(descriptor.get()) == 0) return {};
  if (errno == ENOSYS || errno == EINVAL) return {};
  return system_error("write to the disk what is in", folder, errno);
}

void sync_folder_of(const fs::path& path) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.get() >= 0) ::fsync(descriptor.get());
}

bool file_exists(const fs::path& path) {
  std::error_code failure;
  return fs::exists(path, failure);
}

Result<void> make_folders(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure)
    return make_error(ErrorCode::io, "cannot make the folder {}: {}", folder.string(),
                      failure.message());
  return {};
}

}  // namespace stareval
