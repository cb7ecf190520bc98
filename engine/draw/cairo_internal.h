// Owners of Cairo's objects, and a surface over memory of ours.
#pragma once

#include <cairo.h>

#include <cstdint>
#include <memory>

namespace stareval::engine {

struct FreeCairo {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using CairoPtr = std::unique_ptr<cairo_t, FreeCairo>;
using SurfacePtr = std::unique_ptr<cairo_surface_t, FreeCairo>;

// A surface over width x height pixels without gaps; `pixels` must outlive it. Cairo takes a
// pointer to non-const also for a surface that is only read.
inline SurfacePtr surface_over(const std::uint32_t* pixels, int width, int height,
                               cairo_format_t format) {
  auto* bytes = reinterpret_cast<unsigned char*>(const_cast<std::uint32_t*>(pixels));
  return SurfacePtr(cairo_image_surface_create_for_data(bytes, format, width, height, width * 4));
}

}  // namespace stareval::engine
