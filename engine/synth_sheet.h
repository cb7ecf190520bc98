// Some pictures of a dataset on one sheet, for people to look at.
// Thread  pure functions on the file system.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "libstareval/base/result.h"

namespace stareval::engine {

// A PNG with at most `pictures` of a split, evenly from its beginning to its end, each with its id
// and what drew it. Errors: those of reading the split, and of its picture files.
[[nodiscard]] Result<std::string> sheet_of_split(const std::filesystem::path& folder,
                                                 const std::string& split,
                                                 std::size_t pictures = 24);

}  // namespace stareval::engine
