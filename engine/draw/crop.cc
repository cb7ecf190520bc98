#include "engine/draw/crop.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include "engine/draw/cairo_internal.h"

namespace stareval::engine {
namespace {

// Begin and end along one side.
std::pair<int, int> pixel_range(double begin, double end, int size) {
  const auto edge = [&](double part) { return static_cast<int>(std::nearbyint(part * size)); };
  const int first = std::clamp(edge(begin), 0, size - 1);
  return {first, std::clamp(edge(end), first + 1, size)};
}

cairo_status_t append(void* out, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

bool is_opaque(const Bitmap& bitmap) {
  return std::all_of(bitmap.pixels.begin(), bitmap.pixels.end(),
                     [](std::uint32_t pixel) { return pixel >> 24U == 255U; });
}

}  // namespace

PixelBox pixel_box(double left, double top, double right, double bottom, int width, int height) {
  const auto [x, x_end] = pixel_range(left, right, width);
  const auto [y, y_end] = pixel_range(top, bottom, height);
  return {x, y, x_end, y_end};
}

std::string encode_crop(const Bitmap& bitmap, const PixelBox& box) {
  const auto first = static_cast<std::size_t>(box.top) * static_cast<std::size_t>(bitmap.width) +
                     static_cast<std::size_t>(box.left);
  // Cairo takes a pointer to non-const also for a surface that is only read.
  auto* pixels = const_cast<std::uint32_t*>(bitmap.pixels.data() + first);
  const SurfacePtr surface(cairo_image_surface_create_for_data(
      reinterpret_cast<unsigned char*>(pixels),
      is_opaque(bitmap) ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, box.right - box.left,
      box.bottom - box.top, bitmap.width * 4));
  std::string bytes;
  const cairo_status_t status = cairo_surface_write_to_png_stream(surface.get(), append, &bytes);
  if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(cairo_status_to_string(status));
  return bytes;
}

}  // namespace stareval::engine
