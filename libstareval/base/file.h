// Files: read whole, write so that a reader sees the old or the new content and never a part.
// Errors  io, with the path and the system's reason.
// Thread  pure functions on the file system.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "libstareval/base/result.h"

namespace stareval {

[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path);

// Write to a temporary file beside `path`, fsync, rename over it. Makes missing parent folders.
[[nodiscard]] Result<void> write_file_atomic(const std::filesystem::path& path,
                                             std::string_view content);

// Write without waiting for the disk, for many files that nobody looks at before sync_files().
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view content);

// Wait until all that was written to the file system of the folder is on disk, by whomever; fails
// where some of it could not be. What cannot be synced (a FUSE mount) is no error.
[[nodiscard]] Result<void> sync_files(const std::filesystem::path& folder);

// A rename is on disk when its folder is. What cannot be synced is no error.
void sync_folder_of(const std::filesystem::path& path);

// False also where it cannot be told: no right to look, a name that is too long.
[[nodiscard]] bool file_exists(const std::filesystem::path& path);

[[nodiscard]] Result<void> make_folders(const std::filesystem::path& folder);

}  // namespace stareval
