// Width and height of a picture, from the first bytes of its file; no pixel is decoded.
// PNG: IHDR (W3C PNG, 11.2.1). GIF: logical screen (GIF89a, 18). JPEG: the frame header, behind the
// segments that come before it (ITU T.81, B.2.2). WebP: VP8, VP8L or VP8X (RFC 9649, 2.5 to 2.7).
// Rotation by EXIF is not applied.
// Thread  pure functions.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "libstareval/base/result.h"
#include "libstareval/data/picture_check.h"

namespace stareval {

// `bytes` may be the begin of the file: 32 bytes do for PNG, GIF and WebP; a JPEG may hold its
// frame header behind up to 64 KB for each segment of metadata. `where` names the file in errors.
// Errors  bad_data: not one of the four formats, cut before its size, or a side of 0.
[[nodiscard]] Result<PictureSize> picture_size(std::string_view bytes, const std::string& where);

// Of a file. Cost: one read of 4 KB; more for a JPEG with much metadata.
// Errors  io: it cannot be read; and those of picture_size.
[[nodiscard]] Result<PictureSize> read_picture_size(const std::filesystem::path& path);

}  // namespace stareval
