#include "engine/draw/text.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <unordered_map>
#include <vector>

#include "engine/draw/pinned_font.h"

namespace stareval::engine {
namespace {

constexpr std::size_t kMostLines = 4;

template <class T>
struct Unref {
  void operator()(T* object) const { g_object_unref(object); }
};
struct FreeFont {
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
using FontDescription = std::unique_ptr<PangoFontDescription, FreeFont>;

FontDescription describe(const Font& font) {
  FontDescription description(pango_font_description_new());
  pango_font_description_set_family(description.get(), font.family.c_str());
  pango_font_description_set_absolute_size(description.get(), font.px * PANGO_SCALE);
  return description;
}

// Rendering is set here and not taken from the user's Fontconfig, which differs between machines.
void pin_rendering(PangoContext* context) {
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_SLIGHT);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_ON);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  pango_cairo_context_set_resolution(context, 96.0);
  pango_context_set_language(context, pango_language_from_string("en"));
  pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
  pango_context_set_round_glyph_positions(context, TRUE);
}

// The fonts of one thread.
class Fonts {
 public:
  Fonts() : map_(pango_cairo_font_map_new()), context_(pango_font_map_create_context(map_.get())) {
    pin_rendering(context_.get());
  }

  static Fonts& of_this_thread() {
    thread_local Fonts fonts;
    return fonts;
  }

  PangoContext* context() { return context_.get(); }

  // The family that Fontconfig answers with; "" where it has no font at all.
  const std::string& resolved(const std::string& family) { return face(family).answer; }

  // Has the font that Fontconfig answers with this letter?
  bool has_letter(const std::string& family, gunichar letter) {
    Face& of = face(family);
    if (of.font == nullptr) return false;
    const auto known = of.letters.find(letter);
    if (known != of.letters.end()) return known->second;
    const bool has = pango_font_has_char(of.font.get(), letter) != 0;
    return of.letters[letter] = has;
  }

 private:
  struct Face {
    std::unique_ptr<PangoFont, Unref<PangoFont>> font;
    std::string answer;
    std::unordered_map<gunichar, bool> letters;  // what is known of them
  };

  Face& face(const std::string& family) {
    const auto found = faces_.find(family);
    if (found != faces_.end()) return found->second;
    return faces_[family] = load(family);
  }

  Face load(const std::string& family) {
    const FontDescription asked = describe({family, 16});
    Face out;
    out.font.reset(pango_font_map_load_font(map_.get(), context_.get(), asked.get()));
    if (out.font == nullptr) return out;
    const FontDescription got(pango_font_describe(out.font.get()));
    const char* name = pango_font_description_get_family(got.get());
    if (name != nullptr) out.answer = name;
    return out;
  }

  std::unique_ptr<PangoFontMap, Unref<PangoFontMap>> map_;
  std::unique_ptr<PangoContext, Unref<PangoContext>> context_;
  std::map<std::string, Face, std::less<>> faces_;
};

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

// Fills lines up to `most` letters, and then the last one with the rest.
std::string filled(const std::vector<std::string_view>& words, std::size_t most,
                   std::size_t& longest, std::size_t& lines) {
  std::string out;
  std::size_t line = 0;
  longest = 0;
  lines = 1;
  for (const std::string_view word : words) {
    const std::size_t letters = letters_in(word);
    const bool fits = line == 0 || line + 1 + letters <= most;
    if (!out.empty()) out += fits ? ' ' : '\n';
    if (!fits) ++lines;
    line = fits && line > 0 ? line + 1 + letters : letters;
    longest = std::max(longest, line);
    out += word;
  }
  return out;
}

Result<void> check_text(std::string_view text) {
  if (g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr) == 0)
    return make_error(ErrorCode::bad_data, "label \"{}\": expected valid UTF-8", text);
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (std::any_of(text.begin(), text.end(), control))
    return make_error(ErrorCode::bad_data,
                      "label \"{}\": expected no control characters; replace them by spaces", text);
  return {};
}

// Has the font all letters of the text? True of a text that is not sound, which set_text() refuses.
bool has_letters(std::string_view text, const std::string& family) {
  if (check_text(text).has_error()) return true;
  Fonts& fonts = Fonts::of_this_thread();
  const char* end = text.data() + text.size();
  for (const char* at = text.data(); at < end; at = g_utf8_next_char(at))
    if (!fonts.has_letter(family, g_utf8_get_char(at))) return false;
  return true;
}

// Switches off what would draw a letter in another font.
void forbid_other_fonts(PangoLayout* layout) {
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_fallback_new(FALSE));
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);
}

void fill(PangoLayout* layout, std::string_view text) {
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
}

