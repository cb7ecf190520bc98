// How a run is sent: how much at once, how fast, how long, how often again. What of it may differ
// between a run and the run that goes on with it: none of it is identity.
#pragma once

#include "apps/star_eval/options.h"
#include "libstareval/base/result.h"
#include "libstareval/run/runner.h"

namespace stareval::app {

void add_runner_options(OptionParser& parser);

// Errors  usage: a rate or a deadline that is no number above 0; an unknown kind of failure.
[[nodiscard]] Result<RunnerOptions> read_runner_options(const OptionParser& parser);

}  // namespace stareval::app
