#include "engine/draw/emblem.h"

#include <array>
#include <cstddef>

#include "libstareval/base/digest.h"
#include "libstareval/base/random.h"

namespace stareval::engine {
namespace {

constexpr std::string_view kScheme = "emblem:";
constexpr int kSide = 96, kCells = 6, kCell = 14, kMargin = (kSide - kCells * kCell) / 2;

// Each dark enough to be seen on the ground, and light enough to differ from text.
constexpr std::array<std::uint32_t, 12> kColours{0xFFB03A2E, 0xFFAF601A, 0xFF9A7D0A, 0xFF6B8E23,
                                                 0xFF1E8449, 0xFF117A65, 0xFF1F6F8B, 0xFF2E5FA3,
                                                 0xFF5B4BA8, 0xFF8E44AD, 0xFFA93278, 0xFF5D6D7E};
constexpr std::uint32_t kGround = 0xFFF3F1EC;

std::uint64_t seed_of(std::string_view key) {
  std::uint64_t seed = 0;
  for (const char digit : short_digest(sha256(key), 16))
    seed = seed * 31U + static_cast<unsigned char>(digit);
  return seed;
}

void fill_cell(Bitmap& bitmap, int column, int row, std::uint32_t colour) {
  for (int y = kMargin + row * kCell; y < kMargin + (row + 1) * kCell; ++y)
    for (int x = kMargin + column * kCell; x < kMargin + (column + 1) * kCell; ++x)
      bitmap.pixels[static_cast<std::size_t>(y) * kSide + static_cast<std::size_t>(x)] = colour;
}

}  // namespace

Bitmap draw_emblem(std::string_view key) {
  Random random(seed_of(key));
  Bitmap bitmap{kSide, kSide, std::vector<std::uint32_t>(std::size_t{kSide} * kSide, kGround)};
  const std::uint32_t colour = random.pick(kColours);
  // The middle is always filled, so that no emblem is empty.
  for (int row = 0; row < kCells; ++row) {
    for (int column = 0; column < kCells / 2; ++column) {
      const bool middle = column == kCells / 2 - 1 && (row == 2 || row == 3);
      if (!random.chance(0.5) && !middle) continue;
      fill_cell(bitmap, column, row, colour);
      fill_cell(bitmap, kCells - 1 - column, row, colour);
    }
  }
  return bitmap;
}

std::string emblem_path(std::string_view key) { return std::string(kScheme) + std::string(key); }

std::optional<std::string_view> emblem_key(std::string_view path) {
  if (!path.starts_with(kScheme)) return std::nullopt;
  return path.substr(kScheme.size());
}

}  // namespace stareval::engine
