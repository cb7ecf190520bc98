// Each kind of literal and each refusal by hand; values and refusals of Python's own
// ast.literal_eval (tests/data/reference/make_python_literal.py) for some 250 texts.
#include "libstareval/data/python_literal.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/errors.h"
#include "tests/support/reference.h"

namespace stareval {
namespace {

std::string read(std::string_view text) {
  const auto value = parse_python_literal(text, "in");
  return value ? to_json(*value) : value.error().message;
}

TEST(PythonLiteral, ReadsALineOfARelease) {
  EXPECT_EQ(read(R"({'token': ['Lee', "didn't"], 'h': {'name': 'Lee', 'pos': [0, 1]}, )"
                 R"('t': {'name': '[OBJ0]', 'pos': ('0.5', .25, 1e-1, 0.5)}, 'x': None})"),
            R"({"token":["Lee","didn't"],"h":{"name":"Lee","pos":[0,1]},)"
            R"("t":{"name":"[OBJ0]","pos":["0.5",0.25,0.1,0.5]},"x":null})");
}

TEST(PythonLiteral, JoinsStringsSideBySide) {
  EXPECT_EQ(read("('a' \"b\" # c\n '''d\ne''')"), R"("abd\ne")");
  EXPECT_EQ(read("'a' \\\n 'b'"), R"("ab")");
}

TEST(PythonLiteral, ReadsEscapes) {
  EXPECT_EQ(read(R"('\x41\101\u00e9\U0001F600\q')"), R"("AAé😀\\q")");
  EXPECT_EQ(read(R"(r'\x41\'')"), R"("\\x41\\'")");
}

TEST(PythonLiteral, TakesTheLastOfEqualKeysInThePlaceOfTheFirst) {
  EXPECT_EQ(read("{'a': 1, 'b': 2, 'a': 3}"), R"({"a":3,"b":2})");
}

TEST(PythonLiteral, KeepsWholeNumbersWhole) {
  EXPECT_EQ(read("[-9223372036854775808, 18446744073709551615, 0x_ff, 1_0]"),
            "[-9223372036854775808,18446744073709551615,255,10]");
  EXPECT_EQ(read("18446744073709551616"),
            "in:1:1: expected an int of at most 64 bits, found 18446744073709551616");
  EXPECT_EQ(read("[-9223372036854775809]"),
            "in:1:2: expected an int of at most 64 bits, found -9223372036854775809");
  EXPECT_EQ(read("1e999"), "in:1:1: expected a number that a double can hold, found 1e999");
}

TEST(PythonLiteral, RefusesWhatIsNoDataAndSaysWhere) {
  EXPECT_EQ(read("[1,\n  __import__('os')]"),
            "in:2:3: expected a literal of Python, found the name \"__import__\"");
  EXPECT_EQ(read("[1 + 2]"), "in:1:4: expected \",\" or \"]\", found \"+\"");
  EXPECT_EQ(read("{1, 2}"), "in:1:2: expected a string as the key of a dict, found the number 1");
  EXPECT_EQ(read("{'a', 'b'}"),
            "in:1:5: expected \":\" of a dict (a set is not read), found \",\"");
  EXPECT_EQ(read("b'a'"), "in:1:1: expected a str (prefix u, r or none), found bytes (b)");
  EXPECT_EQ(read("[rF'a']"),
            "in:1:2: expected a str (prefix u, r or none), found an f-string (rF)");
  EXPECT_EQ(read(R"('\N{DASH}')"),
            "in:1:2: expected a character, or its number as \\uXXXX, found \\N{...}, a name of a "
            "character");
  EXPECT_EQ(read(R"('\ud83d')"), "in:1:2: expected the number of a character, found U+D83D");
  EXPECT_EQ(read("{'a': nan}"), "in:1:7: expected a literal of Python, found the name \"nan\"");
  EXPECT_EQ(read("1, 2"), "in:1:2: expected the end of the literal, found \",\"");
}

TEST(PythonLiteral, NamesTheBeginOfAStringWithoutAnEnd) {
  EXPECT_EQ(read("['é', 'abc"),
            "in:1:7: expected ' at the end of a string, found the end of the text");
  EXPECT_EQ(read("'abc\n'"),
            "in:1:5: expected the closing quote on the same line, found the end of the line");
}

TEST(PythonLiteral, CountsLinesFromTheOneThatIsGiven) {
  EXPECT_EQ(testing::error_text(parse_python_literal("[\r\n\r x]", "f.txt", 10)),
            "f.txt:12:2: expected a literal of Python, found the name \"x\"");
}

TEST(PythonLiteral, LimitsTheLevels) {
  EXPECT_EQ(read(std::string(32, '[') + std::string(32, ']')),
            std::string(32, '[') + std::string(32, ']'));
  EXPECT_EQ(read(std::string(100000, '(')),
            "in:1:33: expected at most 32 levels of brackets, found \"(\"");
}

TEST(PythonLiteral, RefusesWhatIsNotText) {
  EXPECT_EQ(read("'\xc3'"), "in:1:2: expected UTF-8, found the byte 0xc3");
  EXPECT_EQ(read("\n'é\xed\xa0\x80'"), "in:2:3: expected UTF-8, found the byte 0xed");
  EXPECT_EQ(read(std::string_view("'a\0b'", 5)),
            "in:1:3: expected a character of a string, found the byte 0x00");
}

// Found by the fuzzer: the token was cut at 40 bytes, in the middle of a character.
TEST(PythonLiteral, CutsALongNumberInAnErrorBetweenCharacters) {
  const std::string digits = "0x" + std::string(37, '1');
  EXPECT_EQ(read(digits + "é2"), "in:1:1: expected a number, found " + digits + "...");
}

TEST(PythonLiteral, ReadsWhatPythonReads) {
  const json::object reference = testing::read_reference("python_literal");
  std::size_t read = 0;
  for (const json::value& item : reference.at("cases").as_array()) {
    const json::object& one = item.as_object();
    const std::string text(one.at("text").as_string());
    const auto found = parse_python_literal(text, "in");
    ASSERT_EQ(found.has_value(), one.at("reads").as_bool()) << text;
    if (!found) continue;
    ++read;
    const auto expected = parse_json(std::string(one.at("value").as_string()), "reference");
    EXPECT_EQ(to_canonical_json(*found), to_canonical_json(expected.value())) << text;
  }
  EXPECT_GT(read, 120U);
}

}  // namespace
}  // namespace stareval
