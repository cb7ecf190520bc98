// The files of results that the code of M3STR (arXiv 2506.01293) writes: golds and answers of a
// model as lists of numbers, with the accuracy that it printed. Two shapes, by subtask:
//     {model: {"entity": 0.39, "entity_results": {"answer": [5, ...], "predict": [4, ...]}, ...}}
//     {model: {"entity": {"result": 0.67, "answer": [0, ...], "predict": [0, ...]}, ...}}
// Counting holds counts; detection 1 for yes and 0 for no, with a subtask "mix"; completion 0 for
// A. The lists name no samples: whether an item is missing in them cannot be seen. Thread  pure
// functions.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "libstareval/data/sample.h"

namespace stareval {

enum class M3strKind { counting, detection, completion };

struct M3strAnswer {
  std::string sample;  // id of a sample
  std::string text;    // what the model answered: "5", "no", "C"; another number as it stands
};

struct M3strResults {
  std::string model;
  std::vector<Sample> samples;  // "m3str-count-entity-0" ..., each a cluster of its own
  std::vector<M3strAnswer> answers;
  std::map<std::string, double> stated;  // by task: the accuracy that the file states
};

// Whether a document has one of the two shapes, to judge by its first model.
[[nodiscard]] bool is_m3str_results(const json::value& document);

// The results of one model: of the one that is named, or of the only one. `kind` is told from the
// file where it is not given. Predictions may also be texts, which are kept as they are.
// Errors  bad_data: lists of different lengths, values that are no numbers or texts, no subtask.
//         usage: several models and none named, no model of that name, a kind that cannot be told.
[[nodiscard]] Result<M3strResults> m3str_results_from_json(const json::value& document,
                                                           const std::string& model,
                                                           std::optional<M3strKind> kind,
                                                           const std::string& where);

}  // namespace stareval
