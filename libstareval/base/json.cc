#include "libstareval/base/json.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <vector>

#include "libstareval/base/text.h"

namespace stareval {
namespace {

enum class KeyOrder { kept, sorted };

class Writer {
 public:
  Writer(KeyOrder order, bool pretty) : order_(order), pretty_(pretty) {}

  void write(const json::value& value, int depth = 0) {
    switch (value.kind()) {
      case json::kind::null: out += "null"; break;
      case json::kind::bool_: out += value.get_bool() ? "true" : "false"; break;
      case json::kind::int64:
        fmt::format_to(std::back_inserter(out), "{}", value.get_int64());
        break;
      case json::kind::uint64:
        fmt::format_to(std::back_inserter(out), "{}", value.get_uint64());
        break;
      case json::kind::double_: write_double(value.get_double()); break;
      case json::kind::string: write_string(value.get_string()); break;
      case json::kind::array: write_array(value.get_array(), depth); break;
      case json::kind::object: write_object(value.get_object(), depth); break;
    }
  }

  std::string out;

 private:
  void write_double(double number) {
    if (!std::isfinite(number)) out += "null";
    else if (number == 0) out += '0';  // -0 would read back as the integer 0, and be another text
    else fmt::format_to(std::back_inserter(out), "{}", number);
  }

  void write_string(std::string_view text) {
    if (!is_valid_utf8(text)) return write_string(to_valid_utf8(text));
    out += '"';
    for (const char c : text) write_character(c);
    out += '"';
  }

  void write_character(char c) {
    switch (c) {
      case '"': out += "\\\""; return;
      case '\\': out += "\\\\"; return;
      case '\n': out += "\\n"; return;
      case '\r': out += "\\r"; return;
      case '\t': out += "\\t"; return;
      default: break;
    }
    if (static_cast<unsigned char>(c) < 0x20)
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
    else out += c;
  }

  void new_line(int depth) {
    if (!pretty_) return;
    out += '\n';
    out.append(static_cast<std::size_t>(depth) * 2, ' ');
  }

  // Arrays and objects that hold only plain values stay on one line: a triple reads as a triple.
  static bool is_flat(const json::array& items) {
    return std::none_of(items.begin(), items.end(),
                        [](const json::value& v) { return v.is_array() || v.is_object(); });
  }

  void write_array(const json::array& items, int depth) {
    const bool flat = is_flat(items);
    out += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out += flat && pretty_ ? ", " : ",";
      if (!flat) new_line(depth + 1);
      write(items[i], depth + 1);
    }
    if (!flat) new_line(depth);
    out += ']';
  }

  void write_object(const json::object& object, int depth) {
    std::vector<const json::key_value_pair*> pairs;
    for (const auto& pair : object) pairs.push_back(&pair);
    if (order_ == KeyOrder::sorted)
      std::sort(pairs.begin(), pairs.end(),
                [](const auto* a, const auto* b) { return a->key() < b->key(); });
    out += '{';
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (i > 0) out += ',';
      new_line(depth + 1);
      write_string(pairs[i]->key());
      out += pretty_ ? ": " : ":";
      write(pairs[i]->value(), depth + 1);
    }
    if (!pairs.empty()) new_line(depth);
    out += '}';
  }

  KeyOrder order_;
  bool pretty_;
};

std::string written(const json::value& value, KeyOrder order, bool pretty) {
  Writer writer(order, pretty);
  writer.write(value);
  return std::move(writer.out);
}

const json::object& empty_object() {
  static const json::object empty;
  return empty;
}

const json::array& empty_array() {
  static const json::array empty;
  return empty;
}

}  // namespace

std::string to_json(const json::value& value) { return written(value, KeyOrder::kept, false); }

std::string to_canonical_json(const json::value& value) {
  return written(value, KeyOrder::sorted, false);
}

std::string to_pretty_json(const json::value& value) {
  return written(value, KeyOrder::kept, true) + "\n";
}

std::string_view describe_kind(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return "null";
    case json::kind::bool_: return "a boolean";
    case json::kind::int64:
    case json::kind::uint64: return "an integer";
    case json::kind::double_: return "a number";
    case json::kind::string: return "a string";
    case json::kind::array: return "an array";
    case json::kind::object: return "an object";
  }
  return "something unknown";
}

struct ObjectReader::Shared {
  std::string where;
  std::optional<Error> first_error;
};

ObjectReader::ObjectReader(const json::object& object, std::string where)
    : object_(&object), shared_(std::make_shared<Shared>()) {
  shared_->where = std::move(where);
}

