// How likely a model holds each option, read from the log-probabilities of the token with which it
// names one. Beside the answer that stands in the text, never in its place.
// Thread  pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libstareval/extract/extraction.h"
#include "libstareval/model/reply.h"

namespace stareval {

// Probabilities of the options, in [0, 1], their sum is 1: those of the letters among the likeliest
// tokens in the place of the answer token, over their sum. Letters that are not among them have
// nothing. "C", " C" and "(C" are one letter.
// The answer token is the one that covers `letter`, the place of the letter in the text of the
// reply: where an option was named by its text, the letters say nothing. Nothing where there are no
// log-probabilities, no such token, or no letter of an option in its place.
[[nodiscard]] std::optional<std::vector<std::optional<double>>> option_probabilities(
    const Reply& reply, const Span& letter, std::size_t options);

// Values of one sample:
//     logprob_accuracy         1 where the likeliest option is the gold; 1/k where k share the
//     first
//                              place and the gold is one of them
//     logprob_reciprocal_rank  of the gold; ties at their mean rank, letters without a probability
//                              tied behind the others
//     gold_probability         0 where the gold's letter has none
[[nodiscard]] std::vector<std::pair<std::string, double>> option_values(
    const std::vector<std::optional<double>>& probabilities, std::size_t gold);

}  // namespace stareval
