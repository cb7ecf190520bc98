// Names of which no two are equal after normalise_name(): the second "Paris" becomes "Paris (2)".
// Thread  for one thread.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

namespace stareval::engine {

class UniqueNames {
 public:
  // The name, or the name with the first number from 2 on that is free. Cost: that of
  // normalise_name(); as a rule one more for each name that is taken.
  [[nodiscard]] std::string add(const std::string& name);

  [[nodiscard]] std::size_t suffixed() const { return suffixed_; }

 private:
  std::unordered_map<std::string, std::size_t> last_number_;  // by normalised name
  std::size_t suffixed_ = 0;
};

}  // namespace stareval::engine
