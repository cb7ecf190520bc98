// The 21 labels of MORE (arXiv 2312.09753): "none", and twenty that name the types of what they
// relate: "/per/org/member_of" relates a person and an organisation. The paper states no direction:
// either of the two may be the object of the picture.
// Thread  constants and pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stareval {

// Types of entities and objects: persons, organisations, locations, and all else.
inline constexpr std::array<std::string_view, 4> kMoreTypes{"per", "org", "loc", "misc"};

struct MoreLabel {
  std::string_view name;   // "/per/org/member_of"
  std::string_view first;  // "per"; "" for none
  std::string_view second;
};

// "none" first, then those of per/per, per/org, per/loc, per/misc, org/org, org/loc, org/misc and
// loc/loc, in the order of the paper.
[[nodiscard]] std::span<const MoreLabel> more_labels();

// Their names in that order: the choices of a sample.
[[nodiscard]] const std::vector<std::string>& more_label_names();

// Those that relate two types, in either order; none always stays. Indices into more_labels().
[[nodiscard]] std::vector<std::size_t> more_labels_between(std::string_view one,
                                                           std::string_view other);

// How a label of a file was written, where not as in the table.
enum class MoreSpelling { exact, no_slash, alias };

struct MoreMatch {
  std::size_t index = 0;  // into more_labels()
  MoreSpelling spelling = MoreSpelling::exact;
};

// A label as the files spell it: without its first slash, or by an alias. Nothing where it is none.
[[nodiscard]] std::optional<MoreMatch> find_more_label(std::string_view text);

// Other names, each with the label that it stands for: "self" of two persons or two organisations
// is alternate_names.
[[nodiscard]] const std::map<std::string, std::string, std::less<>>& more_aliases();

}  // namespace stareval
