#include "engine/draw/picture_decoder.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "engine/draw/picture_decoder_internal.h"

namespace stareval::engine {
namespace {

bool is_png(std::string_view bytes) { return bytes.starts_with("\x89PNG\r\n\x1a\n"); }
bool is_jpeg(std::string_view bytes) { return bytes.starts_with("\xff\xd8\xff"); }
bool is_webp(std::string_view bytes) {
  return bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP");
}
// Markup whose first kilobytes name the element.
bool is_svg(std::string_view bytes) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || bytes[first] != '<') return false;
  const std::string_view head = bytes.substr(0, 8192);
  return head.find("<svg") != std::string_view::npos || head.find(":svg") != std::string_view::npos;
}

// Bytes that Cairo reads from.
struct Source {
  std::string_view left;
};

cairo_status_t read_source(void* closure, unsigned char* data, unsigned int size) {
  auto& source = *static_cast<Source*>(closure);
  if (source.left.size() < size) return CAIRO_STATUS_READ_ERROR;
  source.left.copy(reinterpret_cast<char*>(data), size);
  source.left.remove_prefix(size);
  return CAIRO_STATUS_SUCCESS;
}

double big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (const char c : bytes.substr(at, 4)) value = value << 8U | static_cast<unsigned char>(c);
  return value;
}

Result<SurfacePtr> read_png(std::string_view bytes, const std::string& name) {
  constexpr std::size_t kHeader = 24;  // signature, then length, type, width and height of IHDR
  if (bytes.size() < kHeader) return broken_picture(name, "PNG", "it is cut short");
  STAREVAL_CHECK(check_size(big_endian(bytes, 16), big_endian(bytes, 20), name, "PNG"));
  Source source{bytes};
  SurfacePtr surface(cairo_image_surface_create_from_png_stream(read_source, &source));
  const cairo_status_t status = cairo_surface_status(surface.get());
  if (status != CAIRO_STATUS_SUCCESS)
    return broken_picture(name, "PNG", cairo_status_to_string(status));
  return surface;
}

}  // namespace

Error broken_picture(const std::string& name, std::string_view format, std::string_view what) {
  return make_error(ErrorCode::bad_data, "picture {}: expected a sound {} image: {}", name, format,
                    what);
}

Result<void> check_size(double width, double height, const std::string& name,
                        std::string_view format) {
  if (!(width >= 1.0 && height >= 1.0)) return broken_picture(name, format, "it has no pixels");
  if (width * height <= kMostPicturePixels) return {};
  return make_error(ErrorCode::bad_data,
                    "picture {}: {} x {} pixels; expected at most {} million pixels, store it "
                    "smaller",
                    name, width, height, kMostPicturePixels / 1e6);
}

Bitmap empty_bitmap(int width, int height) {
  const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  return {width, height, std::vector<std::uint32_t>(pixels)};
}

PictureSide bounded(int width, int height, int most) {
  const int longer = std::max(width, height);
  if (longer <= most) return {width, height};
  const auto side = [&](int own) {
    return std::max(1, static_cast<int>(std::lround(static_cast<double>(own) * most / longer)));
  };
  return {side(width), side(height)};
}

Bitmap scaled_copy(cairo_surface_t* surface, int width, int height) {
  const int own_width = cairo_image_surface_get_width(surface);
  const int own_height = cairo_image_surface_get_height(surface);
  Bitmap bitmap = empty_bitmap(width, height);
  const SurfacePtr target = surface_over(bitmap.pixels.data(), width, height, CAIRO_FORMAT_ARGB32);
  const CairoPtr cairo(cairo_create(target.get()));
  cairo_scale(cairo.get(), static_cast<double>(width) / own_width,
              static_cast<double>(height) / own_height);
  cairo_set_source_surface(cairo.get(), surface, 0.0, 0.0);
  // Pad, so that the picture's border does not fade into nothing where it is scaled.
  cairo_pattern_set_extend(cairo_get_source(cairo.get()), CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter(cairo_get_source(cairo.get()), CAIRO_FILTER_GOOD);
  cairo_set_operator(cairo.get(), CAIRO_OPERATOR_SOURCE);
  cairo_paint(cairo.get());
  return bitmap;
}

Result<Bitmap> decode_whole_png(std::string_view bytes, const std::string& name) {
  if (!is_png(bytes)) return broken_picture(name, "PNG", "it is another kind of file");
  STAREVAL_TRY(const SurfacePtr surface, read_png(bytes, name));
  return scaled_copy(surface.get(), cairo_image_surface_get_width(surface.get()),
                     cairo_image_surface_get_height(surface.get()));
}

Result<Bitmap> decode_png(std::string_view bytes, const std::string& name, int most) {
  STAREVAL_TRY(const SurfacePtr surface, read_png(bytes, name));
  const auto [width, height] = bounded(cairo_image_surface_get_width(surface.get()),
                                       cairo_image_surface_get_height(surface.get()), most);
  return scaled_copy(surface.get(), width, height);
}

namespace {

Result<Bitmap> decode_at_most(std::string_view bytes, const std::string& name, int most) {
  if (bytes.size() > kMostPictureBytes)
    return make_error(ErrorCode::bad_data, "picture {}: {} bytes; expected at most {}", name,
                      bytes.size(), kMostPictureBytes);
  if (is_png(bytes)) return decode_png(bytes, name, most);
  if (is_jpeg(bytes)) return decode_jpeg(bytes, name, most);
  if (is_webp(bytes)) return decode_webp(bytes, name, most);
  if (is_svg(bytes)) return decode_svg(bytes, name);
  return make_error(
      ErrorCode::bad_data,
      "picture {}: expected a PNG, JPEG, WebP or SVG image, found another kind of file", name);
}

}  // namespace

Result<Bitmap> decode_picture(std::string_view bytes, const std::string& name) {
  return decode_at_most(bytes, name, kMostPictureSide);
}

Result<Bitmap> decode_whole_picture(std::string_view bytes, const std::string& name) {
  return decode_at_most(bytes, name, std::numeric_limits<int>::max());
}

}  // namespace stareval::engine
