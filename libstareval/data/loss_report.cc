#include "libstareval/data/loss_report.h"

#include <fmt/format.h>

namespace stareval {

std::vector<std::string> report_lines(const LossReport& report) {
  std::vector<std::string> lines;
  const auto add = [&](const char* kind, const std::map<std::string, std::size_t>& entries) {
    for (const auto& [what, count] : entries)
      lines.push_back(fmt::format("{}: {} ({})", kind, what, count));
  };
  add("dropped", report.dropped);
  add("defaulted", report.defaulted);
  add("noted", report.noted);
  return lines;
}

}  // namespace stareval
