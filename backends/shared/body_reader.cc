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
    const auto* file = std::get_if<PictureFile>(&part);
    if (file == nullptr) {
      written += read_text(std::get<std::string>(part), out + written, space - written);
      continue;
    }
    STAREVAL_TRY(const std::size_t more, read_picture(*file, out + written, space - written));
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
  if (fd_ < 0) STAREVAL_CHECK(open(file));
  const std::size_t fitting = std::min(space / 4 * 3, kPiece_bytes);
  const auto wanted = std::min<std::uint64_t>(fitting, file.size_bytes - offset_);
  std::size_t got = 0;
  while (got < wanted) {
    const ssize_t size = ::read(fd_, piece.data() + got, wanted - got);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return system_error("read", file.image.path, errno);
    if (size == 0) break;
    got += static_cast<std::size_t>(size);
  }
  if (got < wanted)
    return make_error(ErrorCode::mismatch,
                      "picture {}: it became shorter while it was sent; restore it, and give the "
                      "same command again",
                      file.image.path.string());
  const std::string_view bytes(piece.data(), got);
  digest_->update(bytes);
  offset_ += got;
  if (offset_ == file.size_bytes) STAREVAL_CHECK(verify(file));
  return base64_encode_to(bytes, out);
}

Result<void> BodyReader::open(const PictureFile& file) {
  fd_ = ::open(file.image.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd_ < 0) return system_error("read", file.image.path, errno);
  digest_.emplace();
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
