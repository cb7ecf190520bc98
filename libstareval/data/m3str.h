// The files of M3STR (arXiv 2506.01293) as samples, for audits and comparisons. No pictures: the
// files name them, but do not hold them.
//     detection    [{"image_file", "entities", "triples", "modified_type", "modified_element"}]
//                  asked three times: m3str-detect-entity, m3str-detect-relation, m3str-detect-any
//     completion   [{"image_file", "input", "answer"}], the options A-E stand in the input
//                  m3str-complete-entity, m3str-complete-relation
//     counting     [{"image_file", "num_entity", "num_relation"}], or a file of results of
//                  counting (m3str_results.h), which holds the golds
//                  m3str-count-entity, m3str-count-relation
// Triples stand in the file as [head, tail, relation]. `graph` is the graph as drawn, with its
// fault: `modified_element` goes into meta. Graphs may hold self-loops, repeated triples and labels
// with line breaks; all are kept, and counted in the loss report.
// Golds of detection are choices between "yes" and "no". meta.answer_range of a counting sample is
// [2, 9]: the published evaluation lets a model answer with these numbers only.
// Thread  pure functions.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "libstareval/data/loss_report.h"
#include "libstareval/data/sample.h"

namespace stareval {

struct M3strFile {
  std::vector<Sample> samples;
  LossReport loss;
};

// Whether a document has one of the shapes above, to judge by its first item.
[[nodiscard]] bool is_m3str(const json::value& document);

// Keys that are not known go into meta. bad_data with item and field where a known field does not
// fit; usage where the document has none of the shapes. `where` names the file.
[[nodiscard]] Result<M3strFile> m3str_from_json(const json::value& document,
                                                const std::string& where);

// io, bad_data, usage.
[[nodiscard]] Result<M3strFile> read_m3str(const std::filesystem::path& file);

}  // namespace stareval
