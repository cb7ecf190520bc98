// Pictures of a dataset, copied into another folder.   Thread  pure functions on the file system.
#pragma once

#include <filesystem>

#include "libstareval/base/result.h"
#include "libstareval/model/request.h"

namespace stareval::training {

// Copy a picture, held against its digest. A file at `target` with the same bytes stays as it is.
// Errors  usage: other bytes are there, and `overwrite` is false. mismatch: the source was changed.
// io.
[[nodiscard]] Result<void> copy_picture(const ImagePart& source,
                                        const std::filesystem::path& target, bool overwrite);

}  // namespace stareval::training
