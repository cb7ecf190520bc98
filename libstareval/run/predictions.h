// Answers that another pipeline made, scored like those of a run.
//     {"id": "atlas-rc-0007", "text": "There are 3 relations."}     a line each
// Optional fields: "repeat" (0, 1, ...; default 0) and "outcome" (answered, refused, truncated,
// api_error; default answered), for replies that were cut off or never came. Others are ignored.
// Thread  values and pure functions.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/model/reply.h"
#include "libstareval/run/plan.h"
#include "libstareval/run/scoring.h"

namespace stareval {

// Backend of a summary of predictions.
inline constexpr const char* kPredictionsBackend = "predictions";

class PredictionTable {
 public:
  // The first of an id and repeat counts; further ones are named in duplicates().
  void add(const std::string& id, int repeat, Reply reply);

  [[nodiscard]] const Reply* find(const std::string& id, int repeat) const;

  // Ids, each once a further line of it, in the order of the file.
  [[nodiscard]] const std::vector<std::string>& duplicates() const { return duplicates_; }

  [[nodiscard]] std::size_t size() const { return replies_.size(); }
  [[nodiscard]] int repeats() const;  // highest repeat + 1; at least 1

  using Replies = std::map<std::pair<std::string, int>, Reply>;
  [[nodiscard]] const Replies& replies() const { return replies_; }

 private:
  Replies replies_;
  std::vector<std::string> duplicates_;
};

// io; bad_data with file, line and field; a file without a line is bad_data.
[[nodiscard]] Result<PredictionTable> read_predictions(const std::filesystem::path& file);

// What of a table and a plan does not fit.
struct PredictionGaps {
  std::vector<std::string> unknown;     // ids that the plan does not ask, sorted
  std::vector<std::string> missing;     // ids of the plan that lack one, in its order
  std::vector<std::string> duplicates;  // ids given again; their first prediction counts
};

[[nodiscard]] PredictionGaps gaps_of(const Plan& plan, const PredictionTable& predictions);

// An item without prediction is skipped, and lowers the coverage. Backend of the summary is
// "predictions"; its decoding and prompts are "unknown", so that no table puts them beside a run's.
[[nodiscard]] Result<ScoredRun> score_predictions(const Plan& plan,
                                                  const PredictionTable& predictions);

}  // namespace stareval
