#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/draw/contact_sheet.h"

namespace stareval::engine {
namespace {

// Four channels with eight bits after the point.
using Channels = std::array<std::uint32_t, 4>;

// Means of `from` source values each, for `to` target values. A source value has a length of `to`
// and a target value one of `from`, so that overlaps are whole numbers.
template <class Read, class Write>
void shrink_line(std::size_t from, std::size_t to, Read read, Write write) {
  for (std::size_t target = 0; target < to; ++target) {
    const std::size_t begin = target * from;
    const std::size_t end = begin + from;
    std::array<std::uint64_t, 4> sum{};
    for (std::size_t at = begin; at < end;) {
      const std::size_t source = at / to;
      const std::size_t next = std::min(end, (source + 1) * to);
      const Channels value = read(source);
      for (std::size_t c = 0; c < 4; ++c) sum[c] += value[c] * (next - at);
      at = next;
    }
    Channels mean;
    for (std::size_t c = 0; c < 4; ++c)
      mean[c] = static_cast<std::uint32_t>((sum[c] + from / 2) / from);
    write(target, mean);
  }
}

Channels unpacked(std::uint32_t pixel) {
  return {(pixel & 255U) << 8U, (pixel >> 8U & 255U) << 8U, (pixel >> 16U & 255U) << 8U,
          (pixel >> 24U) << 8U};
}

std::uint32_t packed(const Channels& c) {
  const auto byte = [](std::uint32_t value) { return (value + 128U) >> 8U; };
  return byte(c[0]) | byte(c[1]) << 8U | byte(c[2]) << 16U | byte(c[3]) << 24U;
}

}  // namespace

Bitmap shrunk(const Bitmap& bitmap, int width, int height) {
  const auto from_width = static_cast<std::size_t>(bitmap.width);
  const auto from_height = static_cast<std::size_t>(bitmap.height);
  const auto to_width = static_cast<std::size_t>(width);
  const auto to_height = static_cast<std::size_t>(height);
  std::vector<Channels> narrow(to_width * from_height);
  for (std::size_t y = 0; y < from_height; ++y)
    shrink_line(
        from_width, to_width,
        [&](std::size_t x) { return unpacked(bitmap.pixels[y * from_width + x]); },
        [&](std::size_t x, const Channels& c) { narrow[y * to_width + x] = c; });
  Bitmap out{width, height, std::vector<std::uint32_t>(to_width * to_height)};
  for (std::size_t x = 0; x < to_width; ++x)
    shrink_line(
        from_height, to_height, [&](std::size_t y) { return narrow[y * to_width + x]; },
        [&](std::size_t y, const Channels& c) { out.pixels[y * to_width + x] = packed(c); });
  return out;
}

}  // namespace stareval::engine
