#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include "backends/shared/body_reader_internal.h"
#include "libstareval/base/base64.h"
#include "libstareval/base/file_internal.h"

namespace stareval {
namespace {

constexpr std::size_t kPiece_bytes = 48 * 1024;  // whole groups of three; 64 KiB of base64

constexpr std::size_t kGroup = 4;
constexpr std::size_t kMostFiles = 16'384;

using FileState = std::array<std::int64_t, 5>;

// Nothing where the system does not say.
std::optional<FileState> state_of(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return std::nullopt;
  const auto nanoseconds = [](const timespec& time) {
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  };
  return FileState{static_cast<std::int64_t>(status.st_dev),
                   static_cast<std::int64_t>(status.st_ino), status.st_size,
                   nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)};
}

bool changed_lately(const FileState& state) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count() - state[4] <
         1'000'000'000;
}

}  // namespace

bool VerifiedPictures::holds(int fd, const std::string& digest) const {
  const auto state = state_of(fd);
  if (!state) return false;
  const auto hit = files_.find((*state)[1]);
  return hit != files_.end() && hit->second.state == *state && hit->second.digest == digest;
}

void VerifiedPictures::add(int fd, const std::string& digest) {
  const auto state = state_of(fd);
  if (!state || changed_lately(*state)) return;
  if (files_.size() >= kMostFiles) files_.clear();
  files_[(*state)[1]] = {*state, digest};
}

BodyReader::BodyReader(const HttpBody& body, VerifiedPictures& verified)
    : body_(body), verified_(verified) {}

BodyReader::~BodyReader() {
  if (fd_ >= 0) ::close(fd_);
}

// A piece of base64 is a group of four at least; where that does not fit, the group is made apart
// and given out as far as it goes.
Result<std::size_t> BodyReader::read(char* out, std::size_t space) {
  std::size_t written = take_carry(out, space);
  while (part_ < body_.parts().size() && written < space) {
    STAREVAL_TRY(const std::size_t more, read_part(out + written, space - written));
    written += more;
  }
  return written;
}

Result<std::size_t> BodyReader::read_part(char* out, std::size_t space) {
  const auto& part = body_.parts()[part_];
  if (const auto* text = std::get_if<std::string>(&part)) return read_text(*text, out, space);
  if (const auto* file = std::get_if<RawFile>(&part)) return read_file(*file, out, space);
  const auto& picture = std::get<PictureFile>(part);
  if (space >= kGroup) return read_picture(picture, out, space);
  std::array<char, kGroup> group;
  STAREVAL_TRY(const std::size_t size, read_picture(picture, group.data(), group.size()));
  carry_.assign(group.data(), size);
  return take_carry(out, space);
}

std::size_t BodyReader::take_carry(char* out, std::size_t space) {
  const std::size_t size = std::min(carry_.size(), space);
  std::memcpy(out, carry_.data(), size);
  carry_.erase(0, size);
  return size;
}

std::size_t BodyReader::read_text(const std::string& text, char* out, std::size_t space) {
  const std::size_t size = std::min<std::size_t>(text.size() - offset_, space);
  std::memcpy(out, text.data() + offset_, size);
  offset_ += size;
  if (offset_ == text.size()) next_part();
  return size;
}

Result<std::size_t> BodyReader::read_picture(const PictureFile& file, char* out,
                                             std::size_t space) {
  thread_local std::array<char, kPiece_bytes> piece;
  if (fd_ < 0) {
    STAREVAL_CHECK(open(file.image.path));
    digest_.reset();
    if (!verified_.holds(fd_, file.image.digest)) digest_.emplace();
  }
  const std::size_t fitting = std::min(space / 4 * 3, kPiece_bytes);
  const auto wanted = std::min<std::uint64_t>(fitting, file.size_bytes - offset_);
  STAREVAL_CHECK(read_bytes(file.image.path, piece.data(), wanted));
  const std::string_view bytes(piece.data(), wanted);
  if (digest_) digest_->update(bytes);
  offset_ += wanted;
  if (offset_ == file.size_bytes) STAREVAL_CHECK(verify(file));
  return base64_encode_to(bytes, out);
}

Result<std::size_t> BodyReader::read_file(const RawFile& file, char* out, std::size_t space) {
  if (fd_ < 0) STAREVAL_CHECK(open(file.path));
  const auto size = std::min<std::uint64_t>(space, file.size_bytes - offset_);
  STAREVAL_CHECK(read_bytes(file.path, out, size));
  offset_ += size;
  if (offset_ == file.size_bytes) next_part();
  return size;
}

Result<void> BodyReader::open(const std::filesystem::path& path) {
  fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd_ < 0) return system_error("read", path, errno);
  return {};
}

// The next `size` bytes of the open file.
Result<void> BodyReader::read_bytes(const std::filesystem::path& path, char* out,
                                    std::size_t size) {
  for (std::size_t got = 0; got < size;) {
    const ssize_t more = ::read(fd_, out + got, size - got);
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) return system_error("read", path, errno);
    if (more == 0)
      return make_error(ErrorCode::mismatch,
                        "{}: it became shorter while it was sent; restore it, and give the same "
                        "command again",
                        path.string());
    got += static_cast<std::size_t>(more);
  }
  return {};
}

Result<void> BodyReader::verify(const PictureFile& file) {
  if (digest_) {
    const std::string found = digest_->finish();
    if (found != file.image.digest) return picture_changed(file.image, found);
    verified_.add(fd_, file.image.digest);
  }
  next_part();
  return {};
}

void BodyReader::next_part() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  ++part_;
  offset_ = 0;
}

}  // namespace stareval
