// --batch: whether a run is sent as batches.
//     api    parts are uploaded to the vendor's batch API, and waited for
//     files  parts are written for somebody to run (vLLM's run-batch), and read back by the same
//            command
// --batch-poll S: seconds between two looks at a batch, from 1 s at first to S.
#pragma once

#include <optional>
#include <string>

#include "apps/star_eval/options.h"
#include "libstareval/base/result.h"
#include "libstareval/run/batch_runner.h"

namespace stareval::app {

void add_batch_option(OptionParser& parser);

// Nothing where the run is not sent as batches.
// Errors  usage: another word; seconds that are not above 0; options that have no meaning for
//         batches (--cache, --rpm, --tpm, --retry, --sample-deadline).
[[nodiscard]] Result<std::optional<BatchOptions>> read_batch_option(const OptionParser& parser);

// "round 2: 1/3 parts done, in_progress, 120 answered, 3 failed"
[[nodiscard]] std::string batch_progress_text(const BatchProgress& progress);

}  // namespace stareval::app
