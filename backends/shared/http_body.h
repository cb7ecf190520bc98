// The body of a request as it goes out: texts, pictures that stand in it as base64, and files that
// stand in it as they are. Pictures and files are read from disk while they are sent, so that a
// body costs no memory until then.
// Thread  values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/model/request.h"

namespace stareval {

// A picture that was looked at, but not read.
struct PictureFile {
  ImagePart image;
  std::string media_type;  // "image/png"
  std::uint64_t size_bytes = 0;
};

// Errors  io: cannot be read. bad_data: neither PNG, JPEG, GIF nor WebP by its first bytes.
[[nodiscard]] Result<PictureFile> look_at_picture(const ImagePart& image);

// Those of all messages of the request, in their order.
[[nodiscard]] Result<std::vector<PictureFile>> look_at_pictures(const Request& request);

// A file that is sent byte for byte.
struct RawFile {
  std::filesystem::path path;
  std::uint64_t size_bytes = 0;
};

class HttpBody {
 public:
  using Part = std::variant<std::string, PictureFile, RawFile>;

  HttpBody() = default;
  HttpBody(std::string text) { add(text); }  // NOLINT(google-explicit-constructor): a body of text

  void add(std::string_view text);           // as it is
  void add_base64(const PictureFile& file);  // the file's bytes in base64

  // The file's bytes. io where it is not there.
  [[nodiscard]] Result<void> add_file(const std::filesystem::path& path);

  [[nodiscard]] bool empty() const { return parts_.empty(); }
  [[nodiscard]] std::uint64_t size_bytes() const;
  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }

  // All of it, in memory.
  // Errors  those of read_image() and read_file().
  [[nodiscard]] Result<std::string> bytes() const;

  // For people and tests: "<base64 of NAME>" stands for each picture, "<NAME>" for each file, NAME
  // without its folders.
  [[nodiscard]] std::string outline() const;

 private:
  std::vector<Part> parts_;
};

}  // namespace stareval
