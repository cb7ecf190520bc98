#include <turbojpeg.h>

#include <algorithm>
#include <memory>
#include <type_traits>

#include "backends/reader/decoders_internal.h"

namespace stareval::reader {
namespace {

constexpr std::string_view kFormat = "JPEG";

// A progressive picture is gone over once a scan, also where a scan holds next to nothing; ten are
// usual. At 15 million pixels a scan and 40 million pixels this lets 20 pass.
constexpr double kMostScannedPixels = 800e6;

// What the segments of a file say, seen without decoding.
struct Outline {
  unsigned bits = 8;  // a channel
  int scans = 0;
  bool ends = false;  // with its end mark; what follows that is passed over
};

bool stands_alone(unsigned mark) { return mark <= 0x01 || (mark >= 0xD0 && mark <= 0xD8); }

// SOF0 to SOF15, less what else lies among them: DHT, JPG and DAC.
bool starts_frame(unsigned mark) {
  return mark >= 0xC0 && mark <= 0xCF && mark != 0xC4 && mark != 0xC8 && mark != 0xCC;
}

// ITU-T T.81, annex B. A mark within the packed pixels is a zero byte longer than a real one.
Outline read_outline(std::string_view bytes) {
  Outline outline;
  std::size_t at = 2;
  while ((at = bytes.find('\xff', at)) < bytes.size()) {
    at = bytes.find_first_not_of('\xff', at);
    if (at == std::string_view::npos) break;
    const unsigned mark = byte_at(bytes, at++);
    if (stands_alone(mark)) continue;
    outline.ends = mark == 0xD9;
    if (outline.ends || bytes.size() - at < 3) break;
    if (starts_frame(mark)) outline.bits = byte_at(bytes, at + 2);
    if (mark == 0xDA) ++outline.scans;
    at += byte_at(bytes, at) << 8U | byte_at(bytes, at + 1);
  }
  return outline;
}

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

Result<Header> read_header(tjhandle handle, std::string_view bytes) {
  Header header;
  int sampling = 0;
  int space = 0;
  if (tjDecompressHeader3(handle, data_of(bytes), bytes.size(), &header.width, &header.height,
                          &sampling, &space) != 0)
    return unsound(kFormat, tjGetErrorStr2(handle));
  STAREVAL_CHECK(check_size(header.width, header.height, kFormat));
  header.inks = space == TJCS_CMYK || space == TJCS_YCCK;
  return header;
}

// Bytes between two segments, which some cameras write, lose nothing.
bool harmless(tjhandle handle) {
  return tjGetErrorCode(handle) == TJERR_WARNING &&
         std::string_view(tjGetErrorStr2(handle)).find("extraneous bytes") !=
             std::string_view::npos;
}

// Inks are stored as what they leave of the light (Adobe's way), so that they multiply.
cv::Mat inks_to_light(const cv::Mat& inks) {
  cv::Mat light(inks.rows, inks.cols, CV_8UC3);
  std::transform(inks.begin<cv::Vec4b>(), inks.end<cv::Vec4b>(), light.begin<cv::Vec3b>(),
                 [](const cv::Vec4b& ink) {
                   const auto left = [&](int c) {
                     return static_cast<std::uint8_t>(ink[c] * ink[3] / 255);
                   };
                   return cv::Vec3b(left(2), left(1), left(0));
                 });
  return light;
}

}  // namespace

Result<cv::Mat> decode_jpeg(std::string_view bytes) {
  const Outline outline = read_outline(bytes);
  if (!outline.ends) return unsound(kFormat, "it is cut short");
  if (outline.bits != 8) return too_deep(kFormat, outline.bits);
  const Handle handle(tjInitDecompress());
  if (handle == nullptr) return unsound(kFormat, "no decoder");
  STAREVAL_TRY(const Header header, read_header(handle.get(), bytes));
  if (static_cast<double>(header.width) * header.height * outline.scans > kMostScannedPixels)
    return unsound(kFormat, fmt::format("it has {} scans; store it anew", outline.scans));
  cv::Mat pixels(header.height, header.width, header.inks ? CV_8UC4 : CV_8UC3);
  if (tjDecompress2(handle.get(), data_of(bytes), bytes.size(), pixels.data, header.width,
                    static_cast<int>(pixels.step[0]), header.height,
                    header.inks ? TJPF_CMYK : TJPF_BGR,
                    TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT) != 0 &&
      !harmless(handle.get()))
    return unsound(kFormat, tjGetErrorStr2(handle.get()));
  return header.inks ? inks_to_light(pixels) : pixels;
}

}  // namespace stareval::reader
