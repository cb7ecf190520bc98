#include "engine/draw/png_writer.h"

#include <libdeflate.h>

#include <cstdint>
#include <cstring>
#include <string_view>

#include "engine/draw/deflate.h"

namespace stareval::engine {
namespace {

void append_u32(std::string& out, std::uint32_t value) {
  for (const unsigned shift : {24U, 16U, 8U, 0U}) out += static_cast<char>(value >> shift);
}

// Length, type, data and CRC-32 of type and data.
void append_chunk(std::string& out, std::string_view type, std::string_view data) {
  append_u32(out, static_cast<std::uint32_t>(data.size()));
  const std::size_t start = out.size();
  out += type;
  out += data;
  append_u32(out, libdeflate_crc32(0, out.data() + start, out.size() - start));
}

std::string header(const IndexedPicture& picture) {
  std::string out;
  append_u32(out, static_cast<std::uint32_t>(picture.width));
  append_u32(out, static_cast<std::uint32_t>(picture.height));
  // 8 bits, palette, deflate, adaptive filters, not interlaced.
  return out + std::string("\x08\x03\x00\x00\x00", 5);
}

std::string palette_bytes(const IndexedPicture& picture) {
  std::string out;
  for (const std::uint32_t colour : picture.palette)
    for (const unsigned shift : {16U, 8U, 0U}) out += static_cast<char>(colour >> shift);
  return out;
}

// Rows, each after a zero byte: filter "none", the best for palettes. Kept by each thread, because
// fresh memory costs more than what is done with it.
std::string_view filtered_rows(const IndexedPicture& picture) {
  thread_local std::string rows;
  const auto width = static_cast<std::size_t>(picture.width);
  const auto height = static_cast<std::size_t>(picture.height);
  const std::size_t size = height * (width + 1);
  if (rows.size() < size) rows.resize(size);
  for (std::size_t y = 0; y < height; ++y) {
    rows[y * (width + 1)] = '\0';
    std::memcpy(&rows[y * (width + 1) + 1], &picture.pixels[y * width], width);
  }
  return {rows.data(), size};
}

std::string compressed(const IndexedPicture& picture) {
  std::string out;
  deflate_rows(filtered_rows(picture), static_cast<std::size_t>(picture.width) + 1, out);
  return out;
}

}  // namespace

std::string encode_png(const IndexedPicture& picture) {
  std::string out("\x89PNG\r\n\x1a\n", 8);
  append_chunk(out, "IHDR", header(picture));
  append_chunk(out, "PLTE", palette_bytes(picture));
  append_chunk(out, "IDAT", compressed(picture));
  append_chunk(out, "IEND", {});
  return out;
}

}  // namespace stareval::engine
