// Parts of annotate.h: what a mark looks like, before it is drawn.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/draw/annotate.h"
#include "engine/draw/palette.h"
#include "engine/draw/text.h"

namespace stareval::engine {

// Colours of everything that is drawn upon a picture, for light or for dark ones.
struct AnnotationColours {
  Colour veil;    // towards which the picture fades
  Colour casing;  // around lines and boxes, so that they stand out from what is drawn
  Colour chip;    // ground of captions
  Colour ink;     // of captions
  std::array<Colour, kMarkHues> hues{};
};

const AnnotationColours& annotation_colours(bool dark);

// Is more than half of the picture, as it lies on white, darker than middle grey?
bool is_dark(const Bitmap& picture);

// Text that can be set in one pinned font: control characters become spaces, letters that no font
// has, and bytes that are not UTF-8, "\u25A1"; beyond `most_letters` the text ends in "\u2026".
std::string showable(std::string_view text, std::size_t most_letters);

// Set in the pinned font that has all its letters. Errors  io: a font is missing.
Result<TextBlock> set_caption(std::string_view text, int px, double most_width);

}  // namespace stareval::engine
