#include <librsvg/rsvg.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "engine/draw/picture_decoder.h"
#include "engine/draw/picture_decoder_internal.h"

namespace stareval::engine {
namespace {

struct FreeSvg {
  void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
  void operator()(GError* error) const { g_error_free(error); }
};
using HandlePtr = std::unique_ptr<RsvgHandle, FreeSvg>;
using ErrorPtr = std::unique_ptr<GError, FreeSvg>;

struct Extent {
  double width = 0.0;
  double height = 0.0;
};

// What the root element says, in this order: width and height in absolute units, the view box.
Extent extent_of(RsvgHandle* handle) {
  Extent extent;
  if (rsvg_handle_get_intrinsic_size_in_pixels(handle, &extent.width, &extent.height) != 0)
    return extent;
  gboolean has_width = 0;
  gboolean has_height = 0;
  gboolean has_box = 0;
  RsvgLength width;
  RsvgLength height;
  RsvgRectangle box;
  rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &width, &has_height, &height, &has_box,
                                       &box);
  if (has_box != 0) return {box.width, box.height};
  return {};
}

// Its longer side becomes kSvgSide.
PictureSide drawn_size(Extent extent) {
  const double longer = std::max(extent.width, extent.height);
  const auto side = [&](double own) {
    return std::max(1, static_cast<int>(std::lround(own / longer * kSvgSide)));
  };
  return {side(extent.width), side(extent.height)};
}

// A picture within it would be decoded by whatever the machine has, at whatever size it states.
bool holds_pictures(std::string_view bytes) {
  for (const std::string_view element : {"<image", ":image", ";image", "feImage"})
    if (bytes.find(element) != std::string_view::npos) return true;
  return false;
}

}  // namespace

Result<Bitmap> decode_svg(std::string_view bytes, const std::string& name) {
  if (bytes.size() > kMostSvgBytes)
    return make_error(ErrorCode::bad_data, "picture {}: {} bytes of SVG; expected at most {}", name,
                      bytes.size(), kMostSvgBytes);
  if (holds_pictures(bytes))
    return broken_picture(name, "SVG", "it holds another picture; store that one as a file");
  GError* raw = nullptr;
  // Without a base address librsvg loads nothing but what is in the file.
  const HandlePtr handle(
      rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(bytes.data()), bytes.size(), &raw));
  if (handle == nullptr) return broken_picture(name, "SVG", ErrorPtr(raw)->message);
  rsvg_handle_set_dpi(handle.get(), 96.0);
  const Extent extent = extent_of(handle.get());
  if (!(extent.width > 0.0 && extent.height > 0.0) || !std::isfinite(extent.width / extent.height))
    return broken_picture(name, "SVG",
                          "it states no size; give it a width and height or a viewBox");
  const PictureSide size = drawn_size(extent);
  Bitmap bitmap = empty_bitmap(size.width, size.height);
  const SurfacePtr surface =
      surface_over(bitmap.pixels.data(), size.width, size.height, CAIRO_FORMAT_ARGB32);
  const CairoPtr cairo(cairo_create(surface.get()));
  const RsvgRectangle viewport{0.0, 0.0, static_cast<double>(size.width),
                               static_cast<double>(size.height)};
  if (rsvg_handle_render_document(handle.get(), cairo.get(), &viewport, &raw) == 0)
    return broken_picture(name, "SVG", ErrorPtr(raw)->message);
  cairo_surface_flush(surface.get());
  return bitmap;
}

}  // namespace stareval::engine
