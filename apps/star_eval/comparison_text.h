// A comparison of two runs as people read it.
#pragma once

#include <string>

#include "libstareval/report/comparison.h"

namespace stareval::app {

// Who is compared, a row a task, what is left out, the discordant pairs that were asked for, and
// the reading. Differences in percentage points, B - A.
[[nodiscard]] std::string comparison_text(const Comparison& comparison);

}  // namespace stareval::app
