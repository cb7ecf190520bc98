// Views of what was read out of replies, for people and as JSON: one sample with its reply, and
// what reads differently than before.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "libstareval/base/json.h"
#include "libstareval/model/reply.h"
#include "libstareval/protocol/protocol.h"
#include "libstareval/run/score_diff.h"

namespace stareval::app {

// One attempt, with its reply; without one, nothing came back.
struct Explained {
  const Scored* item = nullptr;
  std::optional<Reply> reply;
};

// The reply with the span marked: in reverse video where `colour`, else between »« signs.
[[nodiscard]] std::string explanation_text(const Explained& attempt, bool colour);

// Schema "stareval.explanation/1".
[[nodiscard]] json::object explanation_json(std::span<const Explained> attempts);

// `before` says what made the old scores.
[[nodiscard]] std::string diff_text(const ScoreDiff& diff, const std::string& before);

// Schema "stareval.extractor_diff/1".
[[nodiscard]] json::object diff_json(const ScoreDiff& diff);

}  // namespace stareval::app
