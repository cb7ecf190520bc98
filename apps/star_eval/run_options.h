// The options of `star-eval run`, for commands that ask what a run with them would do.
#pragma once

#include "apps/star_eval/model_options.h"
#include "apps/star_eval/options.h"
#include "libstareval/base/result.h"
#include "libstareval/run/evaluation.h"
#include "libstareval/run/registry.h"

namespace stareval::app {

void add_run_options(OptionParser& parser);

// usage where an option does not fit.
[[nodiscard]] Result<Evaluation> read_evaluation(const OptionParser& parser,
                                                 const Registry& registry,
                                                 const ModelOptions& model);

}  // namespace stareval::app
