// ObjectReader: the value and the error text of each getter, worked out by hand.
#include <gtest/gtest.h>

#include "libstareval/base/json.h"
#include "tests/support/errors.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;

json::object object_of(std::string_view text) { return parse_json_object(text, "object").value(); }

const json::object& record() {
  static const json::object object = object_of(
      R"({"text":"a","int":7,"whole":1.0,"part":1.5,"big":9223372036854775808,"huge":1e30,"yes":true,
          "none":null,"list":[1,{"x":null}],"inner":{"deep":{"n":"seven"},"list":[{"x":1}]}})");
  return object;
}

// The error after one getter.
template <class Getter>
std::string error_of(Getter get) {
  ObjectReader in(record(), "f:1");
  static_cast<void>(get(in));
  return error_text(in.status());
}

TEST(ObjectReader, reads_each_type) {
  ObjectReader in(record(), "f:1");
  EXPECT_EQ(in.string("text"), "a");
  EXPECT_EQ(in.integer("int"), 7);
  EXPECT_EQ(in.number("part"), 1.5);
  EXPECT_EQ(in.number("int"), 7.0);
  EXPECT_TRUE(in.boolean("yes"));
  EXPECT_EQ(in.array("list").size(), 2u);
  EXPECT_EQ(in.object_or_empty("inner").size(), 2u);
  EXPECT_TRUE(in.status().has_value());
}

TEST(ObjectReader, falls_back_where_a_field_is_missing_or_null) {
  ObjectReader in(record(), "f:1");
  for (const char* key : {"absent", "none"}) {
    EXPECT_EQ(in.string_or(key, "b"), "b");
    EXPECT_EQ(in.integer_or(key, 5), 5);
    EXPECT_TRUE(in.boolean_or(key, true));
    EXPECT_TRUE(in.array_or_empty(key).empty());
    EXPECT_TRUE(in.object_or_empty(key).empty());
    EXPECT_FALSE(in.has(key));
  }
  EXPECT_TRUE(in.status().has_value());
}

TEST(ObjectReader, does_not_fall_back_where_the_type_is_wrong) {
  EXPECT_EQ(error_of([](auto& in) { return in.string_or("int", "b"); }),
            "f:1: field \"int\": expected a string, found an integer");
  EXPECT_EQ(error_of([](auto& in) { return in.integer_or("text", 1); }),
            "f:1: field \"text\": expected an integer, found a string");
  EXPECT_EQ(error_of([](auto& in) { return in.boolean_or("int", true); }),
            "f:1: field \"int\": expected true or false, found an integer");
  EXPECT_EQ(error_of([](auto& in) { return in.array_or_empty("yes").size(); }),
            "f:1: field \"yes\": expected an array, found a boolean");
  EXPECT_EQ(error_of([](auto& in) { return in.object_or_empty("list").size(); }),
            "f:1: field \"list\": expected an object, found an array");
}

TEST(ObjectReader, says_what_is_missing) {
  EXPECT_EQ(error_of([](auto& in) { return in.string("x"); }),
            "f:1: field \"x\": expected a string, found nothing");
  EXPECT_EQ(error_of([](auto& in) { return in.integer("x"); }),
            "f:1: field \"x\": expected an integer, found nothing");
  EXPECT_EQ(error_of([](auto& in) { return in.number("x"); }),
            "f:1: field \"x\": expected a number, found nothing");
  EXPECT_EQ(error_of([](auto& in) { return in.boolean("x"); }),
            "f:1: field \"x\": expected true or false, found nothing");
  EXPECT_EQ(error_of([](auto& in) { return in.array("x").size(); }),
            "f:1: field \"x\": expected an array, found nothing");
  EXPECT_EQ(error_of([](auto& in) { return in.child("x").has("y"); }),
            "f:1: field \"x\": expected an object, found nothing");
}

TEST(ObjectReader, says_what_stands_in_the_place) {
  EXPECT_EQ(error_of([](auto& in) { return in.string("none"); }),
            "f:1: field \"none\": expected a string, found null");
  EXPECT_EQ(error_of([](auto& in) { return in.integer("none"); }),
            "f:1: field \"none\": expected an integer, found null");
  EXPECT_EQ(error_of([](auto& in) { return in.number("text"); }),
            "f:1: field \"text\": expected a number, found a string");
  EXPECT_EQ(error_of([](auto& in) { return in.boolean("int"); }),
            "f:1: field \"int\": expected true or false, found an integer");
  EXPECT_EQ(error_of([](auto& in) { return in.array("inner").size(); }),
            "f:1: field \"inner\": expected an array, found an object");
  EXPECT_EQ(error_of([](auto& in) { return in.child("none").has("y"); }),
            "f:1: field \"none\": expected an object, found null");
}

