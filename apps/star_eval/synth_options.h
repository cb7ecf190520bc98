// The options of star-eval synth: from the command line to what the engine takes.
#pragma once

#include "apps/star_eval/options.h"
#include "engine/graph/load_graph.h"
#include "engine/synth.h"

namespace stareval::app {

[[nodiscard]] OptionParser make_synth_parser();

// Load the graph that --graph names, with emblems where it has no pictures.
[[nodiscard]] Result<engine::LoadedGraph> load_synth_graph(const OptionParser& parser);

// All but the graph. usage where an option is out of range, names nothing, or contradicts another.
[[nodiscard]] Result<engine::SynthOptions> read_synth_options(const OptionParser& parser);

}  // namespace stareval::app
