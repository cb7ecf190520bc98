// Reads a body piece by piece, as it goes out. Files are read from disk then. A picture is read
// from disk, digested and encoded in one pass; what was changed since the dataset was made is
// noticed before its last piece is given out, so that no server gets a whole request with another
// picture. Memory  none of its own but a few bytes; all readers of a thread share one buffer.
// Thread  one at a time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "backends/shared/http_body.h"
#include "libstareval/base/digest.h"

namespace stareval {

// Files whose bytes were held against a digest, and that were not changed since, by what the system
// says of them (device, inode, size, times of change): their digest need not be computed each time
// that they are sent. A file that was changed within the last second is not taken up, for its next
// change could bear the same time.
// Memory  bounded: it begins anew at 16,384 files.
class VerifiedPictures {
 public:
  // `fd` is open on the file.
  [[nodiscard]] bool holds(int fd, const std::string& digest) const;
  void add(int fd, const std::string& digest);

 private:
  struct Entry {
    std::array<std::int64_t, 5> state;
    std::string digest;
  };
  std::unordered_map<std::int64_t, Entry> files_;  // by inode
};

class BodyReader {
 public:
  // `body` and `verified` must outlive the reader.
  BodyReader(const HttpBody& body, VerifiedPictures& verified);
  ~BodyReader();
  BodyReader(const BodyReader&) = delete;
  BodyReader& operator=(const BodyReader&) = delete;

  // Put the next bytes to `out`, at most `space` of them; 0 at the end only.
  // Errors  io: a picture or file cannot be read. mismatch: it is shorter than it was, or a picture
  //         has another digest.
  [[nodiscard]] Result<std::size_t> read(char* out, std::size_t space);

  [[nodiscard]] bool is_done() const { return part_ == body_.parts().size() && carry_.empty(); }

 private:
  Result<std::size_t> read_part(char* out, std::size_t space);
  std::size_t take_carry(char* out, std::size_t space);
  std::size_t read_text(const std::string& text, char* out, std::size_t space);
  Result<std::size_t> read_picture(const PictureFile& file, char* out, std::size_t space);
  Result<std::size_t> read_file(const RawFile& file, char* out, std::size_t space);
  Result<void> open(const std::filesystem::path& path);
  Result<void> read_bytes(const std::filesystem::path& path, char* out, std::size_t size);
  Result<void> verify(const PictureFile& file);
  void next_part();

  const HttpBody& body_;
  VerifiedPictures& verified_;
  std::size_t part_ = 0;
  std::uint64_t offset_ = 0;  // in the part: of text, or of the file's bytes
  int fd_ = -1;
  std::string carry_;             // bytes that had no room any more: fewer than a group of four
  std::optional<Sha256> digest_;  // of what was read of the picture; nothing where it was verified
};

}  // namespace stareval
