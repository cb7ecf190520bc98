// Result and its macros: each path by hand.
#include "libstareval/base/result.h"

#include <gtest/gtest.h>

#include <memory>

#include "tests/support/errors.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;

Result<int> half(int number) {
  if (number % 2 != 0)
    return make_error(ErrorCode::bad_data, "{}: expected an even number", number);
  return number / 2;
}

Result<int> quarter(int number) {
  STAREVAL_TRY(const int once, half(number));
  STAREVAL_TRY(const int twice, half(once));
  return twice;
}

Result<void> check_all(int a, int b, int& calls) {
  const auto check = [&](int number) -> Result<void> {
    ++calls;
    STAREVAL_TRY([[maybe_unused]] const int ignored, half(number));
    return {};
  };
  STAREVAL_CHECK(check(a));
  STAREVAL_CHECK(check(b));
  return {};
}

Result<std::unique_ptr<int>> make_owner() { return std::make_unique<int>(7); }

Result<int> read_owner() {
  STAREVAL_TRY(const std::unique_ptr<int> owner, make_owner());
  return *owner;
}

TEST(Result, make_error_formats_its_message_and_keeps_its_code) {
  const Error error = make_error(ErrorCode::mismatch, "{} is not {}", "a", 1);
  EXPECT_EQ(error.code, ErrorCode::mismatch);
  EXPECT_EQ(error.message, "a is not 1");
}

TEST(Result, try_binds_the_value) { EXPECT_EQ(quarter(12).value(), 3); }

TEST(Result, try_hands_on_the_first_error_with_its_code) {
  EXPECT_EQ(error_text(quarter(3)), "3: expected an even number");
  EXPECT_EQ(error_text(quarter(6)), "3: expected an even number");
  EXPECT_EQ(error_code(quarter(6)), ErrorCode::bad_data);
}

TEST(Result, try_moves_what_cannot_be_copied) { EXPECT_EQ(read_owner().value(), 7); }

TEST(Result, check_goes_on_where_there_is_no_error) {
  int calls = 0;
  EXPECT_TRUE(check_all(2, 4, calls).has_value());
  EXPECT_EQ(calls, 2);
}

TEST(Result, check_returns_at_once_and_evaluates_its_expression_once) {
  int calls = 0;
  EXPECT_EQ(error_text(check_all(1, 2, calls)), "1: expected an even number");
  EXPECT_EQ(calls, 1);
}

TEST(Result, check_fits_where_one_statement_is_expected) {
  const auto f = [](bool wanted) -> Result<void> {
    if (wanted) STAREVAL_CHECK(Result<void>(Error{ErrorCode::io, "no"}));
    else return {};
    return {};
  };
  EXPECT_EQ(error_text(f(true)), "no");
  EXPECT_TRUE(f(false).has_value());
}

TEST(Result, value_of_an_error_throws_its_message) {
  try {
    static_cast<void>(half(1).value());
    FAIL() << "expected BadResultAccess";
  } catch (const BadResultAccess& bug) {
    EXPECT_STREQ(bug.what(), "1: expected an even number");
  }
}

}  // namespace
}  // namespace stareval
