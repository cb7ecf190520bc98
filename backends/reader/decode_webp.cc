#include <webp/decode.h>

#include "backends/reader/decoders_internal.h"

namespace stareval::reader {
namespace {

constexpr std::string_view kFormat = "WebP";

std::string_view describe(VP8StatusCode status) {
  switch (status) {
    case VP8_STATUS_OUT_OF_MEMORY: return "not enough memory";
    case VP8_STATUS_UNSUPPORTED_FEATURE: return "it uses what the decoder does not know";
    case VP8_STATUS_NOT_ENOUGH_DATA: return "it is cut short";
    default: return "it is broken";
  }
}

// "RIFF", then the length of what follows, least byte first. What comes after it is passed over.
bool is_cut_short(std::string_view bytes) {
  const std::uint64_t length = byte_at(bytes, 4) | byte_at(bytes, 5) << 8U |
                               byte_at(bytes, 6) << 16U | std::uint64_t{byte_at(bytes, 7)} << 24U;
  return bytes.size() < length + 8;
}

}  // namespace

Result<cv::Mat> decode_webp(std::string_view bytes) {
  if (is_cut_short(bytes)) return unsound(kFormat, "it is cut short");
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0) return unsound(kFormat, "no decoder");
  const VP8StatusCode found = WebPGetFeatures(data, bytes.size(), &config.input);
  if (found != VP8_STATUS_OK) return unsound(kFormat, describe(found));
  if (config.input.has_animation != 0) return animated(kFormat);
  STAREVAL_CHECK(check_size(config.input.width, config.input.height, kFormat));
  const bool transparent = config.input.has_alpha != 0;
  cv::Mat pixels(config.input.height, config.input.width, transparent ? CV_8UC4 : CV_8UC3);
  config.output.colorspace = transparent ? MODE_BGRA : MODE_BGR;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = pixels.data;
  config.output.u.RGBA.stride = static_cast<int>(pixels.step[0]);
  config.output.u.RGBA.size = pixels.total() * pixels.elemSize();
  const VP8StatusCode status = WebPDecode(data, bytes.size(), &config);
  WebPFreeDecBuffer(&config.output);
  if (status != VP8_STATUS_OK) return unsound(kFormat, describe(status));
  return transparent ? on_white(pixels) : pixels;
}

}  // namespace stareval::reader
