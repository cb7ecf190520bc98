#include "libstareval/base/file_stream.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "libstareval/base/file.h"
#include "libstareval/base/file_internal.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;

bool sync(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = fd >= 0 && ::fsync(fd) == 0;
  const int reason = errno;
  if (fd >= 0) ::close(fd);
  errno = reason;
  return done;
}

}  // namespace

Result<void> for_each_line(const fs::path& path,
                           const std::function<Result<void>(std::string_view)>& take) {
  std::error_code failure;
  // A pipe or a device would hang or never end.
  if (fs::exists(path, failure) && !fs::is_regular_file(path, failure))
    return make_error(ErrorCode::io, "cannot read {}: it is not a regular file", path.string());
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return system_error("read", path, errno);
  for (std::string line; std::getline(file, line);) STAREVAL_CHECK(take(line));
  if (file.bad()) return system_error("read", path, errno);
  return {};
}

FileWriter::FileWriter(fs::path path, fs::path temporary)
    : path_(std::move(path)),
      temporary_(std::move(temporary)),
      file_(temporary_, std::ios::binary | std::ios::trunc) {}

FileWriter::FileWriter(FileWriter&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      file_(std::move(other.file_)) {}

FileWriter::~FileWriter() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<FileWriter> FileWriter::open(const fs::path& path) {
  if (path.has_parent_path()) STAREVAL_CHECK(make_folders(path.parent_path()));
  errno = 0;
  FileWriter writer(path, temporary_beside(path, "part"));
  if (!writer.file_) return system_error("write", path, errno);
  return writer;
}

Result<void> FileWriter::write(std::string_view text) {
  errno = 0;
  file_.write(text.data(), std::ssize(text));
  if (!file_) return system_error("write", path_, errno);
  return {};
}

Result<void> FileWriter::commit() {
  errno = 0;
  file_.close();
  if (!file_ || !sync(temporary_) || ::rename(temporary_.c_str(), path_.c_str()) != 0)
    return system_error("write", path_, errno);
  temporary_.clear();
  sync_folder_of(path_);
  return {};
}

}  // namespace stareval
