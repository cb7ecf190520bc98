#include "engine/audit/priors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "libstareval/statistics/multiple.h"
#include "libstareval/statistics/proportion.h"

namespace stareval::engine {
namespace {

constexpr std::uint64_t kSeed = 2026;  // of the draws by which p is found: fixed, so that an audit
                                       // says the same each time

constexpr std::size_t kMostClasses = 100;  // of more different golds there is nothing to learn

struct Feature {
  std::string_view name;
  Classes (*code)(std::span<const AuditItem* const>);
};
constexpr std::array<Feature, 3> kFeatures{{{"question wording", code_wordings},
                                            {"picture size", code_picture_sizes},
                                            {"file size", code_file_sizes}}};

struct OptionPrior {
  std::string_view name;
  OptionScore score;
};
constexpr std::array<OptionPrior, 2> kOptionPriors{
    {{"most frequent answer", OptionScore::count}, {"option frequency", OptionScore::rate}}};
// Of another split only: leave-one-out it would find any balance by hand, and use golds that nobody
// who is tested has.
constexpr OptionPrior kOptionRarity{"option rarity", OptionScore::rarity};

// The golds of items as classes from 0, and the number of classes of each item.
struct Golds {
  Classes gold;
  Classes class_counts;
  std::size_t classes = 0;
};

Golds code_golds(std::span<const AuditItem* const> items) {
  std::set<std::int64_t> counts;
  for (const AuditItem* item : items)
    if (item->kind == AnswerKind::counting) counts.insert(item->gold);
  Golds golds;
  for (const AuditItem* item : items) {
    const bool counting = item->kind == AnswerKind::counting;
    const auto gold =
        counting ? std::distance(counts.begin(), counts.find(item->gold)) : item->gold;
    const std::size_t classes = counting                              ? counts.size()
                                : item->kind == AnswerKind::detection ? 2
                                                                      : item->options.size();
    golds.gold.push_back(static_cast<std::uint32_t>(gold));
    golds.class_counts.push_back(static_cast<std::uint32_t>(classes));
    golds.classes = std::max(golds.classes, classes);
  }
  return golds;
}

Options options_of(std::span<const AuditItem* const> items) {
  Options options;
  for (const AuditItem* item : items) options.push_back(item->options);
  return options;
}

bool varies(const Classes& codes) {
  return std::adjacent_find(codes.begin(), codes.end(), std::not_equal_to<>()) != codes.end();
}

double even_chance(const Classes& class_counts) {
  std::map<std::uint32_t, std::size_t> items;  // of so many classes: one quotient each, as a sum of
  for (const std::uint32_t classes : class_counts) ++items[classes];  // thousands would round
  double sum = 0;
  for (const auto& [classes, n] : items) sum += static_cast<double>(n) / classes;
  return sum / static_cast<double>(class_counts.size());
}

// At least as far from the accuracy as the band of chance reaches from chance.
Interval widened(Interval interval, double accuracy, double chance, const Band& band, double n) {
  const double low = accuracy - (band.high / n - chance);
  const double high = accuracy + (chance - band.low / n);
  if (low < interval.low || high > interval.high) interval.method = "wilson, widened by simulation";
  interval.low = std::clamp(low, 0.0, interval.low);
  interval.high = std::clamp(high, interval.high, 1.0);
  return interval;
}

// Makes the rows of one task, all on the same golds.
class Bench {
 public:
  Bench(std::string split, const TaskItems& task, Golds golds)
      : split_(std::move(split)), task_(task), golds_(std::move(golds)) {}

  // Where counting is asked, only a majority is held against an even spread: what all else learns
  // beyond it is the question.
  void add(std::string_view name, std::string learnt_of, const Guesser& guesser,
           bool is_majority = false) {
    const bool counting = task_.kind == AnswerKind::counting;
    const auto n = static_cast<double>(golds_.gold.size());
    Prior prior{
        split_, task_.task, std::string(name), std::move(learnt_of), golds_.gold.size(), 0, 0, {},
        1,      1,          !counting};
    const double successes = guesser(golds_.gold);
    const bool beyond_majority = counting && !is_majority;
    prior.accuracy = successes / n;
    prior.chance = beyond_majority ? guess_majority(golds_.classes)(golds_.gold) / n
                                   : even_chance(golds_.class_counts);
    const Redraw redraw = beyond_majority ? shuffled_golds() : even_golds(golds_.class_counts);
    const Random random = Random(kSeed).fork(split_ + "/" + task_.task + "/" + prior.name);
    prior.interval = widened(*wilson_interval(successes, n), prior.accuracy, prior.chance,
                             band_of_chance(guesser, golds_.gold, redraw, random.fork("band")), n);
    if (prior.interval.low > prior.chance)
      prior.p = p_by_chance(guesser, golds_.gold, redraw, random);
    priors_.push_back(std::move(prior));
  }

