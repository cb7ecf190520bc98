// The wording around the question: one frame for all protocols, so that they differ only in what
// they ask for. The frame and the answer phrase are the prompt template, whose digest is in the
// manifest.
// Thread  pure functions.
#pragma once

#include <string>
#include <string_view>

#include "libstareval/protocol/protocol.h"

namespace stareval {

// A template with {question}, {choices} where `with_choices`, and the format of the answer.
// `answer` completes "Answer with ...": "one whole number in digits".
[[nodiscard]] std::string make_template(Mode mode, std::string_view answer, bool with_choices);

// Put question ({question}) and choices ({choices}, or without letters {labels}) of the sample into
// a template. What they hold is not expanded again.
[[nodiscard]] Prompt render_prompt(std::string_view prompt_template, const Sample& sample);

// Set template and digest of a protocol: SHA-256 of the template, so that the question and the
// choices, which are the dataset's, are not in it.
void set_prompt(ProtocolInfo& info, std::string prompt_template);

}  // namespace stareval
