// All reports of the build, collected from the sub-folders here.
#pragma once

#include "libstareval/run/registry.h"

namespace stareval {

void register_reports(Registry& registry);

}  // namespace stareval
