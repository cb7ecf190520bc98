// Text: UTF-8 validity and the one normalisation by which names are compared.
// Source  Unicode NFKC and case folding, from utf8proc.   Thread  pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stareval {

[[nodiscard]] bool is_valid_utf8(std::string_view text);

// A copy in which each invalid byte is U+FFFD, so that any reply can be stored as JSON.
[[nodiscard]] std::string to_valid_utf8(std::string_view text);

// The form in which two names are equal: NFKC, case folded, underscores as spaces, curly quotes
// straightened, runs of white space as one space, punctuation and quotes cut from both ends.
// Nothing fuzzier: "Franse" is not "France". Cost: linear, one allocation or two.
[[nodiscard]] std::string normalise_name(std::string_view name);

// White space of ASCII cut from both ends. The view points into the argument.
[[nodiscard]] std::string_view trim(std::string_view text);

// Parts between separators, empty ones kept: "a,,b" has three parts, "" has one.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);  // ASCII

}  // namespace stareval
