// What can be known of an item without looking at its picture, as small numbers.
// Thread  pure functions.
#pragma once

#include <span>
#include <vector>

#include "engine/audit/guess.h"
#include "engine/audit/item.h"

namespace stareval::engine {

using Items = std::vector<const AuditItem*>;

// A number for each different question.
[[nodiscard]] Classes code_wordings(std::span<const AuditItem* const> items);

// Width and height of the first picture: a number for each pair where there are at most 24
// different ones, else the part of the items into which its area falls: 2 to 10 parts, of 60 items
// where there are as many. Empty where an item has no picture.
[[nodiscard]] Classes code_picture_sizes(std::span<const AuditItem* const> items);

// The part of the items, as above, into which the size of the picture's file falls. Empty where one
// is not known.
[[nodiscard]] Classes code_file_sizes(std::span<const AuditItem* const> items);

// The one of `parts` parts of the values into which each falls: equal values fall together.
[[nodiscard]] Classes code_quantiles(std::span<const double> values, std::size_t parts);

}  // namespace stareval::engine
