#include "engine/draw/background.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace stareval::engine {
namespace {

using Row = std::vector<std::uint32_t>;

std::uint32_t pixel(Colour c) {
  return 0xFF000000U | (std::uint32_t{c.red} << 16U) | (std::uint32_t{c.green} << 8U) | c.blue;
}

class Ground {
 public:
  Ground(const Style& style, Bitmap& bitmap)
      : palette_(style.palette),
        bitmap_(bitmap),
        width_(static_cast<std::size_t>(bitmap.width)),
        height_(static_cast<std::size_t>(bitmap.height)),
        scale_(std::clamp(std::sqrt(static_cast<double>(width_ * height_)) / 887.0, 0.8, 1.6)) {}

  void paint(Background background) {
    switch (background) {
      case Background::plain: return fill(palette_.background);
      case Background::dots: return dots();
      case Background::grid: return grid();
      case Background::gradient: return gradient();
      case Background::vignette: return vignette();
      case Background::ruled: return ruled();
      case Background::draft: return draft();
      case Background::hatched: return hatched();
    }
  }

 private:
  // A distance of the pattern in whole pixels.
  [[nodiscard]] std::size_t pitch(double at_scale_one) const {
    return static_cast<std::size_t>(std::lround(at_scale_one * scale_));
  }

  [[nodiscard]] std::size_t middle(std::size_t step) const { return step / 2; }

  // Copies of a row are faster than pixel after pixel.
  void fill(Colour c) {
    const Row row = row_of(c);
    for (std::size_t y = 0; y < height_; ++y) put(y, row);
  }

  void put(std::size_t y, const Row& row, std::size_t from = 0) {
    std::copy_n(row.begin() + static_cast<std::ptrdiff_t>(from), width_,
                bitmap_.pixels.begin() + static_cast<std::ptrdiff_t>(y * width_));
  }

  [[nodiscard]] Row row_of(Colour c, std::size_t more = 0) const {
    return Row(width_ + more, pixel(c));
  }

  // Ink on `thick` pixels of every `step`.
  [[nodiscard]] Row striped(Row row, Colour ink, std::size_t step, std::size_t thick) const {
    for (std::size_t x = middle(step); x < row.size(); x += step)
      for (std::size_t k = 0; k < thick && x + k < row.size(); ++k) row[x + k] = pixel(ink);
    return row;
  }

  void dots() {
    const std::size_t step = pitch(24.0);
    const std::size_t size = pitch(2.0);
    const Row empty = row_of(palette_.background);
    const Row dotted = striped(empty, mixed(palette_.background, palette_.edge, 0.2), step, size);
    for (std::size_t y = 0; y < height_; ++y)
      put(y, (y + middle(step)) % step < size ? dotted : empty);
  }

  void grid() {
    const std::size_t step = pitch(30.0);
    const Row line = row_of(pattern_ink(palette_));
    const Row between = striped(row_of(palette_.background), pattern_ink(palette_), step, 1);
    for (std::size_t y = 0; y < height_; ++y) put(y, y % step == middle(step) ? line : between);
  }

  // Coarse lines at every fifth fine one.
  void draft() {
    const std::size_t step = pitch(18.0);
    const Colour fine = gradient_end(palette_);
    const Colour coarse = mixed(palette_.background, palette_.edge, 0.22);
    const Row fine_line = striped(row_of(fine), coarse, 5 * step, 1);
    const Row coarse_line = row_of(coarse);
    // Fine columns are offset so that coarse ones cover every fifth of them.
    Row between = row_of(palette_.background);
    for (std::size_t x = middle(5 * step) % step; x < width_; x += step) between[x] = pixel(fine);
    between = striped(between, coarse, 5 * step, 1);
    for (std::size_t y = 0; y < height_; ++y) {
      const std::size_t at = y % (5 * step);
      put(y, at == 0 ? coarse_line : at % step == 0 ? fine_line : between);
    }
  }

  void ruled() {
    const std::size_t step = pitch(27.0);
    const Colour line = pattern_ink(palette_);
    const Colour margin = mixed(palette_.background, palette_.label_frame, 0.5);
    const std::size_t at = std::min(pitch(46.0), width_ - 1);
    Row empty = row_of(palette_.background);
    Row lined = row_of(line);
    empty[at] = lined[at] = pixel(margin);
    for (std::size_t y = 0; y < height_; ++y) put(y, y % step == step - 1 ? lined : empty);
  }

  void hatched() {
    const std::size_t step = pitch(15.0);
    const Row row = striped(row_of(palette_.background, step), gradient_end(palette_), step, 1);
    for (std::size_t y = 0; y < height_; ++y) put(y, row, y % step);
  }

  // The row's pixels from `begin` to before `end`.
  void fill_row(std::size_t y, std::size_t begin, std::size_t end, Colour c) {
    const auto row = bitmap_.pixels.begin() + static_cast<std::ptrdiff_t>(y * width_);
    std::fill(row + static_cast<std::ptrdiff_t>(begin), row + static_cast<std::ptrdiff_t>(end),
              pixel(c));
  }

  // Between the background and the end of a gradient. A few shades only: each one makes a ramp of
  // its own where letters are drawn on it.
  [[nodiscard]] Colour shade(std::size_t number) const {
    return mixed(palette_.background, gradient_end(palette_),
                 static_cast<double>(number) / kShades);
  }

  void gradient() {
    for (std::size_t y = 0; y < height_; ++y)
      fill_row(y, 0, width_, shade(y * (kShades + 1) / height_));
  }

  // Rings of one shade each, ellipses about the middle; the outermost one reaches the corners.
  void vignette() {
    const double half_width = static_cast<double>(width_) * 0.5;
    const double half_height = static_cast<double>(height_) * 0.5;
    for (std::size_t y = 0; y < height_; ++y) {
      const double dy = (static_cast<double>(y) + 0.5 - half_height) / half_height;
      std::size_t from =
          0;  // the left half of the row is done up to here; the right one mirrors it
      for (std::size_t ring = kShades; ring > 0; --ring) {
        const double radius = 0.45 + 1.55 * static_cast<double>(ring - 1) / kShades;  // squared
        const double reach = half_width * std::sqrt(std::max(0.0, radius - dy * dy));
        const double edge = std::clamp(half_width - reach, 0.0, half_width);
        const auto to = std::max(from, static_cast<std::size_t>(edge));
        fill_row(y, from, to, shade(ring));
        fill_row(y, width_ - to, width_ - from, shade(ring));
        from = to;
      }
      fill_row(y, from, width_ - from, palette_.background);
    }
  }

  static constexpr std::size_t kShades = 6;

  const Palette& palette_;
  Bitmap& bitmap_;
  std::size_t width_;
  std::size_t height_;
  double scale_;
};

}  // namespace

void paint_background(const Style& style, Bitmap& bitmap) {
  Ground(style, bitmap).paint(style.background);
}

}  // namespace stareval::engine
