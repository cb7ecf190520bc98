// Whether a sample can be asked and its gold be right: what the format alone cannot say.
// Thread  pure functions.
#pragma once

#include <optional>
#include <string>

#include "libstareval/data/sample.h"

namespace stareval {

// The first fault of a sample of the eight tasks, as 'field "answer": expected ..., found ...';
// nothing where there is none, or where the task is a plug-in's own. Checked: the kind of the
// answer fits the task; there is a picture; choices are distinct and not empty; the gold is what
// graph and change say (a count may be of labels or of edges where the task is RC).
[[nodiscard]] std::optional<std::string> fault_of(const Sample& sample);

}  // namespace stareval
