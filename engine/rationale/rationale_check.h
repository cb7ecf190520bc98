// Whether a chain of thought that a model wrote may be trained on. Strict: what is doubtful is
// rejected, as the text by rule is there in its place.
// Kept    steps, and then the gold answer as the protocol reads it, alone and in the whole text;
// every
//         triple in a notation (extract/notation.h) is drawn or true; no word of an answer that was
//         given beforehand; no tags of a reply.
// Limits  What is said in prose is not held against the graph, only what is named as a triple.
// Thread  pure functions.
#pragma once

#include <string>
#include <string_view>

#include "libstareval/data/sample.h"
#include "libstareval/model/reply.h"
#include "libstareval/protocol/protocol.h"

namespace stareval::engine {

enum class RationaleFault {
  none,            // kept
  no_reply,        // the request failed
  refused,         // by the model or its provider
  truncated,       // at the token limit
  no_steps,        // nothing before the answer
  tags,            // <think> or <answer> within
  leak,            // "the given answer": tells that the answer was known
  outside_triple,  // names a triple that is neither drawn nor true, or not clearly one
  wrong_ending,    // does not end in the gold answer
  contradiction,   // ends in it, but the whole text gives another answer, or none that is clear
};

[[nodiscard]] std::string_view to_string(RationaleFault fault);  // "no_reply"; "kept" for none

struct CheckedRationale {
  RationaleFault fault = RationaleFault::none;
  std::string text;    // without white space around it; empty where there was no reply
  std::string detail;  // the triple or the words that are at fault; "" where there are none
};

// `reader` scores the task of the sample in the mode direct. Cost: linear in the text.
[[nodiscard]] CheckedRationale check_rationale(const Sample& sample, const Protocol& reader,
                                               std::string_view text);

// Of a reply: thinking of the model before its text is left out.
[[nodiscard]] CheckedRationale check_rationale_reply(const Sample& sample, const Protocol& reader,
                                                     const Reply& reply);

// Take over a text that was kept, and note in meta "rationale" who wrote the one that stands there:
// {"by": "backend", "backend", "model"}; or {"by": "rule", "rejected": fault}, where it was
// rejected.
void adopt_rationale(const CheckedRationale& checked, const std::string& backend,
                     const std::string& model, Sample& sample);

}  // namespace stareval::engine
