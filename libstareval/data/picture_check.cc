#include "libstareval/data/picture_check.h"

#include <zlib.h>

#include <algorithm>
#include <cstdint>

namespace stareval {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kPngSignature = "\x89PNG\r\n\x1a\n"sv;

std::uint32_t big_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char c : bytes.substr(0, 4)) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

Error broken(const std::string& where, std::string_view what) {
  return make_error(ErrorCode::bad_data, "picture {}: {}; restore it, or make the dataset anew",
                    where, what);
}

std::uint32_t crc_of(std::string_view bytes) {
  const auto* data = reinterpret_cast<const Bytef*>(bytes.data());
  return static_cast<std::uint32_t>(crc32(0, data, static_cast<uInt>(bytes.size())));
}

// A broken type may be any four bytes, which have no place in a message.
std::string name_of(std::string_view type) {
  const bool letters = std::all_of(type.begin(), type.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
  return letters ? std::string(type) : "of an unknown type";
}

Result<PictureSize> check_png(std::string_view rest, const std::string& where) {
  PictureSize size;
  bool first = true;
  bool pixels = false;
  for (;;) {
    if (rest.size() < 12) return broken(where, "the PNG ends before its last chunk");
    const std::size_t length = big_endian(rest);
    if (length > rest.size() - 12) return broken(where, "the PNG is cut off inside a chunk");
    const std::string_view type = rest.substr(4, 4);
    if (crc_of(rest.substr(4, length + 4)) != big_endian(rest.substr(8 + length)))
      return broken(where,
                    fmt::format("the PNG chunk {} does not have its checksum", name_of(type)));
    if (first && (type != "IHDR" || length != 13)) return broken(where, "the PNG has no IHDR");
    if (first)
      size = {static_cast<int>(big_endian(rest.substr(8)) & 0x7fffffff),
              static_cast<int>(big_endian(rest.substr(12)) & 0x7fffffff)};
    first = false;
    pixels = pixels || type == "IDAT";
    if (type == "IEND") {
      if (rest.size() != 12) return broken(where, "the PNG goes on after its end");
      break;
    }
    rest.remove_prefix(12 + length);
  }
  if (!pixels) return broken(where, "the PNG holds no pixels");
  if (size.width == 0 || size.height == 0) return broken(where, "the PNG has no extent");
  return size;
}

Result<PictureSize> check_webp(std::string_view bytes, const std::string& where) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * (i - 4));
  };
  const std::size_t stated = byte(4) | byte(5) | byte(6) | byte(7);
  if (bytes.size() < stated + 8) return broken(where, "the WebP is cut off");
  return PictureSize{};
}

}  // namespace

Result<PictureSize> check_picture(std::string_view bytes, const std::string& where) {
  if (bytes.starts_with(kPngSignature)) return check_png(bytes.substr(kPngSignature.size()), where);
  if (bytes.size() >= 12 && bytes.starts_with("RIFF"sv) && bytes.substr(8, 4) == "WEBP"sv)
    return check_webp(bytes, where);
  if (bytes.starts_with("\xff\xd8\xff"sv)) {
    if (!bytes.ends_with("\xff\xd9"sv)) return broken(where, "the JPEG is cut off");
    return PictureSize{};
  }
  if (bytes.starts_with("GIF8"sv)) {
    if (!bytes.ends_with(";"sv)) return broken(where, "the GIF is cut off");
    return PictureSize{};
  }
  return broken(where, bytes.empty() ? "the file is empty"
                                     : "expected PNG, JPEG, GIF or WebP, found other bytes");
}

}  // namespace stareval
