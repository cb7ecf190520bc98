// Where the data that StarEval ships lies: knowledge graphs and datasets.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "libstareval/base/result.h"

namespace stareval {

// The first of these that exists: $STAREVAL_DATA; ../share/stareval beside the program's folder
// (installed); share/ of the source tree that the library was built from.
// io where none is there, with what to set.
[[nodiscard]] Result<std::filesystem::path> shipped_data_folder();

// A name ("atlas") of what is shipped under `kind` ("datasets", "graphs"), or a folder. A folder of
// that name in the working directory comes first. usage where it is neither, with the names there
// are; io where what is shipped cannot be found.
[[nodiscard]] Result<std::filesystem::path> find_data(const std::string& kind,
                                                      const std::string& name_or_folder);

[[nodiscard]] std::vector<std::string> shipped_names(const std::string& kind);

}  // namespace stareval
