#include "libstareval/run/cache_difference.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "libstareval/base/text.h"

namespace stareval {
namespace {

constexpr std::size_t kShown = 40;  // bytes of a text from where it differs
constexpr std::size_t kShort = 60;  // a value of up to so many bytes is shown whole

std::string shown(const json::value* value) {
  if (value == nullptr) return "nothing";
  const std::string text = to_canonical_json(*value);
  return text.size() <= kShort ? text : to_valid_utf8(text.substr(0, kShort)) + "...";
}

// The start of the character that byte `at` is part of.
std::size_t start_of_character(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

std::string excerpt(std::string_view text, std::size_t at) {
  const std::size_t end = start_of_character(text, std::min(text.size(), at + kShown));
  const std::string_view part = text.substr(at, end - at);
  return to_json(json::value(part)) + (end < text.size() ? "..." : "");
}

class Comparison {
 public:
  std::vector<std::string> lines;

  void compare(const std::string& path, const json::value* stored, const json::value* asked) {
    if (stored != nullptr && asked != nullptr) {
      if (to_canonical_json(*stored) == to_canonical_json(*asked)) return;
      if (stored->is_object() && asked->is_object())
        return compare_objects(path, stored->get_object(), asked->get_object());
      if (stored->is_array() && asked->is_array())
        return compare_arrays(path, stored->get_array(), asked->get_array());
      if (stored->is_string() && asked->is_string() &&
          std::max(stored->get_string().size(), asked->get_string().size()) > kShort)
        return compare_texts(path, stored->get_string(), asked->get_string());
    }
    lines.push_back(fmt::format("{}: stored {}, now {}", path, shown(stored), shown(asked)));
  }

 private:
  void compare_objects(const std::string& path, const json::object& stored,
                       const json::object& asked) {
    std::set<std::string> keys;
    for (const auto& [key, value] : stored) keys.insert(key);
    for (const auto& [key, value] : asked) keys.insert(key);
    for (const std::string& key : keys)
      compare(path.empty() ? key : path + "." + key, stored.if_contains(key),
              asked.if_contains(key));
  }

  void compare_arrays(const std::string& path, const json::array& stored,
                      const json::array& asked) {
    for (std::size_t i = 0; i < std::max(stored.size(), asked.size()); ++i)
      compare(fmt::format("{}[{}]", path, i), stored.if_contains(i), asked.if_contains(i));
  }

  void compare_texts(const std::string& path, std::string_view stored, std::string_view asked) {
    const auto [in_stored, in_asked] =
        std::mismatch(stored.begin(), stored.end(), asked.begin(), asked.end());
    const auto at =
        start_of_character(stored, static_cast<std::size_t>(in_stored - stored.begin()));
    lines.push_back(fmt::format("{}: differs from byte {} on: stored {}, now {}", path, at,
                                excerpt(stored, at), excerpt(asked, at)));
  }
};

}  // namespace

Result<json::object> deciding_fields(const CacheQuestion& question) {
  STAREVAL_TRY(json::object fields, parse_json_object(question.request, "request"));
  STAREVAL_TRY(json::object identity, parse_json_object(question.identity, "identity"));
  fields["backend"] = question.backend;
  fields["identity"] = std::move(identity);
  return fields;
}

std::vector<std::string> differences(const json::value& stored, const json::value& asked) {
  Comparison comparison;
  comparison.compare("", &stored, &asked);
  return comparison.lines;
}

std::optional<NearestRow> nearest_row(const std::vector<CacheRow>& rows,
                                      const CacheQuestion& question) {
  const auto asked = deciding_fields(question);
  if (asked.has_error()) return std::nullopt;
  std::optional<NearestRow> nearest;
  for (const CacheRow& row : rows) {
    const auto stored = deciding_fields(row.question);
    if (stored.has_error()) continue;
    auto lines = differences(*stored, *asked);
    if (!nearest || lines.size() < nearest->differences.size())
      nearest = NearestRow{row, std::move(lines)};
  }
  return nearest;
}

}  // namespace stareval
