// Reference values of tests/data/reference/, made by programs that are not ours (its README.md).
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

#include "libstareval/base/json.h"
#include "tests/support/temp_folder.h"

namespace stareval::testing {

// The document "NAME.json". It has the members "program" and "version" of what made it. Throws
// where it is missing or no JSON object: a test without its reference must not pass.
inline json::object read_reference(const std::string& name) {
  const auto path = std::filesystem::path(STAREVAL_TEST_SOURCE_DIR) / "tests" / "data" /
                    "reference" / (name + ".json");
  auto document = parse_json_object(read_bytes(path), path.string());
  if (!document) throw std::runtime_error(document.error().message);
  return std::move(document).value();
}

}  // namespace stareval::testing
