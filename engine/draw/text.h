// Text set in a pinned font: measured for the layout, then drawn. Wraps Pango.
// Fonts   a font that Fontconfig answers with another family is an Error, and so is a letter that
//         the font does not have: no text is ever drawn in a font that was not asked for.
//         font_for() finds a pinned font that has all letters, before any text is set.
// Thread  each thread has a font map of its own; a TextBlock stays in the thread that made it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/draw/geometry.h"
#include "engine/draw/palette.h"
#include "libstareval/base/result.h"

typedef struct _cairo cairo_t;            // NOLINT: declared so by Cairo
typedef struct _PangoLayout PangoLayout;  // NOLINT: declared so by Pango

namespace stareval::engine {

struct Font {
  std::string family;
  int px = 16;
};

class TextBlock {
 public:
  TextBlock() = default;

  // Advance width and line heights, in whole pixels; zero for no text.
  [[nodiscard]] Size size() const { return size_; }
  [[nodiscard]] bool empty() const { return layout_ == nullptr; }

  void draw(cairo_t* cairo, Point top_left, Colour ink) const;

  // The letters in the colour of the ground, `radius` pixels fatter, to be drawn upon.
  void draw_halo(cairo_t* cairo, Point top_left, Colour ground, double radius) const;

 private:
  friend Result<TextBlock> set_text(std::string_view text, const Font& font, double most_width);

  struct Release {
    void operator()(PangoLayout* layout) const;
  };
  std::unique_ptr<PangoLayout, Release> layout_;
  Size size_;
};

// Breaks text at its spaces into at most four lines of about `most_letters` letters, as even as
// can be. A word is never broken and nothing is left out, so that a line may be longer.
std::string wrapped(std::string_view text, std::size_t most_letters);

// Sets text in centred lines not much wider than `most_width` pixels.
// Errors  io where the font is missing; bad_data where the text is not UTF-8, holds control
//         characters, or needs letters that the font does not have.
Result<TextBlock> set_text(std::string_view text, const Font& font, double most_width);

// Which of the stand-in fonts have all letters of the text: bit i is that of stand_in_fonts()[i].
// Cost: nearly none for ASCII, which all of them have.
[[nodiscard]] unsigned fonts_with(std::string_view text);

// Is this family there? Error (io) with its name and the package to install, where not.
Result<void> check_font(const std::string& family);

// The family in which all texts can be set: `family` itself, or else the first of stand_in_fonts()
// that has all their letters. Cost: about 0.1 us a letter. Errors  io where a font is missing that
// is needed; bad_data, with the first text that no pinned font can show.
Result<std::string> font_for(std::span<const std::string_view> texts, const std::string& family);

}  // namespace stareval::engine
