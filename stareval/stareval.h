// StarEval in one include, for programs that link stareval::stareval.
#pragma once

#include "libstareval/run/registry.h"

namespace stareval {

// A registry with every protocol, backend and report of this build.
[[nodiscard]] Registry make_registry();

}  // namespace stareval
