// One Python literal, as ast.literal_eval reads it, as JSON: for files that were written with
// repr(). A parser of its own: nothing is ever run.
// Read     dict (keys are strings; of a key that occurs again the last value counts), list, tuple
//          (as an array), str with the prefixes u and r, in one or three quotes of either kind,
//          with every escape but \N{...}; strings that stand side by side are one; int in decimal,
//          hexadecimal, octal, binary, with underscores; float; + and - before a number; True,
//          False, None; comments, commas at the end, lines continued by a backslash.
// Refused  set, bytes, f-strings, complex numbers, \N{...} (it needs the names of all characters),
//          surrogates (\ud83d is no character), names (inf, nan and null among them), calls,
//          operators, a tuple without brackets, an int beyond 64 bits or a float beyond a double
//          (nothing is rounded in silence), more than 32 levels, text that is not UTF-8.
// Source   The Python Language Reference 3, 2.4 (literals) and 6.2 (displays).
// Thread   pure functions.
#pragma once

#include <cstddef>
#include <string_view>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"

namespace stareval {

// The whole text is one literal. `where` names the file and `line` the line of it at which the text
// begins. bad_data with line and column, which counts characters from 1:
//     test.txt:812:31: expected "," or "]", found the name "for"
// Cost: linear.
[[nodiscard]] Result<json::value> parse_python_literal(std::string_view text,
                                                       std::string_view where,
                                                       std::size_t line = 1);

}  // namespace stareval
