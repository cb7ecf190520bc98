// Reads a body piece by piece, as it goes out. Files are read from disk then. A picture is read
// from disk, digested and encoded in one pass; what was changed since the dataset was made is
// noticed before its last piece is given out, so that no server gets a whole request with another
// picture. Memory  none of its own but a few bytes; all readers of a thread share one buffer.
// Thread  one at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "backends/shared/http_body.h"
#include "libstareval/base/digest.h"

namespace stareval {

class BodyReader {
 public:
  // `body` must outlive the reader.
  explicit BodyReader(const HttpBody& body);
  ~BodyReader();
  BodyReader(const BodyReader&) = delete;
  BodyReader& operator=(const BodyReader&) = delete;

  // Put the next bytes to `out`, at most `space` (at least 4) of them; 0 at the end.
  // Errors  io: a picture or file cannot be read. mismatch: it is shorter than it was; a picture
  // has
  //         another digest.
  [[nodiscard]] Result<std::size_t> read(char* out, std::size_t space);

  [[nodiscard]] bool is_done() const { return part_ == body_.parts().size(); }

 private:
  std::size_t read_text(const std::string& text, char* out, std::size_t space);
  Result<std::size_t> read_picture(const PictureFile& file, char* out, std::size_t space);
  Result<std::size_t> read_file(const RawFile& file, char* out, std::size_t space);
  Result<void> read_bytes(const std::filesystem::path& path, char* out, std::size_t size);
  Result<void> verify(const PictureFile& file);
  void next_part();

  const HttpBody& body_;
  std::size_t part_ = 0;
  std::uint64_t offset_ = 0;  // in the part: of text, or of the file's bytes
  int fd_ = -1;
  std::optional<Sha256> digest_;
};

}  // namespace stareval
