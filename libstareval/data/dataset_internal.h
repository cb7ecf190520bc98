// The reading of a dataset's files, shared by reading and checking.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "libstareval/data/sample.h"

namespace stareval {

// dataset.json, of the right schema.
[[nodiscard]] Result<json::object> read_dataset_manifest(const std::filesystem::path& folder);

// Whether a path that a dataset states stays within its folder: "../key.pem" does not.
[[nodiscard]] bool is_inside(std::string_view path);

// The field "file" of a split; an error of the reader where it leaves the folder.
[[nodiscard]] std::string read_split_file(ObjectReader& entry);

// Hand each line that is not blank to `take`, as a sample or as what is wrong with it (an id that
// occurs again is wrong too). The error is that of the file.
[[nodiscard]] Result<void> read_lines(const std::filesystem::path& path,
                                      const std::function<void(Result<Sample>)>& take);

}  // namespace stareval
