// Small PNGs, made by hand from the specification (W3C PNG, section 5), with zlib for the checksums
// and the pixels.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stareval::testing {

inline std::string big_endian_bytes(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
  return bytes;
}

inline std::string png_chunk(const std::string& type, const std::string& data) {
  const std::string body = type + data;
  const auto crc =
      crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
  return big_endian_bytes(static_cast<std::uint32_t>(data.size())) + body +
         big_endian_bytes(static_cast<std::uint32_t>(crc));
}

inline const std::string& png_signature() {
  static const std::string signature("\x89PNG\r\n\x1a\n", 8);
  return signature;
}

inline std::string png_header(std::uint32_t width, std::uint32_t height) {
  return png_chunk("IHDR", big_endian_bytes(width) + big_endian_bytes(height) +
                               std::string("\x08\x00\x00\x00\x00", 5));  // 8 bits of grey
}

inline std::string png_pixels(std::uint32_t width, std::uint32_t height, char grey) {
  const std::string row = std::string(1, '\0') + std::string(width, grey);
  std::string raw;
  for (std::uint32_t y = 0; y < height; ++y) raw += row;
  uLongf size = compressBound(static_cast<uLong>(raw.size()));
  std::string packed(size, '\0');
  compress(reinterpret_cast<Bytef*>(packed.data()), &size,
           reinterpret_cast<const Bytef*>(raw.data()), static_cast<uLong>(raw.size()));
  packed.resize(size);
  return png_chunk("IDAT", packed);
}

// A valid picture of one grey.
inline std::string make_png(std::uint32_t width, std::uint32_t height, char grey = '\x40') {
  return png_signature() + png_header(width, height) + png_pixels(width, height, grey) +
         png_chunk("IEND", "");
}

}  // namespace stareval::testing
