#include <algorithm>
#include <array>

#include "libstareval/base/json.h"
#include "libstareval/base/text.h"
#include "libstareval/extract/ranking_blocks_internal.h"

namespace stareval::extract {
namespace {

constexpr std::array<std::string_view, 11> kNameKeys{"answer",   "name",   "candidate", "entity",
                                                     "relation", "option", "label",     "value",
                                                     "choice",   "item",   "text"};
constexpr std::array<std::string_view, 4> kRankKeys{"rank", "place", "position", "order"};

constexpr std::array<std::string_view, 6> kShareKeys{"probability", "prob",  "likelihood",
                                                     "confidence",  "score", "p"};

const json::string* name_of(const json::value& value) {
  if (value.is_string()) return &value.get_string();
  const auto* object = value.if_object();
  if (object == nullptr) return nullptr;
  for (const std::string_view key : kNameKeys)
    if (const auto* named = object->if_contains(key); named != nullptr && named->is_string())
      return &named->get_string();
  return nullptr;
}

std::optional<std::int64_t> rank_of(const json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  for (const std::string_view key : kRankKeys)
    if (const auto* rank = object->if_contains(key); rank != nullptr && rank->is_int64())
      return rank->get_int64();
  return std::nullopt;
}

std::optional<double> share_of(const json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  for (const std::string_view key : kShareKeys)
    if (const auto* share = object->if_contains(key); share != nullptr && share->is_number())
      return share->to_number<double>();
  return std::nullopt;
}

struct Names {
  std::vector<std::string> names;
  bool unclear = false;  // their probabilities contradict their order
};

// The names of an array in the order of their ranks; nothing where it holds anything else, or
// ranks for some only.
std::optional<Names> names_in(const json::array& array) {
  struct Entry {
    std::int64_t rank = 0;
    std::string name;
    std::optional<double> share;
  };
  std::vector<Entry> entries;
  std::size_t ranked = 0;
  for (const json::value& value : array) {
    const auto* name = name_of(value);
    if (name == nullptr) return std::nullopt;
    const auto rank = rank_of(value);
    if (rank) ++ranked;
    entries.push_back({rank.value_or(0), std::string(*name), share_of(value)});
  }
  if (entries.empty() || (ranked > 0 && ranked < entries.size())) return std::nullopt;
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.rank < b.rank; });
  for (std::size_t i = 1; ranked > 0 && i < entries.size(); ++i)
    if (entries[i].rank == entries[i - 1].rank) return std::nullopt;
  Names names;
  std::optional<double> before;
  for (Entry& entry : entries) {
    if (before && entry.share && *entry.share > *before) names.unclear = true;
    if (entry.share) before = entry.share;
    names.names.push_back(std::move(entry.name));
  }
  return names;
}

// Of an object: its only array, or its values under the keys "1", "2" ...; or its only name.
std::optional<Names> names_in(const json::object& object) {
  const json::array* only = nullptr;
  for (const auto& entry : object) {
    const auto* array = entry.value().if_array();
    if (array == nullptr) continue;
    if (only != nullptr) return std::nullopt;
    only = array;
  }
  if (only != nullptr) return names_in(*only);
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= object.size(); ++i) {
    const auto* value = object.if_contains(std::to_string(i));
    if (value == nullptr || !value->is_string()) break;
    names.emplace_back(value->get_string());
  }
  if (!names.empty() && names.size() == object.size()) return Names{std::move(names), false};
  if (const auto* name = object.if_contains("answer"); name != nullptr && name->is_string())
    return Names{{std::string(name->get_string())}, false};
  return std::nullopt;
}

std::optional<Listing> listing_of(const Candidates& candidates, const Source& source, Span span) {
  const auto parsed = parse_json(source.view(span), "reply");
  if (!parsed) return std::nullopt;
  std::optional<Names> names;
  if (const auto* array = parsed->if_array()) names = names_in(*array);
  if (const auto* object = parsed->if_object()) names = names_in(*object);
  if (!names) return std::nullopt;
  Listing listing;
  listing.unclear = names->unclear;
  for (const std::string& name : names->names) listing.add_unplaced(candidates.item(name), span);
  return listing;
}

char closing(char open) { return open == '[' ? ']' : '}'; }

// Outermost [..] and {..}, whose brackets pair; strings are not told apart from text.
std::vector<Span> outer_groups(std::string_view text, Span span) {
  std::vector<Span> groups;
  std::vector<std::size_t> open;
  for (std::size_t at = span.begin; at < span.end; ++at) {
    const char c = text[at];
    if (c == '[' || c == '{') open.push_back(at);
    if (c != ']' && c != '}') continue;
    if (open.empty() || closing(text[open.back()]) != c) {
      open.clear();
      continue;
    }
    const Span group{open.back(), at + 1};
    open.pop_back();
    while (!groups.empty() && groups.back().begin > group.begin) groups.pop_back();
    groups.push_back(group);
  }
  return groups;
}

bool is_fence(std::string_view text) {
  text = trim(text);
  while (text.starts_with('`')) text.remove_prefix(1);
  return trim(text).empty() || equals_ignoring_case(trim(text), "json");
}

}  // namespace

std::optional<Listing> whole_json(const Candidates& candidates, const Source& source, Span span) {
  const auto text = source.view(span);
  const std::size_t first = text.find_first_of("[{");
  const std::size_t last = text.find_last_of("]}");
  if (first == text.npos || last == text.npos || last < first) return std::nullopt;
  if (!is_fence(text.substr(0, first)) || !is_fence(text.substr(last + 1))) return std::nullopt;
  return listing_of(candidates, source, {span.begin + first, span.begin + last + 1});
}

std::optional<Listing> leading_json(const Candidates& candidates, const Source& source, Span span) {
  const auto groups = outer_groups(source.text, span);
  if (groups.empty() || !is_fence(source.view({span.begin, groups[0].begin}))) return std::nullopt;
  return listing_of(candidates, source, groups[0]);
}

std::vector<FoundList> json_lists(const Candidates& candidates, const Source& source, Span span) {
  std::vector<FoundList> found;
  for (const Span group : outer_groups(source.text, span))
    if (auto listing = listing_of(candidates, source, group))
      if (!listing->order.empty() || listing->unclear)
        found.push_back({std::move(*listing), Intro::none, true});
  return found;
}

}  // namespace stareval::extract
