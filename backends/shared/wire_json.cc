#include "backends/shared/wire_json.h"

#include <algorithm>
#include <utility>

namespace stareval {
namespace {

constexpr std::int64_t kMostTokens = 1'000'000'000'000'000;  // so that sums of some do not overflow

std::pair<std::string, double> token_at(const json::object& item) {
  return {text_at(item, "token"), std::min(number_at(item, "logprob"), 0.0)};
}

json::value merged_value(json::value base, const json::value& extra) {
  if (!base.is_object() || !extra.is_object()) return extra;
  return merged(std::move(base.get_object()), extra.get_object());
}

}  // namespace

std::string json_string(std::string_view text) { return to_json(json::value(text)); }

json::object merged(json::object base, const json::object& extra) {
  for (const auto& field : extra) {
    json::value& mine = base[field.key()];
    mine = merged_value(std::move(mine), field.value());
  }
  return base;
}

FieldWriter::FieldWriter(HttpBody& out, const json::object& extra) : out_(out), left_(extra) {
  out_.add("{");
}

void FieldWriter::write_key(std::string_view key) {
  if (!first_) out_.add(",");
  first_ = false;
  out_.add(json_string(key) + ":");
}

void FieldWriter::add(std::string_view key, json::value value) {
  if (const json::value* theirs = left_.if_contains(key)) {
    value = merged_value(std::move(value), *theirs);
    left_.erase(key);
  }
  write_key(key);
  out_.add(to_json(value));
}

bool FieldWriter::begin(std::string_view key) {
  const json::value* theirs = left_.if_contains(key);
  write_key(key);
  if (theirs == nullptr) return true;
  out_.add(to_json(*theirs));
  left_.erase(key);
  return false;
}

void FieldWriter::finish() {
  for (const auto& field : left_) {
    write_key(field.key());
    out_.add(to_json(field.value()));
  }
  out_.add("}");
}

const std::string* only_text(const Message& message) {
  const auto* text =
      message.parts.size() == 1 ? std::get_if<TextPart>(&message.parts.front()) : nullptr;
  return text == nullptr ? nullptr : &text->text;
}

std::string text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(*text);
}

const json::object* object_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_object();
}

const json::array* array_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_array();
}

std::int64_t count_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  const std::int64_t* count = value == nullptr ? nullptr : value->if_int64();
  return count == nullptr ? 0 : std::clamp<std::int64_t>(*count, 0, kMostTokens);
}

double number_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr) return 0;
  if (value->is_double()) return value->get_double();
  return value->is_int64() ? static_cast<double>(value->get_int64()) : 0;
}

bool flag_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::vector<const json::object*> objects_at(const json::object& object, std::string_view key) {
  std::vector<const json::object*> objects;
  if (const json::array* list = array_at(object, key))
    for (const json::value& item : *list)
      if (const json::object* found = item.if_object()) objects.push_back(found);
  return objects;
}

std::vector<TokenLogprob> token_logprobs_at(const json::object& object, std::string_view key) {
  std::vector<TokenLogprob> tokens;
  for (const json::object* item : objects_at(object, key)) {
    auto [token, logprob] = token_at(*item);
    tokens.push_back({std::move(token), logprob, {}});
    for (const json::object* other : objects_at(*item, "top_logprobs"))
      tokens.back().top.push_back(token_at(*other));
  }
  return tokens;
}

}  // namespace stareval
