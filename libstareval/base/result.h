// Result<T>: a value, or an Error that says what, where, what was expected, and what to do.
// For what the world does (files, network, bad rows, wrong use). Bugs throw.
// Thread  values; no shared state.
#pragma once

#include <fmt/format.h>

#include <boost/system/result.hpp>
#include <stdexcept>
#include <string>
#include <utility>

namespace stareval {

enum class ErrorCode {
  usage,     // the caller asked for something that does not exist or does not fit: exit 2
  mismatch,  // two things that must agree do not (digest, version, configuration): exit 2
  bad_data,  // a file or record is not what its format asks for: exit 3 (1 from a check)
  io,        // a file cannot be found, read or written: exit 3
  network,   // an endpoint cannot be reached, or answers with an error: exit 3
};

struct Error {
  ErrorCode code = ErrorCode::bad_data;
  std::string message;
};

// Thrown by Result::value() on an Error that nobody looked at: a bug of the caller.
class BadResultAccess : public std::logic_error {
  using std::logic_error::logic_error;
};

[[noreturn]] inline void throw_exception_from_error(const Error& error,
                                                    const boost::source_location&) {
  throw BadResultAccess(error.message);
}

template <class T>
using Result = boost::system::result<T, Error>;

template <class... Args>
[[nodiscard]] Error make_error(ErrorCode code, fmt::format_string<Args...> format, Args&&... args) {
  return Error{code, fmt::format(format, std::forward<Args>(args)...)};
}

}  // namespace stareval

#define STAREVAL_CONCAT_INNER(a, b) a##b
#define STAREVAL_CONCAT(a, b) STAREVAL_CONCAT_INNER(a, b)

// STAREVAL_TRY(auto x, f());  binds the value, or returns the Error to the caller.
#define STAREVAL_TRY(declaration, expression) \
  STAREVAL_TRY_INNER(declaration, expression, STAREVAL_CONCAT(stareval_try_, __LINE__))
#define STAREVAL_TRY_INNER(declaration, expression, temporary)    \
  auto temporary = (expression);                                  \
  if (temporary.has_error()) return std::move(temporary).error(); \
  declaration = std::move(temporary).value()

// STAREVAL_CHECK(f());  for Result<void>: goes on, or returns the Error to the caller.
#define STAREVAL_CHECK(expression)                                      \
  do {                                                                  \
    if (auto stareval_check = (expression); stareval_check.has_error()) \
      return std::move(stareval_check).error();                         \
  } while (false)
