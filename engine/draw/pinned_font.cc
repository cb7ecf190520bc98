#include "engine/draw/pinned_font.h"

#include <algorithm>
#include <array>

namespace stareval::engine {
namespace {

// Scales bring the height of an x (sxHeight of the fonts' OS/2 tables) to about 0.53 em, which is
// nearly that of DejaVu Sans.
constexpr std::array<PinnedFont, 14> kFonts = {{
    {"DejaVu Sans", "fonts-dejavu-core", 1.0},
    {"DejaVu Serif", "fonts-dejavu-core", 1.0},
    {"DejaVu Sans Mono", "fonts-dejavu-core", 0.98},
    {"Liberation Sans", "fonts-liberation", 1.02},
    {"Liberation Serif", "fonts-liberation", 1.14},
    {"Open Sans", "fonts-open-sans", 1.0},
    {"Cantarell", "fonts-cantarell", 1.09},
    {"Cabin", "fonts-cabin", 1.09},
    {"Quicksand", "fonts-quicksand", 1.05},
    {"Comic Neue", "fonts-comic-neue", 1.09},
    {"Inconsolata", "fonts-inconsolata", 1.15},
    {"Caladea", "fonts-crosextra-caladea", 1.13},
    {"Play", "fonts-play", 1.09},
    {"WenQuanYi Micro Hei", "fonts-wqy-microhei", 1.0},
}};

constexpr std::array<std::string_view, 2> kStandIns = {"DejaVu Sans", "WenQuanYi Micro Hei"};

}  // namespace

std::span<const PinnedFont> font_catalogue() { return kFonts; }

const PinnedFont* find_font(std::string_view family) {
  const auto* found = std::find_if(kFonts.begin(), kFonts.end(),
                                   [&](const PinnedFont& font) { return font.family == family; });
  return found == kFonts.end() ? nullptr : found;
}

std::span<const std::string_view> stand_in_fonts() { return kStandIns; }

}  // namespace stareval::engine
