#include "engine/audit/balance.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

namespace stareval::engine {
namespace {

constexpr std::size_t kItemsOfAWording = 5;  // below it, questions are not phrasings of one

double share_of_majority(const std::map<std::int64_t, std::size_t>& golds, std::size_t n) {
  std::size_t most = 0;
  for (const auto& [gold, count] : golds) most = std::max(most, count);
  return n == 0 ? 0 : static_cast<double>(most) / static_cast<double>(n);
}

// Shannon's entropy over its most for as many classes.
std::optional<double> normalised_entropy(const std::map<std::int64_t, std::size_t>& golds,
                                         std::size_t n, std::size_t classes) {
  if (classes < 2) return std::nullopt;
  double sum = 0;
  for (const auto& [gold, count] : golds) {
    const double share = static_cast<double>(count) / static_cast<double>(n);
    if (share > 0) sum -= share * std::log(share);
  }
  return sum / std::log(static_cast<double>(classes));
}

std::optional<ChiSquare> test_positions(std::span<const AuditItem* const> items) {
  std::vector<double> observed;
  std::vector<double> expected;
  for (const AuditItem* item : items) {
    const std::size_t options = item->options.size();
    if (options > observed.size()) {
      observed.resize(options, 0);
      expected.resize(options, 0);
    }
    ++observed[static_cast<std::size_t>(item->gold)];
    for (std::size_t i = 0; i < options; ++i) expected[i] += 1.0 / static_cast<double>(options);
  }
  return chi_square(observed, expected);
}

std::optional<ChiSquare> test_wordings(std::span<const AuditItem* const> items,
                                       std::size_t wordings) {
  if (wordings * kItemsOfAWording > items.size()) return std::nullopt;
  std::vector<double> observed(wordings, 0);
  for (const std::uint32_t code : code_wordings(items)) ++observed[code];
  const std::vector<double> expected(
      wordings, static_cast<double>(items.size()) / static_cast<double>(wordings));
  return chi_square(observed, expected);
}

std::size_t count_different(const Classes& codes) {
  return codes.empty() ? 0 : *std::max_element(codes.begin(), codes.end()) + std::size_t{1};
}

std::size_t most_options(std::span<const AuditItem* const> items) {
  std::size_t most = 0;
  for (const AuditItem* item : items) most = std::max(most, item->options.size());
  return most;
}

}  // namespace

std::optional<ChiSquare> chi_square(std::span<const double> observed,
                                    std::span<const double> expected) {
  ChiSquare test;
  std::size_t classes = 0;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    if (expected[i] <= 0) continue;
    ++classes;
    test.statistic += (observed[i] - expected[i]) * (observed[i] - expected[i]) / expected[i];
  }
  if (classes < 2) return std::nullopt;
  test.freedom = classes - 1;
  const boost::math::chi_squared distribution(static_cast<double>(test.freedom));
  test.p = boost::math::cdf(boost::math::complement(distribution, test.statistic));
  return test;
}

TaskBalance balance_of(std::span<const AuditItem* const> items) {
  TaskBalance balance;
  balance.n = items.size();
  if (items.empty()) return balance;
  balance.task = items.front()->task;
  balance.kind = items.front()->kind;
  balance.wordings = count_different(code_wordings(items));
  balance.wording = test_wordings(items, balance.wordings);
  if (balance.kind == AnswerKind::other) return balance;
  for (const AuditItem* item : items) ++balance.golds[item->gold];
  const std::size_t classes = balance.kind == AnswerKind::counting    ? balance.golds.size()
                              : balance.kind == AnswerKind::detection ? 2
                                                                      : most_options(items);
  balance.majority = share_of_majority(balance.golds, balance.n);
  balance.entropy = normalised_entropy(balance.golds, balance.n, classes);
  if (balance.kind == AnswerKind::choice) balance.positions = test_positions(items);
  return balance;
}

std::vector<TaskItems> by_task(std::span<const AuditItem> items) {
  std::vector<TaskItems> tasks;
  for (const AuditItem& item : items) {
    auto task = std::find_if(tasks.begin(), tasks.end(), [&](const TaskItems& known) {
      return known.task == item.task && known.kind == item.kind;
    });
    if (task == tasks.end()) task = tasks.insert(tasks.end(), {item.task, item.kind, {}});
    task->items.push_back(&item);
  }
  return tasks;
}

}  // namespace stareval::engine
