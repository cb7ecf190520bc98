// Comparison with a file of tests/golden/, whole. To approve a change, and then read the diff:
//     STAREVAL_APPROVE=1 ctest
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/support/temp_folder.h"

namespace stareval::testing {

inline void expect_golden(const std::string& name, const std::string& content) {
  const auto path = std::filesystem::path(STAREVAL_TEST_SOURCE_DIR) / "tests" / "golden" / name;
  if (const char* approve = std::getenv("STAREVAL_APPROVE");
      approve != nullptr && std::string_view(approve) == "1") {
    write_bytes(path, content);
    return;
  }
  ASSERT_TRUE(std::filesystem::exists(path)) << path << " is missing; STAREVAL_APPROVE=1 makes it";
  EXPECT_EQ(content, read_bytes(path))
      << "differs from " << path << "; STAREVAL_APPROVE=1 approves the change";
}

}  // namespace stareval::testing
