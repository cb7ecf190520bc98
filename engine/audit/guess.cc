#include "engine/audit/guess.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace stareval::engine {
namespace {

constexpr int kMostDraws = 4999;
constexpr int kEnoughAsGood = 20;
constexpr int kDrawsOfBand = 200;
constexpr int kDrawsToBeSure = 200;  // after which a guesser that is this many deviations above
constexpr double kSure = 8;          // the draws need not be doubted any longer
constexpr double kLeastP = 1e-12;

// Mean and deviation of the draws, by Welford's method.
class Spread {
 public:
  void add(double value) {
    ++n_;
    const double from_old = value - mean_;
    mean_ += from_old / n_;
    squares_ += from_old * (value - mean_);
  }

  // How many deviations a value lies above the mean; 0 where there is no deviation.
  [[nodiscard]] double deviations(double value) const {
    const double deviation = n_ < 2 ? 0 : std::sqrt(squares_ / (n_ - 1));
    return deviation > 0 ? (value - mean_) / deviation : 0;
  }

 private:
  int n_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

double normal_tail(double deviations) { return std::erfc(deviations / std::sqrt(2.0)) / 2; }

std::size_t size_of(std::span<const std::uint32_t> numbers) {
  return numbers.empty() ? 0 : *std::max_element(numbers.begin(), numbers.end()) + std::size_t{1};
}

// How often each class occurs with each feature: a row a feature.
class Table {
 public:
  Table(std::span<const std::uint32_t> features, std::span<const std::uint32_t> gold,
        std::size_t rows, std::size_t classes)
      : classes_(classes), counts_(rows * classes, 0) {
    for (std::size_t i = 0; i < gold.size(); ++i) ++counts_[features[i] * classes + gold[i]];
  }

  [[nodiscard]] std::span<const int> row(std::size_t feature) const {
    return std::span(counts_).subspan(feature * classes_, classes_);
  }

 private:
  std::size_t classes_;
  std::vector<int> counts_;
};

// Credit of one item of class `gold` for the best class of a row, which counts the item itself
// `own` times.
double credit(std::span<const int> row, std::size_t gold, int own) {
  const int mine = row[gold] - own;
  int as_good = 1;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i == gold) continue;
    if (row[i] > mine) return 0;
    if (row[i] == mine) ++as_good;
  }
  return 1.0 / as_good;
}

// How often each option was the gold, and how often it was offered.
struct OptionCounts {
  std::vector<int> gold;
  std::vector<int> offered;

  OptionCounts(const Options& options, std::span<const std::uint32_t> golds, std::size_t size)
      : gold(size, 0), offered(size, 0) {
    for (std::size_t i = 0; i < options.size(); ++i) {
      ++gold[options[i][golds[i]]];
      for (const std::uint32_t option : options[i]) ++offered[option];
    }
  }
};

std::size_t size_of(const Options& options) {
  std::size_t size = 0;
  for (const auto& of_item : options) size = std::max(size, size_of(std::span(of_item)));
  return size;
}

double score_of(int gold, int offered, OptionScore score) {
  if (score == OptionScore::count) return gold;
  const double rate = offered == 0 ? 0 : static_cast<double>(gold) / offered;
  return score == OptionScore::rarity ? -rate : rate;
}

double credit(const std::vector<std::uint32_t>& options, std::size_t gold,
              const OptionCounts& counts, OptionScore score, bool without_own) {
  const auto score_at = [&](std::size_t i) {
    const std::uint32_t option = options[i];
    if (!without_own) return score_of(counts.gold[option], counts.offered[option], score);
    const auto own = static_cast<int>(std::count(options.begin(), options.end(), option));
    return score_of(counts.gold[option] - (option == options[gold] ? 1 : 0),
                    counts.offered[option] - own, score);
  };
  const double mine = score_at(gold);
  int as_good = 1;
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (i == gold) continue;
    const double other = score_at(i);
    if (other > mine) return 0;
    if (other == mine) ++as_good;
  }
  return 1.0 / as_good;
}

double credits(const Options& options, std::span<const std::uint32_t> gold,
               const OptionCounts& counts, OptionScore score, bool without_own) {
  double sum = 0;
  for (std::size_t i = 0; i < gold.size(); ++i)
    sum += credit(options[i], gold[i], counts, score, without_own);
  return sum;
}

}  // namespace