  [[nodiscard]] const Golds& golds() const { return golds_; }
  [[nodiscard]] std::vector<Prior> take() && { return std::move(priors_); }

 private:
  std::string split_;
  const TaskItems& task_;
  Golds golds_;
  std::vector<Prior> priors_;
};

std::string_view majority_name(AnswerKind kind) {
  return kind == AnswerKind::choice ? "gold position" : "majority answer";
}

// Golds of two splits in one code, apart again.
std::pair<Golds, Golds> code_together(const Items& all, std::size_t of_first) {
  const Golds golds = code_golds(all);
  const auto part = [&](std::size_t from, std::size_t to) {
    const auto cut = [&](const Classes& values) {
      return Classes(values.begin() + static_cast<std::ptrdiff_t>(from),
                     values.begin() + static_cast<std::ptrdiff_t>(to));
    };
    return Golds{cut(golds.gold), cut(golds.class_counts), golds.classes};
  };
  return {part(0, of_first), part(of_first, all.size())};
}

}  // namespace

std::vector<Prior> priors_within(const std::string& split, const TaskItems& task) {
  if (task.kind == AnswerKind::other || task.items.size() < 2) return {};
  Bench bench(split, task, code_golds(task.items));
  const std::size_t classes = bench.golds().classes;
  if (classes < 2 || classes > kMostClasses) return {};
  bench.add(majority_name(task.kind), "itself", guess_majority(classes), true);
  if (task.kind == AnswerKind::choice)
    for (const OptionPrior& prior : kOptionPriors)
      bench.add(prior.name, "others", guess_by_option(options_of(task.items), prior.score));
  for (const Feature& feature : kFeatures)
    if (Classes codes = feature.code(task.items); varies(codes))
      bench.add(feature.name, "others", guess_by_feature(std::move(codes), classes));
  return std::move(bench).take();
}

std::vector<Prior> priors_across(const std::string& split, const TaskItems& task,
                                 const std::string& train_split, const TaskItems& train) {
  if (task.kind == AnswerKind::other || task.items.size() < 2 || train.items.empty()) return {};
  Items all = train.items;
  all.insert(all.end(), task.items.begin(), task.items.end());
  auto [of_train, of_split] = code_together(all, train.items.size());
  const std::size_t classes = of_train.classes;
  if (classes < 2 || classes > kMostClasses) return {};
  const Classes train_gold = of_train.gold;
  Bench bench(split, task, std::move(of_split));
  const auto add_feature = [&](std::string_view name, const Classes& codes, bool is_majority) {
    const auto middle = codes.begin() + static_cast<std::ptrdiff_t>(train.items.size());
    bench.add(name, train_split,
              guess_by_feature_of(Classes(codes.begin(), middle), train_gold,
                                  Classes(middle, codes.end()), classes),
              is_majority);
  };
  add_feature(majority_name(task.kind), Classes(all.size(), 0), true);
  if (task.kind == AnswerKind::choice)
    for (const OptionPrior& prior : {kOptionPriors[0], kOptionPriors[1], kOptionRarity})
      bench.add(prior.name, train_split,
                guess_by_option_of(options_of(train.items), train_gold, options_of(task.items),
                                   prior.score));
  for (const Feature& feature : kFeatures)
    if (const Classes codes = feature.code(all); varies(codes))
      add_feature(feature.name, codes, false);
  return std::move(bench).take();
}

std::vector<double> judge(std::vector<Prior>& priors, std::span<const double> others) {
  const auto adjust = [&](bool can_fail, std::vector<double> p) {
    for (const Prior& prior : priors)
      if (prior.can_fail == can_fail) p.push_back(prior.p);
    return holm(p);
  };
  std::vector<double> failing = adjust(true, {others.begin(), others.end()});
  const std::vector<double> telling = adjust(false, {});
  std::size_t next_failing = others.size();
  std::size_t next_telling = 0;
  for (Prior& prior : priors) {
    prior.adjusted = prior.can_fail ? failing[next_failing++] : telling[next_telling++];
    const bool above = prior.interval.low > prior.chance && prior.adjusted <= kFalseAlarms;
    if (above) prior.verdict = prior.can_fail ? Verdict::biased : Verdict::expected;
  }
  failing.resize(others.size());
  return failing;
}

}  // namespace stareval::engine
