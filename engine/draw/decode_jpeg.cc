#include <turbojpeg.h>

#include <algorithm>
#include <memory>
#include <string>
#include <type_traits>

#include "engine/draw/picture_decoder.h"
#include "engine/draw/picture_decoder_internal.h"

namespace stareval::engine {
namespace {

struct FreeHandle {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Handle = std::unique_ptr<std::remove_pointer_t<tjhandle>, FreeHandle>;

struct Header {
  int width = 0;
  int height = 0;
  bool inks = false;  // cyan, magenta, yellow, black
};

const unsigned char* data_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

Result<Header> read_header(tjhandle handle, std::string_view bytes, const std::string& name) {
  Header header;
  int sampling = 0;
  int space = 0;
  if (tjDecompressHeader3(handle, data_of(bytes), bytes.size(), &header.width, &header.height,
                          &sampling, &space) != 0)
    return broken_picture(name, "JPEG", tjGetErrorStr2(handle));
  STAREVAL_CHECK(check_size(header.width, header.height, name, "JPEG"));
  header.inks = space == TJCS_CMYK || space == TJCS_YCCK;
  return header;
}

// The decoder itself makes it smaller by 1/2, 1/4 or 1/8, as far as it stays large enough.
PictureSide decoded_size(const Header& header, int most) {
  tjscalingfactor best{1, 1};
  for (const int part : {2, 4, 8}) {
    const tjscalingfactor factor{1, part};
    if (TJSCALED(std::max(header.width, header.height), factor) >= most) best = factor;
  }
  return {TJSCALED(header.width, best), TJSCALED(header.height, best)};
}

// Bytes between two segments, which some cameras write, lose nothing.
bool harmless(tjhandle handle) {
  return tjGetErrorCode(handle) == TJERR_WARNING &&
         std::string_view(tjGetErrorStr2(handle)).find("extraneous bytes") !=
             std::string_view::npos;
}

// Inks are stored as what they leave of the light (Adobe's way), so that they multiply.
void inks_to_light(std::vector<std::uint32_t>& pixels) {
  for (std::uint32_t& value : pixels) {
    const std::uint32_t black = value >> 24U;
    const auto light = [&](unsigned shift) { return ((value >> shift) & 255U) * black / 255U; };
    value = 0xFF000000U | light(0U) << 16U | light(8U) << 8U | light(16U);
  }
}

}  // namespace

Result<Bitmap> decode_jpeg(std::string_view bytes, const std::string& name, int most) {
  const Handle handle(tjInitDecompress());
  if (handle == nullptr) return broken_picture(name, "JPEG", "no decoder");
  STAREVAL_TRY(const Header header, read_header(handle.get(), bytes, name));
  const PictureSide size = decoded_size(header, most);
  Bitmap bitmap = empty_bitmap(size.width, size.height);
  // A limit on scans: a progressive picture may else take minutes.
  if (tjDecompress2(handle.get(), data_of(bytes), bytes.size(),
                    reinterpret_cast<unsigned char*>(bitmap.pixels.data()), size.width,
                    size.width * 4, size.height, header.inks ? TJPF_CMYK : TJPF_BGRA,
                    TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT) != 0 &&
      !harmless(handle.get()))
    return broken_picture(name, "JPEG", tjGetErrorStr2(handle.get()));
  if (header.inks) inks_to_light(bitmap.pixels);
  const auto [width, height] = bounded(size.width, size.height, most);
  if (width == size.width && height == size.height) return bitmap;
  const SurfacePtr surface =
      surface_over(bitmap.pixels.data(), bitmap.width, bitmap.height, CAIRO_FORMAT_ARGB32);
  return scaled_copy(surface.get(), width, height);
}

}  // namespace stareval::engine
