// What `star-eval score` and its kin score: the replies of a run folder.
#pragma once

#include <filesystem>
#include <string_view>

#include "apps/star_eval/options.h"
#include "libstareval/base/result.h"
#include "libstareval/run/scoring.h"

namespace stareval::app {

// The run folder as the only positional argument, and --dataset.
void add_run_folder_options(OptionParser& parser);

// The folder of --dataset; "" where it is not given.
[[nodiscard]] Result<std::filesystem::path> dataset_folder(const OptionParser& parser);

// usage where no run folder is named; `command` stands in the advice.
[[nodiscard]] Result<StoredRun> open_run(const OptionParser& parser, std::string_view command);

}  // namespace stareval::app
