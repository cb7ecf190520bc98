// Files that are too large to hold: read line by line, written piece by piece and put in place
// whole. Errors  io, with the path and the system's reason. Thread  one thread for each reader or
// writer.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <string_view>

#include "libstareval/base/result.h"

namespace stareval {

// Hand each line to `take`, without its line feed; a last line needs none. The first error that
// `take` gives ends the reading. Memory: the longest line.
[[nodiscard]] Result<void> for_each_line(const std::filesystem::path& path,
                                         const std::function<Result<void>(std::string_view)>& take);

// Writes to a temporary file beside `path`. commit() puts it in the place of `path`; without it,
// the temporary file goes with the writer, and what stood at `path` stays.
class FileWriter {
 public:
  // Makes missing parent folders.
  [[nodiscard]] static Result<FileWriter> open(const std::filesystem::path& path);

  FileWriter(FileWriter&& other) noexcept;
  FileWriter& operator=(FileWriter&&) = delete;
  ~FileWriter();

  [[nodiscard]] Result<void> write(std::string_view text);
  [[nodiscard]] Result<void> commit();  // on disk when it returns; at most once

 private:
  FileWriter(std::filesystem::path path, std::filesystem::path temporary);

  std::filesystem::path path_;
  std::filesystem::path temporary_;  // "" once it is in place, or moved from
  std::ofstream file_;
};

}  // namespace stareval
