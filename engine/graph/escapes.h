// Escapes of N-Triples: \t \b \n \r \f \" \' \\ \uXXXX \UXXXXXXXX.
// Thread  pure functions.
#pragma once

#include <string>
#include <string_view>

namespace stareval::engine {

// What is no escape stays as it is; a code point that is none (a surrogate, beyond U+10FFFF) is
// U+FFFD. Cost: linear.
[[nodiscard]] std::string unescape(std::string_view text);

}  // namespace stareval::engine
