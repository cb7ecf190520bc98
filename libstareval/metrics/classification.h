// Metrics of a single-label classification: accuracy; precision, recall and F1 of each class, micro
// and macro; with a label that stands for "no relation" left out of the positives where there is
// one.
// Input   labels 0 ... n_labels - 1. kNoLabel as a prediction: none could be read. It is never
//         right: accuracy and recall count it as a miss, precision does not see it.
// Output  fractions in [0, 1]. ClassScore is undefined where a denominator is 0; MicroScores and
//         macro F1 are 0 there, as in the evaluation of MORE.
// Sources accuracy and micro scores: the evaluation of MORE (He et al., ACM MM 2023),
//         which is OpenNRE's (Han et al. 2019): a pair is a positive where its label is not the
//         negative one. Macro F1: the mean of the classes' F1 (not the F1 of the means; Opitz and
//         Burst 2019, arXiv:1911.03347). MORE's code has none, so that which classes count is ours.
// Thread  pure functions. Wrong sizes and labels throw std::invalid_argument.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace stareval {

inline constexpr int kNoLabel = -1;

// How often each label was predicted for each gold label.
class LabelTable {
 public:
  explicit LabelTable(int n_labels);

  // gold must be a label, predicted a label or kNoLabel.
  void add(int gold, int predicted);

  [[nodiscard]] int n_labels() const { return n_labels_; }
  [[nodiscard]] std::size_t count(int gold, int predicted) const;  // predicted may be kNoLabel
  [[nodiscard]] std::size_t n() const;
  [[nodiscard]] std::size_t support(int gold) const;           // kNoLabel predictions among them
  [[nodiscard]] std::size_t predictions(int predicted) const;  // a label or kNoLabel

 private:
  [[nodiscard]] std::size_t at(int gold, int predicted) const;

  int n_labels_;
  std::vector<std::size_t> counts_;  // a row a gold label; the last column is kNoLabel
};

// Cost: n + n_labels^2.
[[nodiscard]] LabelTable tabulate(std::span<const int> predicted, std::span<const int> gold,
                                  int n_labels);

// All labels, the negative one among them. Nothing where there are no items.
[[nodiscard]] std::optional<double> accuracy(const LabelTable& table);

struct ClassScore {
  std::optional<double> precision;  // nothing where the label is never predicted
  std::optional<double> recall;     // nothing where the label is never gold
  std::optional<double> f1;         // 2 hits / (support + predictions); nothing where both are 0
  std::size_t support = 0;          // items whose gold label it is
};

[[nodiscard]] ClassScore class_score(const LabelTable& table, int label);

struct MicroScores {
  double precision = 0;  // hits among the positives predicted
  double recall = 0;     // hits among the gold positives
  double f1 = 0;
};

// Over the labels that are not `negative`; without a negative label, and with a label read from
// every reply, all three are the accuracy.
[[nodiscard]] MicroScores micro_scores(const LabelTable& table, std::optional<int> negative = {});

// Which classes the macro mean counts. Never the negative one.
enum class MacroOver {
  seen,  // those that are gold or predicted somewhere, as scikit-learn does by default
  gold,  // those that are gold somewhere: the same for all models on one split
  all,   // all labels, with 0 for one that is not seen
};

// 0 where no class counts.
[[nodiscard]] double macro_f1(const LabelTable& table, std::optional<int> negative = {},
                              MacroOver over = MacroOver::seen);

// The items of one group, such as one structure of MORE (one or several entities x objects).
struct LabelGroup {
  int group = 0;
  LabelTable table;
};

// A table for each group that has items, by rising group. `groups` holds any integer an item.
[[nodiscard]] std::vector<LabelGroup> tabulate_groups(std::span<const int> predicted,
                                                      std::span<const int> gold,
                                                      std::span<const int> groups, int n_labels);

}  // namespace stareval
