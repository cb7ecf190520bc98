// One sample as one turn of supervised training: what the protocol asks, and a reply that the same
// protocol gives full marks, so that training and evaluation see the same words.
// direct  the gold answer                    cot  <think>rationale</think><answer>gold</answer>
// Tokens  Trainers put a picture where a text holds <image> (and likewise <video> ...). The
// question
//         or an entity that is written so stands in the row as ＜image＞, with the full-width signs
//         of Unicode, which answer extraction compares as equal (NFKC).
// Thread  pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/data/sample.h"
#include "libstareval/protocol/protocol.h"

namespace stareval::training {

struct Row {
  std::string system;               // "" for none
  std::string user;                 // without the tokens that stand for the pictures
  std::string assistant;            // the target
  std::string solution;             // the gold answer alone, for rewards
  std::vector<std::string> images;  // paths as the trainer opens them; the caller's
  bool escaped = false;             // a token of the trainers was rewritten
};

// Why a sample is no row.
enum class RowFault {
  none,
  no_rationale,    // cot, and the sample has none
  tags,            // cot, and the rationale holds a tag that parts it from the answer
  not_full_marks,  // the protocol does not read the gold answer in the assistant's turn
};

[[nodiscard]] std::string_view to_string(RowFault fault);  // "no rationale"

struct RowResult {
  Row row;  // meaningful where the fault is none
  RowFault fault = RowFault::none;
};

// `protocol` scores the task of the sample, and was made for `mode`.
[[nodiscard]] RowResult make_row(const Sample& sample, const Protocol& protocol, Mode mode);

// A copy in which no token of a trainer is left.
[[nodiscard]] std::string escape_tokens(std::string_view text);

}  // namespace stareval::training
