// Parts of one run that were asked apart, on one machine or several, put together: shards
// (--shard 1/4 ...), or runs of the same options that were each stopped.
// The result is the same whatever the order of the parts.
#pragma once

#include <filesystem>
#include <span>

#include "libstareval/base/result.h"

namespace stareval {

struct MergeReport {
  std::size_t replies = 0;     // lines of the new journal
  std::size_t duplicates = 0;  // lines that stood in several parts, written once
};

// Write the run folder `out`: a manifest without shard, and a journal with the lines of all parts,
// sorted. Scores are not written: they are derived.
// Where two parts hold different replies to one request, both are kept, and the first in the order
// of their bytes counts.
// Errors  usage: no parts, one named twice or still written, or `out` is one of them or holds
//         replies. mismatch: two parts differ in
//         more than their shard: each field is named. Those of manifests and journals.
// Memory  about 150 bytes a line.
[[nodiscard]] Result<MergeReport> merge_runs(std::span<const std::filesystem::path> parts,
                                             const std::filesystem::path& out);

}  // namespace stareval
