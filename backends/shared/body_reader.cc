#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "backends/shared/body_reader_internal.h"
#include "libstareval/base/base64.h"
#include "libstareval/base/file_internal.h"

namespace stareval {
namespace {

constexpr std::size_t kPiece_bytes = 48 * 1024;  // whole groups of three; 64 KiB of base64

}  // namespace

BodyReader::BodyReader(const HttpBody& body) : body_(body) {}

BodyReader::~BodyReader() {
  if (fd_ >= 0) ::close(fd_);
}

Result<std::size_t> BodyReader::read(char* out, std::size_t space) {
  std::size_t written = 0;
  while (!is_done() && space - written >= 4) {
    const auto& part = body_.parts()[part_];
    char* to = out + written;
    if (const auto* text = std::get_if<std::string>(&part)) {
      written += read_text(*text, to, space - written);
      continue;
    }
    const auto* picture = std::get_if<PictureFile>(&part);
    STAREVAL_TRY(const std::size_t more,
                 picture != nullptr ? read_picture(*picture, to, space - written)
                                    : read_file(std::get<RawFile>(part), to, space - written));
    written += more;
  }
  return written;
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
  if (fd_ < 0) digest_.emplace();
  const std::size_t fitting = std::min(space / 4 * 3, kPiece_bytes);
  const auto wanted = std::min<std::uint64_t>(fitting, file.size_bytes - offset_);
  STAREVAL_CHECK(read_bytes(file.image.path, piece.data(), wanted));
  const std::string_view bytes(piece.data(), wanted);
  digest_->update(bytes);
  offset_ += wanted;
  if (offset_ == file.size_bytes) STAREVAL_CHECK(verify(file));
  return base64_encode_to(bytes, out);
}

Result<std::size_t> BodyReader::read_file(const RawFile& file, char* out, std::size_t space) {
  const auto size = std::min<std::uint64_t>(space, file.size_bytes - offset_);
  STAREVAL_CHECK(read_bytes(file.path, out, size));
  offset_ += size;
  if (offset_ == file.size_bytes) next_part();
  return size;
}

// The next `size` bytes of the file, which is opened for the first of them.
Result<void> BodyReader::read_bytes(const std::filesystem::path& path, char* out,
                                    std::size_t size) {
  if (fd_ < 0) fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd_ < 0) return system_error("read", path, errno);
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
  if (const std::string found = digest_->finish(); found != file.image.digest)
    return picture_changed(file.image, found);
  next_part();
  return {};
}

void BodyReader::next_part() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  ++part_;
  offset_ = 0;
}

}  // namespace stareval
