#include "engine/audit/features.h"

#include <algorithm>
#include <map>
#include <utility>

namespace stareval::engine {
namespace {

constexpr std::size_t kMostSizes = 24;
// Finer parts would hold too few items to learn of.
constexpr std::size_t kItemsOfAPart = 60;
constexpr std::size_t kMostParts = 10;

std::size_t parts_for(std::size_t items) {
  return std::clamp<std::size_t>(items / kItemsOfAPart, 2, kMostParts);
}

using Size = std::pair<int, int>;

}  // namespace

Classes code_wordings(std::span<const AuditItem* const> items) {
  Names names;
  Classes codes;
  for (const AuditItem* item : items) codes.push_back(names.number(item->question));
  return codes;
}

Classes code_quantiles(std::span<const double> values, std::size_t parts) {
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  Classes codes;
  for (const double value : values) {
    const auto below = std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin();
    codes.push_back(
        static_cast<std::uint32_t>(static_cast<std::size_t>(below) * parts / sorted.size()));
  }
  return codes;
}

Classes code_picture_sizes(std::span<const AuditItem* const> items) {
  std::map<Size, std::uint32_t> numbers;
  Classes codes;
  std::vector<double> areas;
  for (const AuditItem* item : items) {
    if (item->pictures.empty()) return {};
    const Size size{item->pictures.front().width, item->pictures.front().height};
    const auto number = static_cast<std::uint32_t>(numbers.size());
    codes.push_back(numbers.emplace(size, number).first->second);
    areas.push_back(static_cast<double>(size.first) * size.second);
  }
  return numbers.size() <= kMostSizes ? codes : code_quantiles(areas, parts_for(items.size()));
}

Classes code_file_sizes(std::span<const AuditItem* const> items) {
  std::vector<double> sizes;
  for (const AuditItem* item : items) {
    if (item->picture_bytes < 0) return {};
    sizes.push_back(static_cast<double>(item->picture_bytes));
  }
  return code_quantiles(sizes, parts_for(items.size()));
}

}  // namespace stareval::engine
