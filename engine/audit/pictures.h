// The files of a split's pictures: read once each, checked and measured.
#pragma once

#include <filesystem>

#include "engine/audit/input.h"

namespace stareval::engine {

// Sets picture_bytes of the items, and broken_pictures and pictures of the split. A file that
// several samples show is read once, and its fault is told of the first. A picture is broken where
// it is missing, is no whole PNG, JPEG, GIF or WebP, or has another digest or size than stated.
// Thread  `threads` threads, joined before it returns; the result does not depend on their number.
void read_pictures(const std::filesystem::path& folder, int threads, AuditSplit& split);

}  // namespace stareval::engine