ObjectReader::ObjectReader(const json::object& object, std::string prefix,
                           std::shared_ptr<Shared> shared)
    : object_(&object), prefix_(std::move(prefix)), shared_(std::move(shared)) {}

void ObjectReader::fail(std::string_view key, std::string_view expected, std::string_view found) {
  if (shared_->first_error) return;
  shared_->first_error =
      make_error(ErrorCode::bad_data, "{}: field \"{}{}\": expected {}, found {}", shared_->where,
                 prefix_, key, expected, found);
}

Result<void> ObjectReader::status() const {
  if (shared_->first_error) return *shared_->first_error;
  return {};
}

bool ObjectReader::has(std::string_view key) const {
  const json::value* value = object_->if_contains(key);
  return value != nullptr && !value->is_null();
}

const json::value* ObjectReader::require(std::string_view key, std::string_view expected) {
  const json::value* value = object_->if_contains(key);
  if (value == nullptr) fail(key, expected, "nothing");
  return value;
}

std::string ObjectReader::string(std::string_view key) {
  const json::value* value = require(key, "a string");
  if (value == nullptr) return {};
  if (const auto* text = value->if_string()) return {text->data(), text->size()};
  fail(key, "a string", describe_kind(*value));
  return {};
}

std::string ObjectReader::string_or(std::string_view key, std::string_view fallback) {
  return has(key) ? string(key) : std::string(fallback);
}

std::int64_t ObjectReader::integer(std::string_view key) {
  const json::value* value = require(key, "an integer");
  if (value == nullptr) return 0;
  json::error_code inexact;
  const auto number = value->is_number() ? value->to_number<std::int64_t>(inexact) : 0;
  if (value->is_number() && !inexact) return number;
  fail(key, "an integer", value->is_uint64() ? "one above 2^63 - 1" : describe_kind(*value));
  return 0;
}

std::int64_t ObjectReader::integer_in(std::string_view key, std::int64_t low, std::int64_t high) {
  const std::int64_t number = integer(key);
  if (number >= low && number <= high) return number;
  fail(key, fmt::format("an integer from {} to {}", low, high), fmt::format("{}", number));
  return low;
}

int ObjectReader::count(std::string_view key) {
  return static_cast<int>(integer_in(key, 0, std::numeric_limits<int>::max()));
}

std::int64_t ObjectReader::integer_or(std::string_view key, std::int64_t fallback) {
  return has(key) ? integer(key) : fallback;
}

double ObjectReader::number(std::string_view key) {
  const json::value* value = require(key, "a number");
  if (value == nullptr) return 0;
  if (value->is_number()) return value->to_number<double>();
  fail(key, "a number", describe_kind(*value));
  return 0;
}

bool ObjectReader::boolean(std::string_view key) {
  const json::value* value = require(key, "true or false");
  if (value == nullptr) return false;
  if (const bool* flag = value->if_bool()) return *flag;
  fail(key, "true or false", describe_kind(*value));
  return false;
}

bool ObjectReader::boolean_or(std::string_view key, bool fallback) {
  return has(key) ? boolean(key) : fallback;
}

const json::array& ObjectReader::array(std::string_view key) {
  const json::value* value = require(key, "an array");
  if (value == nullptr) return empty_array();
  if (const auto* items = value->if_array()) return *items;
  fail(key, "an array", describe_kind(*value));
  return empty_array();
}

const json::array& ObjectReader::array_or_empty(std::string_view key) {
  return has(key) ? array(key) : empty_array();
}

const json::object& ObjectReader::object_or_empty(std::string_view key) {
  if (!has(key)) return empty_object();
  if (const auto* object = object_->at(key).if_object()) return *object;
  fail(key, "an object", describe_kind(object_->at(key)));
  return empty_object();
}

ObjectReader ObjectReader::child(std::string_view key) {
  const json::value* value = require(key, "an object");
  const json::object* object = value == nullptr ? nullptr : value->if_object();
  if (value != nullptr && object == nullptr) fail(key, "an object", describe_kind(*value));
  return {object == nullptr ? empty_object() : *object, fmt::format("{}{}.", prefix_, key),
          shared_};
}

ObjectReader ObjectReader::element(std::string_view key, std::size_t index,
                                   const json::value& value) {
  const std::string name = fmt::format("{}[{}]", key, index);
  const json::object* object = value.if_object();
  if (object == nullptr) fail(name, "an object", describe_kind(value));
  return {object == nullptr ? empty_object() : *object, prefix_ + name + ".", shared_};
}

}  // namespace stareval
