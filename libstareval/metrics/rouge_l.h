// ROUGE-L of a text against a reference, as Google's rouge-score counts it without a stemmer: the
// longest common subsequence of words, over the whole text (not sentence by sentence, which is
// ROUGE-Lsum).
// Input   UTF-8. Words are runs of a-z and 0-9 after lower case; all else parts words. Of other
//         letters, only those whose lower case is ASCII count (the Kelvin sign is k).
// Output  fractions in [0, 1]; 0 where a text has no words, as rouge-score has it.
// Limits  "Zurich" with its umlaut is two words, and a text in another script has none: chrF is for
//         those.
// Source  Lin 2004.   Thread  pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stareval {

struct RougeScore {
  double precision = 0;  // common words / words of the text
  double recall = 0;     // common words / words of the reference
  double f1 = 0;
};

// Cost: the product of the numbers of words.
[[nodiscard]] RougeScore rouge_l(std::string_view text, std::string_view reference);

[[nodiscard]] std::vector<std::string> rouge_words(std::string_view text);

}  // namespace stareval
