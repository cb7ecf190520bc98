#include "engine/draw/contact_sheet.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/draw/pen_internal.h"
#include "engine/draw/picture_decoder_internal.h"
#include "engine/draw/text.h"

namespace stareval::engine {
namespace {

constexpr double kGap = 14.0;
constexpr double kCaptionGap = 5.0;
constexpr int kMostSide = 32'000;  // of the page; Cairo ends at 32,767
constexpr int kCaptionPx = 13;
constexpr std::string_view kCaptionFont = "DejaVu Sans";
constexpr Colour kPage = colour(0xe8eaee);
constexpr Colour kFrame = colour(0xb4bac6);
constexpr Colour kInk = colour(0x2a303b);

struct Cell {
  Bitmap picture;
  TextBlock caption;
};

// Scales to fit the cell; integers, so that the size is the same everywhere.
Bitmap fitted(Bitmap picture, const SheetOptions& options) {
  const std::int64_t w = picture.width;
  const std::int64_t h = picture.height;
  if (w <= options.cell_width && h <= options.cell_height) return picture;
  const bool by_width = w * options.cell_height > h * options.cell_width;
  const std::int64_t width = by_width ? options.cell_width : w * options.cell_height / h;
  const std::int64_t height = by_width ? h * options.cell_width / w : options.cell_height;
  return shrunk(picture, static_cast<int>(std::max<std::int64_t>(1, width)),
                static_cast<int>(std::max<std::int64_t>(1, height)));
}

Result<Cell> make_cell(const SheetItem& item, const SheetOptions& options,
                       const std::string& name) {
  Cell cell;
  STAREVAL_TRY(Bitmap picture, decode_whole_png(item.png, name));
  cell.picture = fitted(std::move(picture), options);
  const std::string_view caption = item.caption;
  STAREVAL_TRY(const std::string font, font_for({&caption, 1}, std::string(kCaptionFont)));
  STAREVAL_TRY(cell.caption, set_text(caption, {font, kCaptionPx}, options.cell_width));
  return cell;
}

// Where everything stands on the page.
struct Page {
  int width = 0;
  int height = 0;
  std::size_t columns = 1;
  double cell_width = 0.0;
  std::vector<double> row_tops;
  std::vector<double> picture_heights;  // the highest of each row
};

Page page_of(const std::vector<Cell>& cells, const SheetOptions& options) {
  Page page;
  page.columns = std::min(static_cast<std::size_t>(options.columns), cells.size());
  page.cell_width = options.cell_width;
  double top = kGap;
  for (std::size_t first = 0; first < cells.size(); first += page.columns) {
    double picture = 0.0;
    double caption = 0.0;
    for (std::size_t i = first; i < std::min(first + page.columns, cells.size()); ++i) {
      picture = std::max(picture, static_cast<double>(cells[i].picture.height));
      caption = std::max(caption, cells[i].caption.size().height);
    }
    page.row_tops.push_back(top);
    page.picture_heights.push_back(picture);
    top += picture + kCaptionGap + caption + kGap;
  }
  page.height = static_cast<int>(top);
  page.width =
      static_cast<int>(kGap + static_cast<double>(page.columns) * (page.cell_width + kGap));
  return page;
}

void draw_cell(const Pen& pen, const Page& page, std::size_t index, const Cell& cell) {
  const std::size_t row = index / page.columns;
  const double left = kGap + static_cast<double>(index % page.columns) * (page.cell_width + kGap);
  const Size size = {static_cast<double>(cell.picture.width),
                     static_cast<double>(cell.picture.height)};
  const auto middle = [](double room, double taken) {
    return static_cast<double>(static_cast<int>((room - taken) / 2.0));
  };
  const Point at = {left + middle(page.cell_width, size.width),
                    page.row_tops[row] + middle(page.picture_heights[row], size.height)};
  const Rect box = {at.x, at.y, at.x + size.width, at.y + size.height};
  const SurfacePtr source = surface_over(cell.picture.pixels.data(), cell.picture.width,
                                         cell.picture.height, CAIRO_FORMAT_ARGB32);
  pen.fill_box(box.grown(1.0), kFrame);
  cairo_set_source_surface(pen.cairo(), source.get(), at.x, at.y);
  cairo_paint(pen.cairo());
  pen.ink(kInk);  // lets go of the source's pixels
  cell.caption.draw(pen.cairo(),
                    {left + middle(page.cell_width, cell.caption.size().width),
                     page.row_tops[row] + page.picture_heights[row] + kCaptionGap},
                    kInk);
}

cairo_status_t append(void* closure, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

Result<std::string> drawn(const Page& page, const std::vector<Cell>& cells) {
  const SurfacePtr surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, page.width, page.height));
  const Pen pen(surface.get());
  pen.fill_box({0.0, 0.0, static_cast<double>(page.width), static_cast<double>(page.height)},
               kPage);
  for (std::size_t i = 0; i < cells.size(); ++i) draw_cell(pen, page, i, cells[i]);
  std::string png;
  const cairo_status_t status = cairo_surface_write_to_png_stream(surface.get(), append, &png);
  if (status != CAIRO_STATUS_SUCCESS)
    return make_error(ErrorCode::bad_data, "contact sheet of {} x {} pixels: {}", page.width,
                      page.height, cairo_status_to_string(status));
  return png;
}

Result<void> check(std::span<const SheetItem> items, const SheetOptions& options) {
  if (items.empty())
    return make_error(ErrorCode::bad_data, "contact sheet: expected at least one picture");
  if (options.columns < 1 || options.cell_width < 16 || options.cell_height < 16)
    return make_error(ErrorCode::bad_data,
                      "contact sheet: {} columns of {} x {} pixels; expected at least 1 column and "
                      "16 x 16 pixels",
                      options.columns, options.cell_width, options.cell_height);
  return {};
}

}  // namespace

Result<std::string> contact_sheet(std::span<const SheetItem> items, const SheetOptions& options) {
  STAREVAL_CHECK(check(items, options));
  std::vector<Cell> cells;
  for (const SheetItem& item : items) {
    const std::string name = "contact sheet, picture " + std::to_string(cells.size());
    auto cell = make_cell(item, options, name);
    if (!cell) return make_error(cell.error().code, "{}", cell.error().message);
    cells.push_back(std::move(cell).value());
  }
  const Page page = page_of(cells, options);
  if (page.width > kMostSide || page.height > kMostSide)
    return make_error(ErrorCode::bad_data,
                      "contact sheet of {} x {} pixels: expected at most {} on a side; show fewer "
                      "or smaller pictures",
                      page.width, page.height, kMostSide);
  return drawn(page, cells);
}

}  // namespace stareval::engine
