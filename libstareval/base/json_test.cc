// The JSON writer and parser. By hand: escapes, forms, error texts. Properties over random values:
// what is written is read back equal, and canonical text is a fixed point. The typed reader is
// tested in json_reader_test.cc.
#include "libstareval/base/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "libstareval/base/random.h"
#include "tests/support/errors.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;

TEST(JsonWriter, escapes_what_must_be_and_nothing_else) {
  EXPECT_EQ(to_json("a\"b\\c/d"), R"("a\"b\\c/d")");
  EXPECT_EQ(to_json("\n\r\t\b\f"), R"("\n\r\t\u0008\u000c")");
  EXPECT_EQ(to_json(json::string("\0\x1f\x7f", 3)), "\"\\u0000\\u001f\x7f\"");
  EXPECT_EQ(to_json("\u00E4\u65E5\U0001F600"), "\"\u00E4\u65E5\U0001F600\"");
}

TEST(JsonWriter, replaces_bytes_that_are_not_utf8) {
  EXPECT_EQ(to_json("a\xff"), "\"a\uFFFD\"");
  EXPECT_TRUE(parse_json(to_json(json::object{{"\xc3", "\xed\xa0\x80"}}), "x").has_value());
}

TEST(JsonWriter, writes_plain_values) {
  EXPECT_EQ(to_json(nullptr), "null");
  EXPECT_EQ(to_json(true), "true");
  EXPECT_EQ(to_json(false), "false");
  EXPECT_EQ(to_json(-7), "-7");
  EXPECT_EQ(to_json(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(to_json(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(to_json(json::array{}), "[]");
  EXPECT_EQ(to_json(json::object{}), "{}");
}

TEST(JsonWriter, writes_doubles_as_short_as_they_go) {
  EXPECT_EQ(to_json(0.1), "0.1");
  EXPECT_EQ(to_json(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(to_json(1.0), "1");
  EXPECT_EQ(to_json(1e300), "1e+300");
  EXPECT_EQ(to_json(-0.0), "0");
}

TEST(JsonWriter, writes_null_for_what_is_no_number) {
  EXPECT_EQ(to_json(std::nan("")), "null");
  EXPECT_EQ(to_json(json::array{std::numeric_limits<double>::infinity(),
                                -std::numeric_limits<double>::infinity()}),
            "[null,null]");
}

TEST(JsonWriter, keeps_the_order_of_keys) {
  EXPECT_EQ(to_json(json::object{{"b", 1}, {"a", json::array{1, 2}}}), R"({"b":1,"a":[1,2]})");
}

TEST(JsonWriter, sorts_keys_by_their_bytes_in_canonical_form_at_every_depth) {
  const json::value value{{"b", json::object{{"z", 1}, {"Z", 2}, {"\u00E4", 3}, {"", 4}}},
                          {"a", json::array{json::object{{"y", 1}, {"x", 2}}}}};
  EXPECT_EQ(to_canonical_json(value),
            "{\"a\":[{\"x\":2,\"y\":1}],\"b\":{\"\":4,\"Z\":2,\"z\":1,\"\u00E4\":3}}");
}

TEST(JsonWriter, keeps_plain_arrays_on_one_line_in_pretty_form) {
  const json::value value{{"name", "x"},
                          {"triples", json::array{json::array{"a", "b", "c"}, json::array{}}},
                          {"empty", json::object{}},
                          {"inner", json::object{{"n", 1}}}};
  EXPECT_EQ(to_pretty_json(value),
            "{\n"
            "  \"name\": \"x\",\n"
            "  \"triples\": [\n"
            "    [\"a\", \"b\", \"c\"],\n"
            "    []\n"
            "  ],\n"
            "  \"empty\": {},\n"
            "  \"inner\": {\n"
            "    \"n\": 1\n"
            "  }\n"
            "}\n");
}

bool reads_back_equal(double number) {
  const auto value = parse_json(to_json(number), "x");
  return value.has_value() && value->is_number() && value->to_number<double>() == number;
}

TEST(Json, doubles_of_any_bits_are_read_back_equal) {
  Random random(1);
  for (int i = 0; i < 50'000; ++i) {
    const std::uint64_t bits = random.next();
    double number = 0;
    std::memcpy(&number, &bits, sizeof number);
    ASSERT_TRUE(!std::isfinite(number) || reads_back_equal(number)) << to_json(number);
  }
}

TEST(Json, fractions_are_read_back_equal) {
  for (int n = 1; n < 400; ++n)
    for (int k = 0; k <= n; ++k)
      ASSERT_TRUE(reads_back_equal(static_cast<double>(k) / n)) << k << "/" << n;
}

TEST(Json, doubles_at_the_bounds_are_read_back_equal) {
  using limits = std::numeric_limits<double>;
  for (const double number : {limits::max(), limits::lowest(), limits::min(), limits::denorm_min(),
                              limits::epsilon(), 9007199254740993.0, 1e15, 1e16, 1e17, 1e22, 1e23})
    EXPECT_TRUE(reads_back_equal(number)) << number;
}

json::value random_value(Random& random, int depth) {
  switch (random.below(depth == 0 ? 5 : 7)) {
    case 0: return nullptr;
    case 1: return random.chance(0.5);
    case 2: return static_cast<std::int64_t>(random.next());
    case 3: return random.uniform() * std::pow(10, random.between(-30, 30));
    case 4: return json::string(std::string(random.below(4), static_cast<char>(random.below(128))));
    case 5: {
      json::array items;
      for (std::size_t n = random.below(4); n > 0; --n)
        items.push_back(random_value(random, depth - 1));
      return items;
    }
    default: {
      json::object object;
      for (std::size_t n = random.below(4); n > 0; --n)
        object[std::string(1, static_cast<char>(random.below(128)))] =
            random_value(random, depth - 1);
      return object;
    }
  }
}

TEST(Json, canonical_text_is_a_fixed_point_of_reading_and_writing) {
  Random random(1);
  for (int i = 0; i < 5000; ++i) {
    const json::value value = random_value(random, 4);
    const std::string text = to_canonical_json(value);
    ASSERT_EQ(to_canonical_json(parse_json(text, "x").value()), text);
    ASSERT_EQ(to_canonical_json(parse_json(to_pretty_json(value), "x").value()), text);
    ASSERT_EQ(to_canonical_json(parse_json(to_json(value), "x").value()), text);
  }
}

TEST(JsonParser, takes_white_space_around_and_escapes_within) {
  EXPECT_EQ(parse_json(" \t\r\n[1 , 2]\r\n", "x").value(), (json::value{1, 2}));
  EXPECT_EQ(parse_json(R"("\u00e4\uD83D\uDE00\/")", "x").value(), json::value("\u00E4\U0001F600/"));
  EXPECT_EQ(parse_json("[]", "x").value(), json::value(json::array{}));
}

TEST(JsonParser, reads_whole_numbers_as_integers_up_to_64_bits) {
  EXPECT_EQ(parse_json("9223372036854775807", "x")->kind(), json::kind::int64);
  EXPECT_EQ(parse_json("18446744073709551615", "x")->kind(), json::kind::uint64);
  EXPECT_EQ(parse_json("18446744073709551616", "x")->kind(), json::kind::double_);
  EXPECT_EQ(parse_json("1e2", "x")->kind(), json::kind::double_);
}

TEST(JsonParser, reads_a_number_too_small_for_a_double_as_zero) {
  EXPECT_EQ(parse_json("[1e-999]", "x").value(), (json::value(json::array{0.0})));
}

TEST(JsonParser, keeps_the_last_of_equal_keys) {
  EXPECT_EQ(parse_json(R"({"a":1,"a":2})", "x").value(), (json::value{{"a", 2}}));
}

TEST(JsonParser, names_the_place_of_what_is_not_json) {
  EXPECT_EQ(error_text(parse_json("", "test.jsonl:3")),
            "test.jsonl:3: expected JSON, found nothing");
  EXPECT_EQ(error_text(parse_json("{\"a\":}", "test.jsonl:3")),
            "test.jsonl:3: expected JSON, found something else (syntax error)");
}

TEST(JsonParser, refuses_what_is_not_json) {
  for (const std::string_view text :
       {"{",           "[1,]",     "{\"a\" 1}", "nul", "NaN",  "Infinity", "01",
        "+1",          "1.",       ".5",        "'a'", "\"a",  "\"\n\"",   "\"\\x\"",
        "\"\\ud800\"", "\"\xff\"", "// c\n1",   "1 2", "{} x", " ",        "1e999"})
    EXPECT_EQ(error_code(parse_json(text, "x")), ErrorCode::bad_data) << text;
}

TEST(JsonParser, refuses_what_is_nested_too_deep) {
  EXPECT_TRUE(parse_json(std::string(32, '[') + std::string(32, ']'), "x").has_value());
  EXPECT_TRUE(parse_json(std::string(33, '[') + std::string(33, ']'), "x").has_error());
  EXPECT_TRUE(parse_json(std::string(1'000'000, '['), "x").has_error());
}

TEST(JsonParser, says_what_stands_where_an_object_is_wanted) {
  EXPECT_EQ(error_text(parse_json_object("[1]", "x")), "x: expected a JSON object, found an array");
  EXPECT_EQ(error_text(parse_json_object("1.5", "x")), "x: expected a JSON object, found a number");
  EXPECT_EQ(error_text(parse_json_object("null", "x")), "x: expected a JSON object, found null");
}

TEST(Json, mends_lone_surrogates_and_nothing_else) {
  EXPECT_EQ(with_whole_surrogates(R"("\ud83d\ude00 \u00e9")"), R"("\ud83d\ude00 \u00e9")");
  EXPECT_EQ(with_whole_surrogates(R"("\ud83d.")"), R"("\ufffd.")");
  EXPECT_EQ(with_whole_surrogates(R"("\ude00\ud83d")"), R"("\ufffd\ufffd")");
  EXPECT_EQ(with_whole_surrogates(R"("\\ud83d \\\ud83d")"), R"("\\ud83d \\\ufffd")");
  EXPECT_EQ(with_whole_surrogates(R"(\u12)"), R"(\u12)");
  EXPECT_EQ(with_whole_surrogates("\\"), "\\");
}

}  // namespace
}  // namespace stareval
