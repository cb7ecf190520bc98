#include <algorithm>
#include <numeric>

#include "backends/reader/likeness_internal.h"
#include "libstareval/base/text.h"

namespace stareval::reader {
namespace {

constexpr std::size_t kLongLabel = 6;             // bytes from which one letter may be misread
constexpr std::size_t kDoubtful = 4;              // the same, of a reading that is not sure
constexpr std::size_t kLeastStem = 4;             // bytes
constexpr std::size_t kLeastMask = 3;             // signs
constexpr std::string_view kLikeMask = "?72Z!)";  // what recognisers make of a question mark

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

std::size_t common_beginning(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t size = 0;
  while (size < most && a[size] == b[size]) ++size;
  return size;
}

std::size_t stem_of_words(std::string_view a, std::string_view b) {
  const std::size_t size = common_beginning(a, b);
  return size >= kLeastStem && 2 * size >= std::max(a.size(), b.size()) ? size : 0;
}

struct Reading {
  const std::string* text;
  double confidence;
};

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substituted, row[j] + 1, diagonal + 1});
    }
  }
  return row[b.size()];
}

bool same_reading(std::string_view a, double confidence_a, std::string_view b,
                  double confidence_b) {
  const std::string left = normalise_name(a);
  const std::string right = normalise_name(b);
  if (left == right) return true;
  const std::string digits = digits_of(left);
  const std::string others = digits_of(right);
  if (!digits.empty() && !others.empty() && digits != others) return false;
  const std::size_t size = std::min(left.size(), right.size());
  std::size_t allowed = size >= kLongLabel ? 1 : 0;
  if (size >= kDoubtful && std::min(confidence_a, confidence_b) < kSureText) ++allowed;
  return allowed > 0 && edit_distance(left, right) <= allowed;
}

std::size_t shared_stem(std::string_view a, std::string_view b) {
  const std::string left = normalise_name(a);
  const std::string right = normalise_name(b);
  std::size_t longest = 0;
  for (const std::string_view x : split(left, ' '))
    for (const std::string_view y : split(right, ' '))
      longest = std::max(longest, stem_of_words(x, y));
  return longest;
}

bool is_mask(std::string_view text) {
  text = trim(text);
  const auto marks = static_cast<std::size_t>(std::count(text.begin(), text.end(), '?'));
  return text.size() >= kLeastMask && 2 * marks >= text.size();
}

bool may_be_mask(std::string_view text) {
  text = trim(text);
  return text.size() >= kLeastMask && text.find_first_not_of(kLikeMask) == std::string_view::npos;
}

std::vector<int> label_numbers(const ReadGraph& graph) {
  std::vector<Reading> known;
  std::vector<int> numbers;
  for (const ReadEdge& edge : graph.edges) {
    if (trim(edge.label).empty()) {
      numbers.push_back(-1);
      continue;
    }
    const auto same = std::find_if(known.begin(), known.end(), [&](const Reading& reading) {
      return same_reading(*reading.text, reading.confidence, edge.label, edge.label_confidence);
    });
    numbers.push_back(static_cast<int>(same - known.begin()));
    if (same == known.end()) known.push_back({&edge.label, edge.label_confidence});
    else if (same->confidence < edge.label_confidence) *same = {&edge.label, edge.label_confidence};
  }
  return numbers;
}

}  // namespace stareval::reader