TEST(ObjectReader, takes_a_whole_double_for_an_integer_and_no_other) {
  ObjectReader in(record(), "f:1");
  EXPECT_EQ(in.integer("whole"), 1);
  EXPECT_TRUE(in.status().has_value());
  EXPECT_EQ(error_of([](auto& reader) { return reader.integer("part"); }),
            "f:1: field \"part\": expected an integer, found a number");
}

TEST(ObjectReader, refuses_an_integer_that_does_not_fit) {
  EXPECT_EQ(error_of([](auto& in) { return in.integer("big"); }),
            "f:1: field \"big\": expected an integer, found one above 2^63 - 1");
  EXPECT_EQ(error_of([](auto& in) { return in.integer("huge"); }),
            "f:1: field \"huge\": expected an integer, found a number");
}

TEST(ObjectReader, refuses_an_integer_out_of_the_range_asked_for) {
  ObjectReader in(record(), "f:1");
  EXPECT_EQ(in.integer_in("int", 7, 7), 7);
  EXPECT_EQ(in.count("int"), 7);
  EXPECT_TRUE(in.status().has_value());
  EXPECT_EQ(error_of([](auto& reader) { return reader.integer_in("int", 1, 6); }),
            "f:1: field \"int\": expected an integer from 1 to 6, found 7");
  const json::object negative{{"n", -1}, {"m", 4294967297}};
  ObjectReader counts(negative, "f:1");
  EXPECT_EQ(counts.count("n"), 0);
  EXPECT_EQ(error_text(counts.status()),
            "f:1: field \"n\": expected an integer from 0 to 2147483647, found -1");
}

TEST(ObjectReader, names_the_way_to_a_field_of_a_child) {
  EXPECT_EQ(error_of([](auto& in) { return in.child("inner").child("deep").integer("n"); }),
            "f:1: field \"inner.deep.n\": expected an integer, found a string");
}

TEST(ObjectReader, names_the_place_of_an_element) {
  ObjectReader in(record(), "f:1");
  const json::array& items = in.array("list");
  ObjectReader first = in.element("list", 1, items[1]);
  EXPECT_EQ(first.integer("x"), 0);
  EXPECT_EQ(error_text(in.status()), "f:1: field \"list[1].x\": expected an integer, found null");
  ObjectReader again(record(), "f:1");
  static_cast<void>(again.element("list", 0, items[0]));
  EXPECT_EQ(error_text(again.status()),
            "f:1: field \"list[0]\": expected an object, found an integer");
}

TEST(ObjectReader, keeps_the_first_error_of_itself_and_its_children) {
  ObjectReader in(record(), "f:1");
  static_cast<void>(in.child("inner").string("deep"));
  static_cast<void>(in.string("int"));
  in.fail("text", "another", "this");
  EXPECT_EQ(error_code(in.status()), ErrorCode::bad_data);
  EXPECT_EQ(error_text(in.status()),
            "f:1: field \"inner.deep\": expected a string, found an object");
}

TEST(ObjectReader, gives_empty_values_after_an_error) {
  ObjectReader in(record(), "f:1");
  EXPECT_EQ(in.string("x"), "");
  EXPECT_EQ(in.integer("x"), 0);
  EXPECT_EQ(in.number("x"), 0.0);
  EXPECT_FALSE(in.boolean("x"));
  EXPECT_TRUE(in.array("x").empty());
  EXPECT_EQ(in.child("x").child("y").string("z"), "");
}

TEST(ObjectReader, takes_errors_of_the_caller) {
  EXPECT_EQ(error_of([](auto& in) {
              in.fail("int", "an even number", "7");
              return 0;
            }),
            "f:1: field \"int\": expected an even number, found 7");
}

TEST(DescribeKind, has_a_word_for_each) {
  EXPECT_EQ(describe_kind(nullptr), "null");
  EXPECT_EQ(describe_kind(true), "a boolean");
  EXPECT_EQ(describe_kind(1), "an integer");
  EXPECT_EQ(describe_kind(std::uint64_t{1}), "an integer");
  EXPECT_EQ(describe_kind(1.0), "a number");
  EXPECT_EQ(describe_kind("a"), "a string");
  EXPECT_EQ(describe_kind(json::array{}), "an array");
  EXPECT_EQ(describe_kind(json::object{}), "an object");
}

}  // namespace
}  // namespace stareval
