#include "libstareval/data/picture_size.h"

#include <cerrno>
#include <cstdint>
#include <fstream>
#include <optional>
#include <system_error>

#include "libstareval/base/file.h"

namespace stareval {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kFirstBytes = 4096;  // of a file: enough but for JPEGs with much metadata

int byte_at(std::string_view bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }

int big_endian_16(std::string_view bytes, std::size_t i) {
  return byte_at(bytes, i) << 8 | byte_at(bytes, i + 1);
}

int little_endian_16(std::string_view bytes, std::size_t i) {
  return byte_at(bytes, i + 1) << 8 | byte_at(bytes, i);
}

int little_endian_24(std::string_view bytes, std::size_t i) {
  return byte_at(bytes, i + 2) << 16 | little_endian_16(bytes, i);
}

// The upper bit is 0 in a PNG (W3C PNG, 7.1).
int big_endian_31(std::string_view bytes, std::size_t i) {
  return (big_endian_16(bytes, i) & 0x7fff) << 16 | big_endian_16(bytes, i + 2);
}

using Size = std::optional<PictureSize>;

Size png_size(std::string_view bytes) {
  if (bytes.size() < 24 || bytes.substr(12, 4) != "IHDR"sv) return std::nullopt;
  return PictureSize{big_endian_31(bytes, 16), big_endian_31(bytes, 20)};
}

Size gif_size(std::string_view bytes) {
  if (bytes.size() < 10) return std::nullopt;
  return PictureSize{little_endian_16(bytes, 6), little_endian_16(bytes, 8)};
}

// SOF0 to SOF15, without the three markers among them that are something else (DHT, JPG, DAC).
bool is_frame_header(int marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

Size jpeg_size(std::string_view bytes) {
  std::size_t at = 2;
  while (at + 4 <= bytes.size()) {
    if (byte_at(bytes, at) != 0xff) return std::nullopt;
    const int marker = byte_at(bytes, at + 1);
    if (marker == 0xff) {  // a fill byte
      ++at;
      continue;
    }
    if (is_frame_header(marker)) {
      if (at + 9 > bytes.size()) return std::nullopt;
      return PictureSize{big_endian_16(bytes, at + 7), big_endian_16(bytes, at + 5)};
    }
    at += 2 + static_cast<std::size_t>(big_endian_16(bytes, at + 2));
  }
  return std::nullopt;
}

Size webp_size(std::string_view bytes) {
  if (bytes.size() < 30) return std::nullopt;
  const std::string_view kind = bytes.substr(12, 4);
  if (kind == "VP8X"sv)
    return PictureSize{little_endian_24(bytes, 24) + 1, little_endian_24(bytes, 27) + 1};
  if (kind == "VP8 "sv)
    return PictureSize{little_endian_16(bytes, 26) & 0x3fff, little_endian_16(bytes, 28) & 0x3fff};
  if (kind != "VP8L"sv) return std::nullopt;
  // 14 bits of width less 1, then 14 bits of height less 1, the lowest bit first.
  const int low = little_endian_24(bytes, 21);
  const int high = byte_at(bytes, 24);
  return PictureSize{(low & 0x3fff) + 1, ((low >> 14 | high << 10) & 0x3fff) + 1};
}

Size size_of(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return png_size(bytes);
  if (bytes.starts_with("\xff\xd8\xff"sv)) return jpeg_size(bytes);
  if (bytes.starts_with("GIF8"sv)) return gif_size(bytes);
  if (bytes.starts_with("RIFF"sv) && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP"sv)
    return webp_size(bytes);
  return std::nullopt;
}

}  // namespace

Result<PictureSize> picture_size(std::string_view bytes, const std::string& where) {
  const Size size = size_of(bytes);
  if (size && size->width > 0 && size->height > 0) return *size;
  return make_error(ErrorCode::bad_data,
                    "picture {}: expected width and height of a PNG, JPEG, GIF or WebP, found {}",
                    where, bytes.empty() ? "an empty file" : "none");
}

Result<PictureSize> read_picture_size(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return make_error(ErrorCode::io, "picture {}: cannot open: {}", path.string(),
                      std::generic_category().message(errno));
  std::string bytes(kFirstBytes, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (const Size size = size_of(bytes); size || bytes.size() < kFirstBytes)
    return picture_size(bytes, path.string());
  STAREVAL_TRY(const std::string whole, read_file(path));
  return picture_size(whole, path.string());
}

}  // namespace stareval
