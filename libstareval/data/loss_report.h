// What an import of foreign files could not take over as it stands.
// Thread  values and pure functions.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace stareval {

// What it is, and how many items have it.
struct LossReport {
  std::map<std::string, std::size_t> dropped;    // of the file, not in the samples
  std::map<std::string, std::size_t> defaulted;  // of the samples, not in the file
  std::map<std::string, std::size_t> noted;      // kept, though odd

  [[nodiscard]] bool empty() const { return dropped.empty() && defaulted.empty() && noted.empty(); }
};

// A line for each entry, for people: "dropped: pictures (100)".
[[nodiscard]] std::vector<std::string> report_lines(const LossReport& report);

}  // namespace stareval
