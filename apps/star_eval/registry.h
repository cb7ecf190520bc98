// Every protocol, backend and report that this program knows: those of the library, and those that
// stand in components of their own.
#pragma once

#include "libstareval/run/registry.h"

namespace stareval::app {

[[nodiscard]] Registry app_registry();

}  // namespace stareval::app
