// Text. By hand: UTF-8 validity (the boundary cases of Unicode 15, table 3-7) and the tables of
// names. Properties over random strings: what is made valid is valid, normal forms are fixed
// points.
#include "libstareval/base/text.h"

#include <gtest/gtest.h>

#include <array>
#include <utility>

#include "libstareval/base/random.h"

namespace stareval {
namespace {

using namespace std::string_view_literals;

TEST(Utf8, of_every_length_is_valid_at_its_bounds) {
  for (const std::string_view text :
       {""sv, "a"sv, "\0"sv, "\x7f"sv, "\xc2\x80"sv, "\xdf\xbf"sv, "\xe0\xa0\x80"sv,
        "\xed\x9f\xbf"sv, "\xee\x80\x80"sv, "\xef\xbf\xbf"sv, "\xf0\x90\x80\x80"sv,
        "\xf4\x8f\xbf\xbf"sv, "na\xc3\xafve"sv, "\xe6\x97\xa5\xe6\x9c\xac"sv}) {
    EXPECT_TRUE(is_valid_utf8(text)) << text;
    EXPECT_EQ(to_valid_utf8(text), text);
  }
}

TEST(Utf8, that_is_broken_is_invalid) {
  for (const std::string_view text : {"\x80"sv,
                                      "\xbf"sv,
                                      "\xff"sv,
                                      "\xfe"sv,  // no first byte
                                      "\xc0\x80"sv,
                                      "\xc1\xbf"sv,
                                      "\xe0\x80\xaf"sv,  // overlong
                                      "\xe0\x9f\xbf"sv,
                                      "\xf0\x80\x80\xaf"sv,
                                      "\xf0\x8f\xbf\xbf"sv,
                                      "\xed\xa0\x80"sv,
                                      "\xed\xbf\xbf"sv,  // surrogates
                                      "\xf4\x90\x80\x80"sv,
                                      "\xf5\x80\x80\x80"sv,      // above U+10FFFF
                                      "\xf8\x88\x80\x80\x80"sv,  // five bytes
                                      "\xc3"sv,
                                      "\xe6\x97"sv,
                                      "\xf0\x9f\x98"sv,  // truncated
                                      "\xc3("sv,
                                      "\xe6(\xa5"sv,
                                      "a\xf0\x9f(\x80"sv})  // wrong continuation
    EXPECT_FALSE(is_valid_utf8(text)) << ::testing::PrintToString(std::string(text));
}

TEST(Utf8, that_is_made_valid_has_a_sign_for_each_bad_byte_and_all_the_rest) {
  EXPECT_EQ(to_valid_utf8("a\xff"
                          "b\xc3\xa4\xc3"),
            "a\uFFFDb\u00E4\uFFFD");
  EXPECT_EQ(to_valid_utf8("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(to_valid_utf8("\xe6\x97z"), "\uFFFD\uFFFDz");
}

std::string random_bytes(Random& random) {
  std::string bytes(random.below(12), '\0');
  for (char& byte : bytes)
    byte =
        static_cast<char>(random.chance(0.5) ? random.between(0x80, 0xff) : random.between(0, 127));
  return bytes;
}

TEST(Utf8, that_is_made_valid_is_valid_whatever_it_was) {
  Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    const std::string valid = to_valid_utf8(random_bytes(random));
    ASSERT_TRUE(is_valid_utf8(valid));
    ASSERT_EQ(to_valid_utf8(valid), valid);
  }
}

using Table = std::vector<std::pair<std::string_view, std::string_view>>;

void expect_normal_forms(const Table& table) {
  for (const auto& [name, normal] : table) EXPECT_EQ(normalise_name(name), normal) << name;
}

TEST(NormaliseName, folds_case_and_white_space) {
  expect_normal_forms({{"France", "france"},
                       {"  FRANCE\n", "france"},
                       {"New\t \n York", "new york"},
                       {"New_York", "new york"},
                       {"__New__York__", "new york"},
                       {"", ""},
                       {" \t", ""},
                       {"_", ""},
                       {"New\u00A0York", "new york"},     // no-break space
                       {"\u3000New York", "new york"}});  // ideographic space
}

TEST(NormaliseName, cuts_quotes_and_punctuation_from_both_ends) {
  expect_normal_forms({{"\"France\"", "france"},
                       {"'France'.", "france"},
                       {"\u201CFrance\u201D", "france"},
                       {"\u2018France\u2019", "france"},
                       {"\u00ABFrance\u00BB", "france"},
                       {"**France**", "france"},
                       {"`France`", "france"},
                       {"- France!", "france"},
                       {"<France>", "france"},
                       {"[[France]]", "france"},
                       {"France\u2026", "france"}});
}

TEST(NormaliseName, leaves_punctuation_within) {
  expect_normal_forms({{"Guinea-Bissau", "guinea-bissau"},
                       {"Guinea\u2013Bissau", "guinea-bissau"},  // en dash
                       {"Guinea\u2011Bissau", "guinea-bissau"},  // non-breaking hyphen
                       {"Cote d\u2019Ivoire", "cote d'ivoire"},
                       {"St. John's", "st. john's"},
                       {"C++", "c++"},
                       {"AT&T", "at&t"},
                       {"3.14", "3.14"}});
}

TEST(NormaliseName, keeps_a_bracket_whose_partner_stands_within) {
  expect_normal_forms({{"Singapore (city)", "singapore (city)"},
                       {"(Singapore (city))", "singapore (city)"},
                       {"\"Singapore (city)\".", "singapore (city)"},
                       {"Washington (D.C.)", "washington (d.c.)"},
                       {"(New) York", "(new) york"},
                       {"(a) b (c)", "(a) b (c)"},
                       {"Foo ((bar))", "foo ((bar))"},
                       {"f(x)[i]", "f(x)[i]"},
                       {"(France)", "france"},
                       {"France)", "france"},
                       {"(France", "france"}});
}

TEST(NormaliseName, keeps_a_name_that_is_nothing_but_punctuation) {
  expect_normal_forms({{"?????", "?????"}, {" ????? ", "?????"}, {"(((", "((("}, {".", "."}});
}

// Unicode's NFKC and full case folding, without the rules of one language.
TEST(NormaliseName, follows_unicode_for_names_of_the_world) {
  expect_normal_forms({{"Stra\u00DFe", "strasse"},
                       {"STRASSE", "strasse"},
                       {"STRA\u1E9EE", "strasse"},
                       {"\u039F\u0394\u03A5\u03A3\u03A3\u0395\u03A5\u03A3",
                        "\u03BF\u03B4\u03C5\u03C3\u03C3\u03B5\u03C5\u03C3"},
                       {"\u03BF\u03B4\u03C5\u03C3\u03C3\u03B5\u03C5\u03C2",  // final sigma
                        "\u03BF\u03B4\u03C5\u03C3\u03C3\u03B5\u03C5\u03C3"},
                       {"\u0130stanbul", "i\u0307stanbul"},  // dotted capital I keeps its dot
                       {"ISPARTA", "isparta"},
                       {"\u0131\u011Fd\u0131r", "\u0131\u011Fd\u0131r"},  // dotless i is its own
                       {"\u65E5\u672C\u3000\u56FD", "\u65E5\u672C \u56FD"},
                       {"\uFF26\uFF4F\uFF4F\uFF08\uFF11\uFF09", "foo(1)"},  // full width
                       {"\uFB01nland", "finland"},                          // ligature fi
                       {"S\u00E3o Tom\u00E9", "s\u00E3o tom\u00E9"},
                       {"Sa\u0303o Tome\u0301", "s\u00E3o tom\u00E9"},  // decomposed
                       {"Fran\u00ADce\u200B", "france"}});  // soft hyphen, zero-width space
}

TEST(NormaliseName, is_not_fuzzy) {
  EXPECT_NE(normalise_name("Franse"), normalise_name("France"));
  EXPECT_NE(normalise_name("Sao Tome"), normalise_name("S\u00E3o Tom\u00E9"));
  EXPECT_NE(normalise_name("Guinea"), normalise_name("Guinea-Bissau"));
  EXPECT_NE(normalise_name("Niger"), normalise_name("Nigeria"));
}

TEST(NormaliseName, takes_bytes_that_are_not_utf8) {
  EXPECT_EQ(normalise_name("A\xff"), "a\uFFFD");
  EXPECT_TRUE(is_valid_utf8(normalise_name("\xed\xa0\x80 (\xc3")));
}

// Pieces that meet badly: marks that combine, brackets, spaces of all kinds, folded letters.
std::string random_name(Random& random) {
  constexpr std::array<std::string_view, 40> kPieces{
      "a",      "I",      " ",      "_",      "(",      ")",      "[",      "]",
      "{",      "}",      ".",      "\"",     "'",      "-",      "<",      "?",
      "\t",     "\u0301", "\u0338", "\u0345", "\u0307", "\u0130", "\u00DF", "\u03A3",
      "\u1E9E", "\uFB01", "\u2011", "\u2013", "\u00A0", "\u00AD", "\u200B", "\u00B4",
      "\u1100", "\u1161", "\u212B", "\u2026", "\uFF08", "\u2047", "\u1FB3", "\xff"};
  std::string name;
  for (std::size_t n = random.below(9); n > 0; --n) name += random.pick(kPieces);
  return name;
}

TEST(NormaliseName, is_a_fixed_point_after_one_time) {
  Random random(1);
  for (int i = 0; i < 50'000; ++i) {
    const std::string name = random_name(random);
    const std::string once = normalise_name(name);
    ASSERT_EQ(normalise_name(once), once) << name;
  }
}

TEST(NormaliseName, never_begins_or_ends_with_a_space_and_has_no_two_in_a_row) {
  Random random(2);
  for (int i = 0; i < 50'000; ++i) {
    const std::string once = normalise_name(random_name(random));
    ASSERT_EQ(trim(once), once);
    ASSERT_EQ(once.find("  "), std::string::npos) << once;
  }
}

TEST(Trim, cuts_ascii_white_space_from_both_ends) {
  EXPECT_EQ(trim(" \t\r\n\f\va b "), "a b");
  EXPECT_EQ(trim("a"), "a");
  EXPECT_EQ(trim(" \n "), "");
  EXPECT_EQ(trim(""), "");
}

TEST(Split, keeps_empty_parts) {
  using Parts = std::vector<std::string_view>;
  EXPECT_EQ(split("a,,b", ','), (Parts{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (Parts{""}));
  EXPECT_EQ(split(",", ','), (Parts{"", ""}));
  EXPECT_EQ(split("ab", ','), (Parts{"ab"}));
}

TEST(EqualsIgnoringCase, is_of_ascii_letters_only) {
  EXPECT_TRUE(equals_ignoring_case("aBz", "AbZ"));
  EXPECT_TRUE(equals_ignoring_case("", ""));
  EXPECT_FALSE(equals_ignoring_case("a", "ab"));
  EXPECT_FALSE(equals_ignoring_case("@[", "`{"));  // 32 apart, and no letters
  EXPECT_FALSE(equals_ignoring_case("\u00C4", "\u00E4"));
}

}  // namespace
}  // namespace stareval
