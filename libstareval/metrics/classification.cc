#include "libstareval/metrics/classification.h"

#include <map>
#include <stdexcept>

namespace stareval {
namespace {

void require(bool right, const char* what) {
  if (!right) throw std::invalid_argument(what);
}

std::optional<double> ratio(std::size_t part, std::size_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

bool counts_in_macro(const LabelTable& table, int label, MacroOver over) {
  if (over == MacroOver::all || table.support(label) > 0) return true;
  return over == MacroOver::seen && table.predictions(label) > 0;
}

}  // namespace

LabelTable::LabelTable(int n_labels) : n_labels_(n_labels) {
  require(n_labels > 0, "LabelTable: no labels");
  const auto n = static_cast<std::size_t>(n_labels);
  counts_.resize(n * (n + 1));
}

std::size_t LabelTable::at(int gold, int predicted) const {
  require(gold >= 0 && gold < n_labels_, "LabelTable: gold is no label");
  require(predicted >= kNoLabel && predicted < n_labels_, "LabelTable: predicted is no label");
  const auto column = static_cast<std::size_t>(predicted == kNoLabel ? n_labels_ : predicted);
  return static_cast<std::size_t>(gold) * (static_cast<std::size_t>(n_labels_) + 1) + column;
}

void LabelTable::add(int gold, int predicted) { ++counts_[at(gold, predicted)]; }

std::size_t LabelTable::count(int gold, int predicted) const {
  return counts_[at(gold, predicted)];
}

std::size_t LabelTable::n() const {
  std::size_t sum = 0;
  for (const std::size_t count : counts_) sum += count;
  return sum;
}

std::size_t LabelTable::support(int gold) const {
  std::size_t sum = 0;
  for (int predicted = kNoLabel; predicted < n_labels_; ++predicted) sum += count(gold, predicted);
  return sum;
}

std::size_t LabelTable::predictions(int predicted) const {
  std::size_t sum = 0;
  for (int gold = 0; gold < n_labels_; ++gold) sum += count(gold, predicted);
  return sum;
}

LabelTable tabulate(std::span<const int> predicted, std::span<const int> gold, int n_labels) {
  require(predicted.size() == gold.size(), "tabulate: sizes of predicted and gold");
  LabelTable table(n_labels);
  for (std::size_t i = 0; i < gold.size(); ++i) table.add(gold[i], predicted[i]);
  return table;
}

std::optional<double> accuracy(const LabelTable& table) {
  std::size_t hits = 0;
  for (int label = 0; label < table.n_labels(); ++label) hits += table.count(label, label);
  return ratio(hits, table.n());
}

ClassScore class_score(const LabelTable& table, int label) {
  const std::size_t hits = table.count(label, label);
  const std::size_t support = table.support(label);
  const std::size_t predictions = table.predictions(label);
  return {ratio(hits, predictions), ratio(hits, support), ratio(2 * hits, support + predictions),
          support};
}

MicroScores micro_scores(const LabelTable& table, std::optional<int> negative) {
  std::size_t hits = 0, predictions = 0, support = 0;
  for (int label = 0; label < table.n_labels(); ++label) {
    if (label == negative) continue;
    hits += table.count(label, label);
    predictions += table.predictions(label);
    support += table.support(label);
  }
  return {ratio(hits, predictions).value_or(0), ratio(hits, support).value_or(0),
          ratio(2 * hits, support + predictions).value_or(0)};
}

double macro_f1(const LabelTable& table, std::optional<int> negative, MacroOver over) {
  double sum = 0;
  int classes = 0;
  for (int label = 0; label < table.n_labels(); ++label) {
    if (label == negative || !counts_in_macro(table, label, over)) continue;
    sum += class_score(table, label).f1.value_or(0);
    ++classes;
  }
  return classes == 0 ? 0.0 : sum / classes;
}

std::vector<LabelGroup> tabulate_groups(std::span<const int> predicted, std::span<const int> gold,
                                        std::span<const int> groups, int n_labels) {
  require(predicted.size() == gold.size(), "tabulate_groups: sizes of predicted and gold");
  require(groups.size() == gold.size(), "tabulate_groups: size of groups");
  std::map<int, LabelTable> tables;
  for (std::size_t i = 0; i < gold.size(); ++i)
    tables.try_emplace(groups[i], n_labels).first->second.add(gold[i], predicted[i]);
  std::vector<LabelGroup> parts;
  parts.reserve(tables.size());
  for (auto& [group, table] : tables) parts.push_back({group, std::move(table)});
  return parts;
}

}  // namespace stareval
