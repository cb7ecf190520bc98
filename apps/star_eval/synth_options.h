// The options of star-eval synth: from the command line to what the engine takes.
#pragma once

#include "apps/star_eval/options.h"
#include "engine/synth.h"

namespace stareval::app {

[[nodiscard]] OptionParser make_synth_parser();

// All but the graph. usage where an option is out of range, names nothing, or contradicts another.
[[nodiscard]] Result<engine::SynthOptions> read_synth_options(const OptionParser& parser);

}  // namespace stareval::app
