#include <algorithm>
#include <array>
#include <cstddef>

#include "engine/draw/annotate_internal.h"
#include "engine/draw/pinned_font.h"

namespace stareval::engine {
namespace {

constexpr std::string_view kFamily = "DejaVu Sans";
constexpr std::string_view kUnknown = "\u25A1";
constexpr std::string_view kCut = "\u2026";

// The length of the sound UTF-8 letter that the text starts with; 0 where it starts with none. What
// passes is checked once more, exactly, by fonts_with().
std::size_t letter_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  return length > text.size() ? 0 : length;
}

bool is_control(std::string_view letter) {
  const auto c = static_cast<unsigned char>(letter.front());
  return c < 0x20 || c == 0x7F;
}

// The letters of the text, each of which at least one of the fonts has.
std::vector<std::string_view> letters_of(std::string_view text, std::size_t most) {
  std::vector<std::string_view> letters;
  while (!text.empty() && letters.size() < most) {
    const std::size_t length = letter_length(text);
    const std::string_view letter = text.substr(0, std::max<std::size_t>(1, length));
    text.remove_prefix(letter.size());
    if (is_control(letter)) letters.push_back(" ");
    else letters.push_back(length > 0 && fonts_with(letter) != 0 ? letter : kUnknown);
  }
  if (!text.empty()) letters.push_back(kCut);
  return letters;
}

}  // namespace

std::string showable(std::string_view text, std::size_t most_letters) {
  const std::vector<std::string_view> letters = letters_of(text, most_letters);
  // One font must do for all of them: that which lacks the fewest.
  std::size_t best = 0;
  std::size_t most = 0;
  for (std::size_t font = 0; font < stand_in_fonts().size(); ++font) {
    const auto has = std::count_if(letters.begin(), letters.end(), [font](std::string_view letter) {
      return ((fonts_with(letter) >> font) & 1U) != 0;
    });
    if (static_cast<std::size_t>(has) > most) {
      most = static_cast<std::size_t>(has);
      best = font;
    }
  }
  std::string out;
  for (const std::string_view letter : letters)
    out += ((fonts_with(letter) >> best) & 1U) != 0 ? letter : kUnknown;
  return out;
}

Result<TextBlock> set_caption(std::string_view text, int px, double most_width) {
  STAREVAL_TRY(const std::string font, font_for({&text, 1}, std::string(kFamily)));
  return set_text(text, {font, px}, most_width);
}

const AnnotationColours& annotation_colours(bool dark) {
  // Okabe and Ito's, darker where letters of a caption must show upon them, lighter on dark ground.
  static const AnnotationColours light = {colour(0xFFFFFF),
                                          colour(0xFFFFFF),
                                          colour(0xFFFFFF),
                                          colour(0x16191F),
                                          {colour(0x0072B2), colour(0xD55E00), colour(0x008F68),
                                           colour(0xB8559A), colour(0xD08E00), colour(0x3B9FDB)}};
  static const AnnotationColours night = {colour(0x0B0E13),
                                          colour(0x0B0E13),
                                          colour(0x171B22),
                                          colour(0xF2F4F7),
                                          {colour(0x56B4E9), colour(0xFF8A3C), colour(0x2CCB9C),
                                           colour(0xE797C6), colour(0xF0C02E), colour(0xA9DBF7)}};
  return dark ? night : light;
}

bool is_dark(const Bitmap& picture) {
  std::size_t dark = 0;
  for (const std::uint32_t pixel : picture.pixels) {
    // Premultiplied: what is transparent lets so much of the white through.
    const int through = 255 - static_cast<int>(pixel >> 24U);
    if (luma(colour(pixel)) + through < 128) ++dark;
  }
  return dark * 2 > picture.pixels.size();
}

}  // namespace stareval::engine
