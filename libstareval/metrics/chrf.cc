#include "libstareval/metrics/chrf.h"

#include <string>
#include <vector>

#include "libstareval/metrics/ngrams_internal.h"

namespace stareval {
namespace {

using Grams = std::vector<metrics::Ngrams>;  // by order

constexpr double kBetaSquared = 4;

std::u32string without_spaces(std::string_view text) {
  std::u32string characters = metrics::code_points(text);
  std::erase_if(characters, metrics::is_space);
  return characters;
}

ChrfCounts compare(const Grams& text, const Grams& reference) {
  ChrfCounts counts;
  for (std::size_t i = 0; i < kChrfOrder; ++i) {
    counts.orders[i] = {reference[i].empty() ? 0 : text[i].size(), reference[i].size(),
                        metrics::count_common(text[i], reference[i])};
  }
  return counts;
}

}  // namespace

ChrfCounts& ChrfCounts::operator+=(const ChrfCounts& other) {
  for (std::size_t i = 0; i < kChrfOrder; ++i) {
    orders[i].text += other.orders[i].text;
    orders[i].reference += other.orders[i].reference;
    orders[i].common += other.orders[i].common;
  }
  return *this;
}

ChrfCounts count_chrf(std::string_view text, std::span<const std::string_view> references) {
  const std::u32string characters = without_spaces(text);
  const Grams grams = metrics::sorted_ngrams(characters, kChrfOrder);
  ChrfCounts best;
  double best_score = -1;
  for (const std::string_view reference : references) {
    const std::u32string others = without_spaces(reference);
    const ChrfCounts counts = compare(grams, metrics::sorted_ngrams(others, kChrfOrder));
    if (const double score = chrf(counts); score > best_score) {
      best_score = score;
      best = counts;
    }
  }
  return best;
}

double chrf(const ChrfCounts& counts) {
  double precision = 0, recall = 0;
  int orders = 0;
  for (const auto& order : counts.orders) {
    if (order.text == 0 || order.reference == 0) continue;
    precision += static_cast<double>(order.common) / static_cast<double>(order.text);
    recall += static_cast<double>(order.common) / static_cast<double>(order.reference);
    ++orders;
  }
  if (precision + recall <= 0) return 0.0;
  precision /= orders;
  recall /= orders;
  return 100.0 * (1 + kBetaSquared) * precision * recall / (kBetaSquared * precision + recall);
}

double chrf(std::string_view text, std::string_view reference) {
  return chrf(count_chrf(text, {&reference, 1}));
}

}  // namespace stareval
