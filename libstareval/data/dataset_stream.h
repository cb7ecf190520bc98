// One split of a dataset, sample by sample: for what needs each sample once, however many there
// are. Thread  pure functions.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "libstareval/base/result.h"
#include "libstareval/data/dataset.h"

namespace stareval {

using SampleSink = std::function<Result<void>(Sample)>;

// As read_dataset, with the same errors, but each sample goes to `take` and is not kept: `samples`
// of the result is empty. The first error of `take` ends the reading and is given back. Whether the
// digest is the one that dataset.json states is known only at the end, so keep what is made of the
// samples back until then.
// Memory  one sample, and the ids.
[[nodiscard]] Result<Dataset> stream_dataset(const std::filesystem::path& folder,
                                             const std::string& split, const SampleSink& take);

}  // namespace stareval
