// Base64: the vectors of RFC 4648, section 10; a round trip as a property; refusals by hand.
#include "libstareval/base/base64.h"

#include <gtest/gtest.h>

#include <array>
#include <utility>

#include "libstareval/base/random.h"
#include "tests/support/errors.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;
using namespace std::string_view_literals;

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kVectors{
    {{"", ""},
     {"f", "Zg=="},
     {"fo", "Zm8="},
     {"foo", "Zm9v"},
     {"foob", "Zm9vYg=="},
     {"fooba", "Zm9vYmE="},
     {"foobar", "Zm9vYmFy"}}};

TEST(Base64, encodes_the_vectors_of_rfc_4648) {
  for (const auto& [bytes, text] : kVectors) EXPECT_EQ(base64_encode(bytes), text);
}

TEST(Base64, decodes_the_vectors_of_rfc_4648) {
  for (const auto& [bytes, text] : kVectors) EXPECT_EQ(base64_decode(text).value(), bytes);
}

TEST(Base64, uses_the_whole_standard_alphabet) {
  EXPECT_EQ(base64_encode("\xfb\xef\xbe\xff\xff\xff"sv), "++++////");
  EXPECT_EQ(base64_decode("++++////").value(), "\xfb\xef\xbe\xff\xff\xff"sv);
}

TEST(Base64, gives_back_any_bytes) {
  Random random(1);
  for (std::size_t size = 0; size < 4000; size += size < 200 ? 1 : 97) {
    std::string bytes;
    while (bytes.size() < size) bytes += static_cast<char>(random.below(256));
    EXPECT_EQ(base64_decode(base64_encode(bytes)).value(), bytes);
  }
}

TEST(Base64, takes_an_empty_view_that_points_nowhere) {
  EXPECT_EQ(base64_encode(std::string_view()), "");
  EXPECT_EQ(base64_decode(std::string_view()).value(), "");
}

TEST(Base64, refuses_what_is_not_whole_groups_of_the_alphabet) {
  for (const std::string_view text :
       {"Z"sv, "Zg"sv, "Zg="sv, "Zm9vY"sv,                 // not whole groups
        "Zm9\n"sv, " Zm9"sv, "    Zm9v"sv, "Zm9vZm9\n"sv,  // white space
        "Zm9v----"sv, "Zm9_"sv, "Zm9-"sv, "Zm\0v"sv,       // other characters
        "===="sv, "Z==="sv, "=Zm9"sv, "Zm=v"sv,            // padding that is too much or too early
        "Zg==Zg=="sv, "Zm8=Zm9v"sv, "\xc3\xa4Zm"sv}) {
    const auto bytes = base64_decode(text);
    EXPECT_EQ(error_code(bytes), ErrorCode::bad_data) << text;
    EXPECT_EQ(error_text(bytes),
              "base64: expected whole groups of four characters of the alphabet, found something "
              "else");
  }
}

}  // namespace
}  // namespace stareval
