// JSON over Boost.JSON: parsing with a place in each error, typed fields, and one writer.
// The writer never emits NaN or Infinity (null instead), nor bytes that are not UTF-8 (U+FFFD
// instead), and prints doubles as the shortest text that reads back equal. The parser reads each
// double as the nearest one.
// Thread  pure functions; an ObjectReader is for one thread.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "libstareval/base/result.h"

namespace stareval {

namespace json = boost::json;

// `where` stands in the error, for example "test.jsonl:812". bad_data where the text is not JSON,
// is nested deeper than 32 levels, or holds a number that no double can hold.
[[nodiscard]] Result<json::value> parse_json(std::string_view text, std::string_view where);

[[nodiscard]] Result<json::object> parse_json_object(std::string_view text, std::string_view where);

// The text with each lone surrogate escape (\ud83d without its \ude00), which some servers send
// where they cut an emoji in two, as \ufffd; all else as it was. Cost: linear.
[[nodiscard]] std::string with_whole_surrogates(std::string_view json_text);

// One line, keys in the order of the object.
[[nodiscard]] std::string to_json(const json::value& value);

// One line, keys sorted by their bytes: equal values have equal bytes, so that they can be
// digested.
[[nodiscard]] std::string to_canonical_json(const json::value& value);

// Indented by two spaces, for files that people open. Ends with a line feed.
[[nodiscard]] std::string to_pretty_json(const json::value& value);

// "an integer", "a string", "null" ...: what a value is, in words for errors.
[[nodiscard]] std::string_view describe_kind(const json::value& value);

// Reads typed fields, and remembers the first that does not fit, so that a record is read in
// straight lines and checked once:
//     ObjectReader in(object, "test.jsonl:812");
//     sample.id = in.string("id");
//     STAREVAL_CHECK(in.status());
// After an error the getters return empty values. Errors: bad_data,
//     test.jsonl:812: field "answer.value": expected an integer, found null
class ObjectReader {
 public:
  ObjectReader(const json::object& object, std::string where);

  [[nodiscard]] std::string string(std::string_view key);
  [[nodiscard]] std::string string_or(std::string_view key, std::string_view fallback);
  [[nodiscard]] std::int64_t integer(std::string_view key);
  [[nodiscard]] std::int64_t integer_or(std::string_view key, std::int64_t fallback);
  [[nodiscard]] std::int64_t integer_in(std::string_view key, std::int64_t low, std::int64_t high);
  [[nodiscard]] int count(std::string_view key);  // from 0 to 2^31 - 1
  [[nodiscard]] double number(std::string_view key);
  [[nodiscard]] bool boolean(std::string_view key);
  [[nodiscard]] bool boolean_or(std::string_view key, bool fallback);
  [[nodiscard]] const json::array& array(std::string_view key);
  [[nodiscard]] const json::array& array_or_empty(std::string_view key);
  [[nodiscard]] const json::object& object_or_empty(std::string_view key);

  // A reader of the object under `key`; what fails in it fails here.
  [[nodiscard]] ObjectReader child(std::string_view key);

  // A reader of an element of an array, named `key[index]`; fails where it is not an object.
  [[nodiscard]] ObjectReader element(std::string_view key, std::size_t index,
                                     const json::value& value);

  [[nodiscard]] bool has(std::string_view key) const;  // present and not null

  // Put down an error of the caller's own about one field: `expected` and what was found.
  void fail(std::string_view key, std::string_view expected, std::string_view found);

  [[nodiscard]] Result<void> status() const;

 private:
  struct Shared;
  ObjectReader(const json::object& object, std::string prefix, std::shared_ptr<Shared> shared);

  // The value, or nullptr and an error where it is missing.
  const json::value* require(std::string_view key, std::string_view expected);

  const json::object* object_;
  std::string prefix_;
  std::shared_ptr<Shared> shared_;  // shared by a reader and its children: the first error
};

}  // namespace stareval