Guesser guess_majority(std::size_t classes) {
  return [classes](std::span<const std::uint32_t> gold) {
    std::vector<int> counts(classes, 0);
    for (const std::uint32_t each : gold) ++counts[each];
    return static_cast<double>(*std::max_element(counts.begin(), counts.end()));
  };
}

Guesser guess_by_feature(Classes features, std::size_t classes) {
  const std::size_t rows = size_of(std::span(features));
  return [features = std::move(features), rows, classes](std::span<const std::uint32_t> gold) {
    const Table table(features, gold, rows, classes);
    double sum = 0;
    for (std::size_t feature = 0; feature < rows; ++feature) {
      const std::span<const int> row = table.row(feature);
      for (std::size_t of_class = 0; of_class < classes; ++of_class)
        if (row[of_class] > 0) sum += row[of_class] * credit(row, of_class, 1);
    }
    return sum;
  };
}

Guesser guess_by_feature_of(const Classes& train_features, const Classes& train_gold,
                            Classes features, std::size_t classes) {
  const std::size_t rows =
      std::max(size_of(std::span(train_features)), size_of(std::span(features)));
  Table table(train_features, train_gold, rows, classes);
  return [features = std::move(features),
          table = std::move(table)](std::span<const std::uint32_t> gold) {
    double sum = 0;
    for (std::size_t i = 0; i < gold.size(); ++i) sum += credit(table.row(features[i]), gold[i], 0);
    return sum;
  };
}

Guesser guess_by_option(Options options, OptionScore score) {
  const std::size_t size = size_of(options);
  return [options = std::move(options), size, score](std::span<const std::uint32_t> gold) {
    return credits(options, gold, OptionCounts(options, gold, size), score, true);
  };
}

Guesser guess_by_option_of(const Options& train_options, const Classes& train_gold, Options options,
                           OptionScore score) {
  OptionCounts counts(train_options, train_gold,
                      std::max(size_of(train_options), size_of(options)));
  return [options = std::move(options), counts = std::move(counts),
          score](std::span<const std::uint32_t> gold) {
    return credits(options, gold, counts, score, false);
  };
}

Redraw even_golds(Classes class_counts) {
  return [class_counts = std::move(class_counts)](Random& random, Classes& gold) {
    for (std::size_t i = 0; i < gold.size(); ++i)
      gold[i] = static_cast<std::uint32_t>(random.below(class_counts[i]));
  };
}

Redraw shuffled_golds() {
  return [](Random& random, Classes& gold) { random.shuffle(gold); };
}

Band band_of_chance(const Guesser& guesser, Classes gold, const Redraw& redraw, Random random) {
  std::vector<double> sums;
  for (int draws = 0; draws < kDrawsOfBand; ++draws) {
    redraw(random, gold);
    sums.push_back(guesser(gold));
  }
  std::sort(sums.begin(), sums.end());
  constexpr std::size_t kOutside = kDrawsOfBand / 40;  // 2.5 %
  return {sums[kOutside], sums[kDrawsOfBand - 1 - kOutside]};
}

double p_by_chance(const Guesser& guesser, const Classes& gold, const Redraw& redraw,
                   Random random) {
  constexpr double kRounding = 1e-9;  // of a sum of some thousand fractions
  const double found = guesser(gold) - kRounding;
  Classes drawn = gold;
  Spread spread;
  int as_good = 0;
  for (int draws = 1; draws <= kMostDraws; ++draws) {
    redraw(random, drawn);
    const double by_chance = guesser(drawn);
    spread.add(by_chance);
    if (by_chance >= found && ++as_good == kEnoughAsGood)
      return static_cast<double>(as_good) / draws;
    if (draws == kDrawsToBeSure && as_good == 0 && spread.deviations(found) > kSure) break;
  }
  if (as_good > 0) return (as_good + 1.0) / (kMostDraws + 1.0);
  return std::clamp(normal_tail(spread.deviations(found)), kLeastP, 1.0 / (kMostDraws + 1.0));
}

}  // namespace stareval::engine
