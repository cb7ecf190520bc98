// What an earlier scoring read out of the same replies: scores.jsonl of then, against the scores of
// now. Shows what a new version of answer extraction changes.
// Thread  values and pure functions.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/protocol/protocol.h"

namespace stareval {

// A line of scores.jsonl, as far as it tells what was read.
struct ReadAnswer {
  std::string sample;
  int repeat = 0;
  std::string task;
  Outcome outcome = Outcome::unparsed;
  std::string answer;
  std::string rule;
  std::optional<double> headline;  // nothing where nothing was read
};

// `path` is a scores.jsonl, or a folder that holds one. io, bad_data with file, line and field.
[[nodiscard]] Result<std::vector<ReadAnswer>> read_scores(const std::filesystem::path& path);

struct Flip {
  ReadAnswer then;
  ReadAnswer now;
};

struct ScoreDiff {
  std::size_t compared = 0;    // items that stand in both
  std::vector<Flip> flips;     // another outcome or another answer; in the order of now
  std::size_t other_rule = 0;  // the same answer, read by another rule
  std::size_t only_then = 0;
  std::size_t only_now = 0;
};

[[nodiscard]] ScoreDiff diff_scores(std::span<const ReadAnswer> then, std::span<const Scored> now);

}  // namespace stareval
