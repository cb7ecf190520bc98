// What a Result says went wrong, for comparison with a whole text or a part of it.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "libstareval/base/result.h"

namespace stareval::testing {

template <class T>
std::string error_text(const Result<T>& result) {
  return result.has_error() ? result.error().message : "(no error)";
}

template <class T>
std::optional<ErrorCode> error_code(const Result<T>& result) {
  if (result.has_error()) return result.error().code;
  return std::nullopt;
}

// An error of that code, whose message holds the text.
template <class T>
void expect_error(const Result<T>& result, ErrorCode code, const std::string& text) {
  EXPECT_EQ(error_code(result), code) << error_text(result);
  EXPECT_NE(error_text(result).find(text), std::string::npos) << error_text(result);
}

}  // namespace stareval::testing
