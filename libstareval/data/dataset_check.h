// Is a dataset well-formed: every fault of every line and picture, not only the first.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/data/sample.h"

namespace stareval {

struct SplitCheck {
  std::string split;
  std::size_t samples = 0;
  std::size_t pictures = 0;
  std::string digest;                 // computed; "" where a line could not be read
  std::vector<std::string> problems;  // one line each: file, line, field, expected, found
};

struct DatasetCheck {
  std::string name;
  std::vector<SplitCheck> splits;

  [[nodiscard]] bool ok() const;
};

// What is wrong with one sample beyond its format, or nothing: tasks/sample_check.h has the
// function.
using SampleFault = std::function<std::optional<std::string>(const Sample&)>;

// Errors  io, bad_data: dataset.json itself cannot be read. Anything below it is a problem of a
//         split.
// Cost    every picture is read once for each sample that shows it.
[[nodiscard]] Result<DatasetCheck> check_dataset(const std::filesystem::path& folder,
                                                 const SampleFault& fault_of_sample = {});

}  // namespace stareval
