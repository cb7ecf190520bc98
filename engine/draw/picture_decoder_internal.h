// One decoder a format, for decode_picture(), which has recognised the format.
#pragma once

#include <string>
#include <string_view>

#include "engine/draw/bitmap.h"
#include "engine/draw/cairo_internal.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

// In its own size, unlike the others.
Result<Bitmap> decode_whole_png(std::string_view bytes, const std::string& name);

// What is longer than `most` pixels on a side is scaled down to it.
Result<Bitmap> decode_png(std::string_view bytes, const std::string& name, int most);
Result<Bitmap> decode_jpeg(std::string_view bytes, const std::string& name, int most);
Result<Bitmap> decode_webp(std::string_view bytes, const std::string& name, int most);
Result<Bitmap> decode_svg(std::string_view bytes, const std::string& name);

// "picture NAME: expected a sound FORMAT image: WHAT"
Error broken_picture(const std::string& name, std::string_view format, std::string_view what);

// Error where the stated size is empty or beyond kMostPicturePixels.
Result<void> check_size(double width, double height, const std::string& name,
                        std::string_view format);

// A bitmap of this size, all transparent.
Bitmap empty_bitmap(int width, int height);

// A surface of any format in pixels of ours, scaled to this size.
Bitmap scaled_copy(cairo_surface_t* surface, int width, int height);

// The size itself, or the one with the same proportions whose longer side is `most`.
struct PictureSide {
  int width;
  int height;
};
PictureSide bounded(int width, int height, int most);

}  // namespace stareval::engine
