#include "engine/graph/unique_names.h"

#include <fmt/format.h>

#include "libstareval/base/text.h"

namespace stareval::engine {

std::string UniqueNames::add(const std::string& name) {
  const auto [entry, fresh] = last_number_.emplace(normalise_name(name), 1);
  if (fresh) return name;
  ++suffixed_;
  std::size_t& last = entry->second;  // stays valid when the map grows
  for (;;) {
    std::string numbered = fmt::format("{} ({})", name, ++last);
    if (last_number_.emplace(normalise_name(numbered), 1).second) return numbered;
  }
}

}  // namespace stareval::engine
