#include "backends/shared/http_body.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>

#include "libstareval/base/base64.h"
#include "libstareval/base/file.h"
#include "libstareval/base/file_internal.h"

namespace stareval {
namespace {

constexpr std::size_t kSignature_bytes = 16;

std::uint64_t size_of(const std::string& text) { return text.size(); }
std::uint64_t size_of(const PictureFile& file) { return (file.size_bytes + 2) / 3 * 4; }
std::uint64_t size_of(const RawFile& file) { return file.size_bytes; }

Result<std::string> bytes_of(const std::string& text) { return text; }
Result<std::string> bytes_of(const RawFile& file) { return read_file(file.path); }
Result<std::string> bytes_of(const PictureFile& file) {
  STAREVAL_TRY(const std::string bytes, read_image(file.image));
  return base64_encode(bytes);
}

std::string outline_of(const std::string& text) { return text; }
std::string outline_of(const RawFile& file) {
  return fmt::format("<{}>", file.path.filename().string());
}
std::string outline_of(const PictureFile& file) {
  return fmt::format("<base64 of {}>", file.image.path.filename().string());
}

}  // namespace

Result<PictureFile> look_at_picture(const ImagePart& image) {
  // A pipe in the place of a picture must not hang the run.
  const int fd = ::open(image.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return system_error("read", image.path, errno);
  std::array<char, kSignature_bytes> first{};
  struct stat status {};
  const bool known = ::fstat(fd, &status) == 0;
  const ssize_t got = ::pread(fd, first.data(), first.size(), 0);
  const int number = errno;
  ::close(fd);
  if (known && !S_ISREG(status.st_mode))
    return make_error(ErrorCode::io, "cannot read {}: it is not a regular file",
                      image.path.string());
  if (!known || got < 0) return system_error("read", image.path, number);
  const std::string_view bytes(first.data(), static_cast<std::size_t>(got));
  STAREVAL_TRY(std::string type, media_type(bytes, image.path.string()));
  return PictureFile{image, std::move(type), static_cast<std::uint64_t>(status.st_size)};
}

Result<std::vector<PictureFile>> look_at_pictures(const Request& request) {
  std::vector<PictureFile> files;
  for (const Message& message : request.messages)
    for (const auto& part : message.parts)
      if (const auto* image = std::get_if<ImagePart>(&part)) {
        STAREVAL_TRY(PictureFile file, look_at_picture(*image));
        files.push_back(std::move(file));
      }
  return files;
}

void HttpBody::add(std::string_view text) {
  if (text.empty()) return;
  if (parts_.empty() || !std::holds_alternative<std::string>(parts_.back()))
    parts_.emplace_back(std::string());
  std::get<std::string>(parts_.back()) += text;
}

void HttpBody::add_base64(const PictureFile& file) { parts_.emplace_back(file); }

Result<void> HttpBody::add_file(const std::filesystem::path& path) {
  std::error_code failure;
  const auto size = std::filesystem::file_size(path, failure);
  if (failure) return system_error("read", path, failure.value());
  parts_.emplace_back(RawFile{path, size});
  return {};
}

std::uint64_t HttpBody::size_bytes() const {
  std::uint64_t size = 0;
  for (const Part& part : parts_)
    size += std::visit([](const auto& piece) { return size_of(piece); }, part);
  return size;
}

Result<std::string> HttpBody::bytes() const {
  std::string all;
  for (const Part& part : parts_) {
    STAREVAL_TRY(const std::string bytes,
                 std::visit([](const auto& piece) { return bytes_of(piece); }, part));
    all += bytes;
  }
  return all;
}

std::string HttpBody::outline() const {
  std::string text;
  for (const Part& part : parts_)
    text += std::visit([](const auto& piece) { return outline_of(piece); }, part);
  return text;
}

}  // namespace stareval
