#include <webp/decode.h>

#include <cstdint>

#include "engine/draw/picture_decoder.h"
#include "engine/draw/picture_decoder_internal.h"

namespace stareval::engine {
namespace {

std::string_view describe(VP8StatusCode status) {
  switch (status) {
    case VP8_STATUS_OUT_OF_MEMORY: return "not enough memory";
    case VP8_STATUS_UNSUPPORTED_FEATURE: return "it uses what the decoder does not know";
    case VP8_STATUS_NOT_ENOUGH_DATA: return "it is cut short";
    default: return "it is broken";
  }
}

}  // namespace

Result<Bitmap> decode_webp(std::string_view bytes, const std::string& name, int most) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0) return broken_picture(name, "WebP", "no decoder");
  const VP8StatusCode found = WebPGetFeatures(data, bytes.size(), &config.input);
  if (found != VP8_STATUS_OK) return broken_picture(name, "WebP", describe(found));
  if (config.input.has_animation != 0)
    return broken_picture(name, "WebP", "it is an animation; store one frame of it");
  STAREVAL_CHECK(check_size(config.input.width, config.input.height, name, "WebP"));
  const auto [width, height] = bounded(config.input.width, config.input.height, most);
  Bitmap bitmap = empty_bitmap(width, height);
  config.options.use_scaling = width != config.input.width || height != config.input.height;
  config.options.scaled_width = width;
  config.options.scaled_height = height;
  config.output.colorspace = MODE_bgrA;  // premultiplied
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = reinterpret_cast<std::uint8_t*>(bitmap.pixels.data());
  config.output.u.RGBA.stride = width * 4;
  config.output.u.RGBA.size = bitmap.pixels.size() * 4;
  const VP8StatusCode status = WebPDecode(data, bytes.size(), &config);
  WebPFreeDecBuffer(&config.output);
  if (status != VP8_STATUS_OK) return broken_picture(name, "WebP", describe(status));
  return bitmap;
}

}  // namespace stareval::engine