Size size_of(PangoLayout* layout) {
  int width = 0;
  int height = 0;
  pango_layout_get_pixel_size(layout, &width, &height);
  return {static_cast<double>(width), static_cast<double>(height)};
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t most_letters) {
  const auto words = words_of(text);
  std::size_t longest = 0;
  std::size_t lines = 0;
  std::size_t most = std::max<std::size_t>(most_letters, 1);
  std::string best = filled(words, most, longest, lines);
  while (lines > kMostLines) best = filled(words, ++most, longest, lines);
  // The narrowest lines that need no further line.
  const std::size_t allowed = lines;
  while (longest > 1) {
    std::size_t narrower = 0;
    std::string next = filled(words, longest - 1, narrower, lines);
    if (lines > allowed || narrower >= longest) break;
    longest = narrower;
    best = std::move(next);
  }
  return best;
}

Result<void> check_font(const std::string& family) {
  const std::string& got = Fonts::of_this_thread().resolved(family);
  if (got == family) return {};
  const PinnedFont* pinned = find_font(family);
  if (pinned == nullptr)
    return make_error(ErrorCode::io,
                      "font \"{}\": expected a font that pictures are pinned to, such as \"DejaVu "
                      "Sans\" of the Debian package fonts-dejavu-core",
                      family);
  return make_error(ErrorCode::io,
                    "font \"{}\" is missing (Fontconfig offers \"{}\" instead): install the Debian "
                    "package {}",
                    family, got, pinned->package);
}

Result<std::string> font_for(std::span<const std::string_view> texts, const std::string& family) {
  STAREVAL_CHECK(check_font(family));
  const auto shows_all = [&](const std::string& font) {
    return std::all_of(texts.begin(), texts.end(),
                       [&](std::string_view text) { return has_letters(text, font); });
  };
  if (shows_all(family)) return family;
  for (const std::string_view stand_in : stand_in_fonts()) {
    const std::string font(stand_in);
    STAREVAL_CHECK(check_font(font));
    if (shows_all(font)) return font;
  }
  const auto worst = std::find_if(texts.begin(), texts.end(), [&](std::string_view text) {
    return !has_letters(text, std::string(stand_in_fonts().back()));
  });
  return make_error(ErrorCode::bad_data,
                    "label \"{}\": no single font of \"{}\", \"{}\" and \"{}\" has the letters of "
                    "all names of this picture; expected names in letters of one of them",
                    *worst, family, stand_in_fonts()[0], stand_in_fonts()[1]);
}

unsigned fonts_with(std::string_view text) {
  const auto fonts = stand_in_fonts();
  const unsigned all = (1U << fonts.size()) - 1U;
  if (std::all_of(text.begin(), text.end(),
                  [](char c) { return c >= ' ' && static_cast<unsigned char>(c) < 0x7F; }))
    return all;
  if (check_text(text).has_error()) return 0;
  unsigned found = 0;
  for (std::size_t i = 0; i < fonts.size(); ++i)
    if (has_letters(text, std::string(fonts[i]))) found |= 1U << i;
  return found;
}

Result<TextBlock> set_text(std::string_view text, const Font& font, double most_width) {
  TextBlock block;
  if (text.empty()) return block;
  STAREVAL_CHECK(check_text(text));
  STAREVAL_CHECK(check_font(font.family));
  Fonts& fonts = Fonts::of_this_thread();
  block.layout_.reset(pango_layout_new(fonts.context()));
  PangoLayout* layout = block.layout_.get();
  const FontDescription description = describe(font);
  pango_layout_set_font_description(layout, description.get());
  pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
  forbid_other_fonts(layout);
  fill(layout, text);
  block.size_ = size_of(layout);
  if (block.size_.width > most_width) {
    const double letter = block.size_.width / static_cast<double>(letters_in(text));
    fill(layout, wrapped(text, static_cast<std::size_t>(most_width / letter)));
    block.size_ = size_of(layout);
  }
  const int unknown = pango_layout_get_unknown_glyphs_count(layout);
  if (unknown > 0)
    return make_error(ErrorCode::bad_data,
                      "label \"{}\": {} of its letters are not in font \"{}\"; expected a label in "
                      "letters of that font",
                      text, unknown, font.family);
  return block;
}

void TextBlock::Release::operator()(PangoLayout* layout) const { g_object_unref(layout); }

void TextBlock::draw_halo(cairo_t* cairo, Point top_left, Colour ground, double radius) const {
  // Copies around: glyphs come from Cairo's cache, which an outline of each would not.
  constexpr double kDiagonal = 0.7071;
  constexpr std::array<Point, 8> kAround = {{{1, 0},
                                             {-1, 0},
                                             {0, 1},
                                             {0, -1},
                                             {kDiagonal, kDiagonal},
                                             {-kDiagonal, kDiagonal},
                                             {kDiagonal, -kDiagonal},
                                             {-kDiagonal, -kDiagonal}}};
  for (const Point offset : kAround) draw(cairo, top_left + offset * radius, ground);
}

void TextBlock::draw(cairo_t* cairo, Point top_left, Colour ink) const {
  if (layout_ == nullptr) return;
  cairo_set_source_rgb(cairo, ink.red / 255.0, ink.green / 255.0, ink.blue / 255.0);
  cairo_move_to(cairo, top_left.x, top_left.y);
  pango_cairo_show_layout(cairo, layout_.get());
}

}  // namespace stareval::engine
