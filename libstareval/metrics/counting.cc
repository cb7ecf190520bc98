#include "libstareval/metrics/counting.h"

namespace stareval {

double count_error(std::int64_t predicted, std::int64_t gold) {
  return static_cast<double>(predicted) - static_cast<double>(gold);
}

}  // namespace stareval
