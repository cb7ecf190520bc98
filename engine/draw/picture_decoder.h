// Pictures of nodes, and of datasets of others, from the bytes of a file: PNG, JPEG, WebP, SVG,
// recognised by content and not by name. Output  premultiplied pixels; the same for the same bytes.
// What is larger than
//         kMostPictureSide is scaled down to it, proportions kept, where it is not asked for whole;
//         an SVG is drawn at kSvgSide.
// Bounds  a file states its size before a pixel is decoded; more than kMostPicturePixels, a file of
//         more than kMostPictureBytes, or an SVG of more than kMostSvgBytes is refused.
// SVG     drawn by librsvg without a base address, so that nothing outside of the file is loaded;
//         pictures within it are refused. Text within it is set in the machine's fonts.
// Not in  animations, orientation and colour profiles of photographs, compressed SVG (svgz), GIF.
// Thread  pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/draw/bitmap.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

constexpr int kMostPictureSide = 512;  // nodes show pictures at up to about 220 pixels
constexpr int kSvgSide = 256;          // the longer side
constexpr double kMostPicturePixels = 40e6;
constexpr std::size_t kMostPictureBytes = std::size_t{64} << 20U;
constexpr std::size_t kMostSvgBytes = std::size_t{4} << 20U;

// Errors  bad_data, with `name`: of another kind, broken, cut short, or beyond a bound.
Result<Bitmap> decode_picture(std::string_view bytes, const std::string& name);

// In its own size, whatever that is within the bounds; an SVG, which has none, at kSvgSide.
Result<Bitmap> decode_whole_picture(std::string_view bytes, const std::string& name);

}  // namespace stareval::engine
