// `star-eval score --predictions FILE`: answers of another pipeline, and what they answer.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "apps/star_eval/options.h"
#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "libstareval/run/predictions.h"

namespace stareval::app {

struct PredictionSource {
  std::unique_ptr<Dataset> dataset;  // behind a pointer: the plan points to it
  std::unique_ptr<Plan> plan;
  PredictionTable predictions;
  json::object about;              // "predictions" of the JSON: file, rows, what does not fit
  std::vector<std::string> notes;  // the same for people, a line each
};

void add_prediction_options(OptionParser& parser);

// Errors  usage: an option that does not fit, a format that is not known, predictions none of which
//         is of the dataset. Those of the files.
[[nodiscard]] Result<PredictionSource> open_predictions(const OptionParser& parser);

}  // namespace stareval::app
