// What the parts of `star-eval cache` share.
#pragma once

#include <cstdint>
#include <string>

#include "apps/star_eval/command.h"
#include "libstareval/base/result.h"

namespace stareval::app {

// "2026-11-23 07:15 UTC"
[[nodiscard]] std::string time_text(std::int64_t seconds_since_1970);

Result<int> cache_explain(const Arguments& arguments);

}  // namespace stareval::app
