#include "libstareval/metrics/bleu.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

#include "libstareval/metrics/ngrams_internal.h"

namespace stareval {
namespace {

using metrics::Ngrams;

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at; (at = text.find(from)) != text.npos; text.remove_prefix(at + from.size()))
    (out += text.substr(0, at)) += to;
  return out += text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_stop(char c) { return c == '.' || c == ','; }

// ASCII signs and the space, but ' , - . which may stand in words and numbers.
bool is_sign(char c) {
  return (c >= ' ' && c <= '/' && c != '\'' && c != ',' && c != '-' && c != '.') ||
         (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

std::string part_signs(std::string_view text) {
  std::string out;
  out.reserve(text.size() * 2);
  for (const char c : text) {
    if (is_sign(c)) ((out += ' ') += c) += ' ';
    else out += c;
  }
  return out;
}

// Writes `before`, the first, `between`, the second and `after` of each pair of bytes that fits;
// pairs do not overlap, the leftmost counts.
template <class Fits>
std::string part_pairs(std::string_view text, Fits fits, std::string_view before,
                       std::string_view after) {
  std::string out;
  out.reserve(text.size() * 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i + 1 == text.size() || !fits(text[i], text[i + 1])) {
      out += text[i];
      continue;
    }
    (((out += before) += text[i]) += ' ') += text[i + 1];
    out += after;
    ++i;
  }
  return out;
}

// Tokens as numbers, the same for text and references.
using Dictionary = std::map<std::string, char32_t, std::less<>>;

std::u32string numbered(std::string_view text, Dictionary& dictionary) {
  std::u32string sequence;
  for (std::string& token : tokenize_13a(text)) {
    const auto number = static_cast<char32_t>(dictionary.size());
    sequence += dictionary.try_emplace(std::move(token), number).first->second;
  }
  return sequence;
}

// n-grams of all references by order, each as often as in the one that has it most.
std::vector<Ngrams> merged_ngrams(const std::vector<std::u32string>& references) {
  std::vector<Ngrams> merged(kBleuOrder);
  for (const std::u32string& reference : references) {
    const auto one = metrics::sorted_ngrams(reference, kBleuOrder);
    for (std::size_t i = 0; i < kBleuOrder; ++i) {
      Ngrams both;
      std::set_union(merged[i].begin(), merged[i].end(), one[i].begin(), one[i].end(),
                     std::back_inserter(both));
      merged[i] = std::move(both);
    }
  }
  return merged;
}

std::size_t closest_length(std::size_t length, const std::vector<std::u32string>& references) {
  std::size_t closest = 0;
  bool first = true;
  for (const std::u32string& reference : references) {
    const auto distance = [&](std::size_t l) { return l > length ? l - length : length - l; };
    const std::size_t l = reference.size();
    if (first || distance(l) < distance(closest) ||
        (distance(l) == distance(closest) && l < closest))
      closest = l;
    first = false;
  }
  return closest;
}

double brevity_penalty(const BleuCounts& counts) {
  if (counts.length >= counts.reference_length) return 1.0;
  if (counts.length == 0) return 0.0;
  return std::exp(1.0 - static_cast<double>(counts.reference_length) /
                            static_cast<double>(counts.length));
}

// An order without a match counts half, then a quarter ... of a match. `effective`: orders that
// have no n-gram are left out; else they make the score 0.
double score(const BleuCounts& counts, bool effective) {
  if (std::count(counts.matches.begin(), counts.matches.end(), 0U) ==
      static_cast<std::ptrdiff_t>(kBleuOrder))
    return 0.0;
  double log_sum = 0;
  double smoothing = 1;
  std::size_t orders = 0;
  for (; orders < kBleuOrder && counts.totals[orders] > 0; ++orders) {
    double matches = static_cast<double>(counts.matches[orders]);
    if (counts.matches[orders] == 0) matches = 1.0 / (smoothing *= 2);
    log_sum += std::log(100.0 * matches / static_cast<double>(counts.totals[orders]));
  }
  if (!effective && orders < kBleuOrder) return 0.0;
  const double mean = std::exp(log_sum / static_cast<double>(orders));
  return std::min(100.0, brevity_penalty(counts) * mean);
}

}  // namespace

BleuCounts& BleuCounts::operator+=(const BleuCounts& other) {
  for (std::size_t i = 0; i < kBleuOrder; ++i) {
    matches[i] += other.matches[i];
    totals[i] += other.totals[i];
  }
  length += other.length;
  reference_length += other.reference_length;
  return *this;
}

std::vector<std::string> tokenize_13a(std::string_view text) {
  const auto words = metrics::split_words(text);
  if (words.empty()) return {};
  // White space at the end goes first: a hyphen there joins nothing.
  std::string line(text.data(), words.back().data() + words.back().size());
  for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"<skipped>", ""},
                                 {"-\n", ""},
                                 {"\n", " "},
                                 {"&quot;", "\""},
                                 {"&amp;", "&"},
                                 {"&lt;", "<"},
                                 {"&gt;", ">"}})
    line = replace_all(line, from, to);
  line = part_signs(" " + line + " ");
  // Full stops and commas stay in numbers only; a hyphen is parted from a digit before it.
  line = part_pairs(
      line, [](char a, char b) { return !is_digit(a) && is_stop(b); }, "", " ");
  line = part_pairs(
      line, [](char a, char b) { return is_stop(a) && !is_digit(b); }, " ", "");
  line = part_pairs(
      line, [](char a, char b) { return is_digit(a) && b == '-'; }, "", " ");
  std::vector<std::string> tokens;
  for (const auto word : metrics::split_words(line)) tokens.emplace_back(word);
  return tokens;
}

BleuCounts count_bleu(std::string_view text, std::span<const std::string_view> references) {
  Dictionary dictionary;
  const std::u32string sequence = numbered(text, dictionary);
  std::vector<std::u32string> others;
  for (const std::string_view reference : references)
    others.push_back(numbered(reference, dictionary));
  BleuCounts counts;
  counts.length = sequence.size();
  counts.reference_length = closest_length(sequence.size(), others);
  const auto ngrams = metrics::sorted_ngrams(sequence, kBleuOrder);
  const auto merged = merged_ngrams(others);
  for (std::size_t i = 0; i < kBleuOrder; ++i) {
    counts.totals[i] = ngrams[i].size();
    counts.matches[i] = metrics::count_common(ngrams[i], merged[i]);
  }
  return counts;
}

double corpus_bleu(const BleuCounts& counts) { return score(counts, false); }

double sentence_bleu(const BleuCounts& counts) { return score(counts, true); }

double sentence_bleu(std::string_view text, std::string_view reference) {
  return sentence_bleu(count_bleu(text, {&reference, 1}));
}

}  // namespace stareval
