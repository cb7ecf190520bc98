// Guessers that never see a picture, and how likely chance alone is to do as well.
// Input   gold: the class of each item, from 0; features and options: small numbers from 0.
// Credit  an item is worth 1 where the gold is the only best guess, 1/m where it is one of m best
//         guesses, else 0. A guesser returns the sum.
// Thread  pure functions; a Guesser may be called from several threads.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "libstareval/base/random.h"

namespace stareval::engine {

using Classes = std::vector<std::uint32_t>;
using Options = std::vector<std::vector<std::uint32_t>>;  // of each item

// Sum of the credits if these were the golds: everything that a guesser learns, it learns of them,
// or of another split that was given to it.
using Guesser = std::function<double(std::span<const std::uint32_t> gold)>;

// Always the class that is the most frequent of the items themselves. Optimistic by construction:
// 1/k and somewhat more on golds drawn evenly. p_by_chance takes that into account.
[[nodiscard]] Guesser guess_majority(std::size_t classes);

// The most frequent class of the other items with the same feature (leave-one-out). On golds drawn
// evenly it is right 1/k of the time on average; where golds were balanced by hand within a
// feature, less, as the item itself is missing from its own side.
[[nodiscard]] Guesser guess_by_feature(Classes features, std::size_t classes);

// The same, learnt of another split.
[[nodiscard]] Guesser guess_by_feature_of(const Classes& train_features, const Classes& train_gold,
                                          Classes features, std::size_t classes);

enum class OptionScore {
  count,   // how often the option was the gold of another item
  rate,    // that, divided by how often it stood among the options of another item
  rarity,  // the lowest rate: what was an option often and seldom the gold
};

// The option of the best score, leave-one-out. `rate` counts each place that an option takes: an
// option that stands twice in an item was offered twice. (M3STR, relation choices: 56.9 %.)
[[nodiscard]] Guesser guess_by_option(Options options, OptionScore score);

// The same, learnt of another split.
[[nodiscard]] Guesser guess_by_option_of(const Options& train_options, const Classes& train_gold,
                                         Options options, OptionScore score);

// Draws golds as they would fall if nothing but chance decided.
using Redraw = std::function<void(Random& random, Classes& gold)>;

[[nodiscard]] Redraw even_golds(Classes class_counts);  // each class of an item as likely
[[nodiscard]] Redraw shuffled_golds();                  // the same golds, on other items

// The middle 95 % of the credits over 200 draws of golds by chance. For guessers that learn of the
// items that they are asked about it is wider than for as many coins: one gold moves many guesses.
struct Band {
  double low = 0;
  double high = 0;
};
[[nodiscard]] Band band_of_chance(const Guesser& guesser, Classes gold, const Redraw& redraw,
                                  Random random);

// The probability that golds drawn by chance let the guesser do at least as well: a Monte Carlo
// test of at most 4999 draws, which stops once 20 have done as well (Besag and Clifford 1991,
// Biometrika 78, 301). Where none has, the tail of a normal distribution through the draws, at most
// 1/5000; it takes 200 draws where the guesser is more than 8 deviations above them.
// Within [1e-12, 1].
[[nodiscard]] double p_by_chance(const Guesser& guesser, const Classes& gold, const Redraw& redraw,
                                 Random random);

}  // namespace stareval::engine
