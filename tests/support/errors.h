// What a Result says went wrong, for comparison with a whole text.
#pragma once

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

}  // namespace stareval::testing
