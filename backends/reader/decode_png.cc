#include <png.h>

#include <string>

#include "backends/reader/decoders_internal.h"

namespace stareval::reader {
namespace {

constexpr std::string_view kFormat = "PNG";
constexpr std::size_t kSignature = 8;
constexpr std::size_t kAround = 12;  // length, type and checksum of a chunk
constexpr std::size_t kHeader = 13;  // data of IHDR

bool is_letter(unsigned byte) { return (byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z'; }

// One chunk of a file, length and checksum included.
struct Chunk {
  std::string_view type;
  std::string_view whole;

  // Without these no pixel can be read. tRNS is by its letter optional, but changes pixels.
  [[nodiscard]] bool matters() const { return (byte_at(type, 0) & 0x20U) == 0 || type == "tRNS"; }
};

Result<Chunk> next_chunk(std::string_view bytes, std::size_t at) {
  if (bytes.size() - at < kAround) return unsound(kFormat, "it is cut short");
  const Chunk chunk{bytes.substr(at + 4, 4), {}};
  for (std::size_t i = 0; i < 4; ++i)
    if (!is_letter(byte_at(chunk.type, i))) return unsound(kFormat, "a chunk has no type");
  const std::size_t length = big_endian_32(bytes, at);
  if (length > bytes.size() - at - kAround) return unsound(kFormat, "it is cut short");
  return Chunk{chunk.type, bytes.substr(at, length + kAround)};
}

// Size and depth, before a pixel is decoded.
Result<void> check_header(const Chunk& chunk) {
  if (chunk.type != "IHDR" || chunk.whole.size() != kHeader + kAround)
    return unsound(kFormat, "it does not start with its header");
  STAREVAL_CHECK(
      check_size(big_endian_32(chunk.whole, 8), big_endian_32(chunk.whole, 12), kFormat));
  if (const unsigned bits = byte_at(chunk.whole, 16); bits > 8) return too_deep(kFormat, bits);
  return {};
}

// The file without what is no pixel: texts and profiles may be of any size and packed, gamma would
// change the colours, and none of it helps to read a drawing.
Result<std::string> strip(std::string_view bytes) {
  std::string kept(bytes.substr(0, kSignature));
  for (std::size_t at = kSignature;;) {
    STAREVAL_TRY(const Chunk chunk, next_chunk(bytes, at));
    if (at == kSignature) STAREVAL_CHECK(check_header(chunk));
    if (chunk.type == "acTL") return animated(kFormat);
    if (chunk.matters()) kept += chunk.whole;
    if (chunk.type == "IEND") return kept;
    at += chunk.whole.size();
  }
}

// libpng's simple interface, which keeps its complaints to itself.
class Image {
 public:
  Image() { image_.version = PNG_IMAGE_VERSION; }
  ~Image() { png_image_free(&image_); }
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;

  png_image* operator->() { return &image_; }
  png_image* get() { return &image_; }
  [[nodiscard]] Error error() const { return unsound(kFormat, image_.message); }

 private:
  png_image image_{};
};

}  // namespace

Result<cv::Mat> decode_png(std::string_view bytes) {
  STAREVAL_TRY(const std::string file, strip(bytes));
  Image image;
  if (png_image_begin_read_from_memory(image.get(), file.data(), file.size()) == 0)
    return image.error();
  STAREVAL_CHECK(check_size(image->width, image->height, kFormat));
  const bool transparent = (image->format & PNG_FORMAT_FLAG_ALPHA) != 0;
  image->format = transparent ? PNG_FORMAT_BGRA : PNG_FORMAT_BGR;
  cv::Mat pixels(static_cast<int>(image->height), static_cast<int>(image->width),
                 transparent ? CV_8UC4 : CV_8UC3);
  if (png_image_finish_read(image.get(), nullptr, pixels.data,
                            static_cast<png_int_32>(pixels.step[0]), nullptr) == 0)
    return image.error();
  return transparent ? on_white(pixels) : pixels;
}

}  // namespace stareval::reader
