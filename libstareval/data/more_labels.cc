#include "libstareval/data/more_labels.h"

#include <algorithm>

namespace stareval {
namespace {

constexpr std::array<MoreLabel, 21> kLabels{{
    {"none", "", ""},
    {"/per/per/opponent", "per", "per"},
    {"/per/per/partner", "per", "per"},
    {"/per/per/relatives", "per", "per"},
    {"/per/per/alternate_names", "per", "per"},
    {"/per/org/opposed_to", "per", "org"},
    {"/per/org/leader_of", "per", "org"},
    {"/per/org/member_of", "per", "org"},
    {"/per/loc/place_of_birth", "per", "loc"},
    {"/per/loc/place_of_residence", "per", "loc"},
    {"/per/loc/place_of_governance", "per", "loc"},
    {"/per/misc/present_in", "per", "misc"},
    {"/per/misc/awarded", "per", "misc"},
    {"/per/misc/party", "per", "misc"},
    {"/per/misc/nationality", "per", "misc"},
    {"/per/misc/president", "per", "misc"},
    {"/org/org/alternate_names", "org", "org"},
    {"/org/org/subsidiary", "org", "org"},
    {"/org/loc/locate_at", "org", "loc"},
    {"/org/misc/present_in", "org", "misc"},
    {"/loc/loc/contain", "loc", "loc"},
}};

std::optional<std::size_t> index_of(std::string_view name) {
  const auto* label = std::find_if(kLabels.begin(), kLabels.end(),
                                   [&](const MoreLabel& l) { return l.name == name; });
  if (label == kLabels.end()) return std::nullopt;
  return static_cast<std::size_t>(label - kLabels.begin());
}

// With its first slash, which only "none" lacks.
std::string slashed(std::string_view text) {
  return (text.starts_with('/') ? "" : "/") + std::string(text);
}

}  // namespace

std::span<const MoreLabel> more_labels() { return kLabels; }

const std::vector<std::string>& more_label_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const MoreLabel& label : kLabels) all.emplace_back(label.name);
    return all;
  }();
  return names;
}

std::vector<std::size_t> more_labels_between(std::string_view one, std::string_view other) {
  std::vector<std::size_t> fitting;
  for (std::size_t i = 0; i < kLabels.size(); ++i) {
    const MoreLabel& label = kLabels[i];
    const bool fits = (label.first == one && label.second == other) ||
                      (label.first == other && label.second == one);
    if (fits || label.first.empty()) fitting.push_back(i);
  }
  return fitting;
}

const std::map<std::string, std::string, std::less<>>& more_aliases() {
  static const std::map<std::string, std::string, std::less<>> aliases{
      {"/per/per/self", "/per/per/alternate_names"},
      {"/org/org/self", "/org/org/alternate_names"},
      {"None", "none"},
  };
  return aliases;
}

std::optional<MoreMatch> find_more_label(std::string_view text) {
  if (const auto index = index_of(text)) return MoreMatch{*index, MoreSpelling::exact};
  for (const std::string& name : {std::string(text), slashed(text)})
    if (const auto alias = more_aliases().find(name); alias != more_aliases().end())
      return MoreMatch{*index_of(alias->second), MoreSpelling::alias};
  if (const auto index = index_of(slashed(text))) return MoreMatch{*index, MoreSpelling::no_slash};
  return std::nullopt;
}

}  // namespace stareval
