// Where public data lies that may be read by tests but is not part of the source.
#pragma once

#include <cstdlib>
#include <filesystem>

namespace stareval::testing {

// $STAREVAL_REALDATA, or ../shared/data beside the source tree. It need not exist: a test that
// wants it is skipped where it does not.
inline std::filesystem::path real_data_folder() {
  const char* named = std::getenv("STAREVAL_REALDATA");
  if (named != nullptr) return named;
  return std::filesystem::path(STAREVAL_TEST_SOURCE_DIR) / "../shared/data";
}

}  // namespace stareval::testing
