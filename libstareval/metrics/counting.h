// Metrics of counts.   Thread  pure functions.
#pragma once

#include <cstdint>

namespace stareval {

// predicted - gold: above 0 where too many are counted. In floating point, as a model may name any
// number.
[[nodiscard]] double count_error(std::int64_t predicted, std::int64_t gold);

}  // namespace stareval
