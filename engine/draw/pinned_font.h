// The fonts that pictures are set in: free, small packages of Debian 12, none shipped with us.
// Thread  constants.
#pragma once

#include <span>
#include <string_view>

namespace stareval::engine {

struct PinnedFont {
  std::string_view family;   // as Fontconfig knows it
  std::string_view package;  // of Debian, to install where it is missing
  double scale = 1.0;        // by which a size is multiplied, so that all families look equally big
};

// All of them; also those that only stand in for letters which another lacks.
std::span<const PinnedFont> font_catalogue();

// nullptr where the family is not one of ours.
const PinnedFont* find_font(std::string_view family);

// The families that are tried, in this order, where a picture holds a letter that its own font
// lacks: DejaVu Sans for Latin, Greek, Cyrillic, Arabic, Hebrew ..., WenQuanYi Micro Hei for
// Chinese, Japanese and Korean.
std::span<const std::string_view> stand_in_fonts();

}  // namespace stareval::engine
