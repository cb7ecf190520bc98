#include "libstareval/statistics/preference.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "libstareval/statistics/quantiles.h"
#include "libstareval/statistics/solve_internal.h"

namespace stareval {
namespace {

struct Tallies {
  std::size_t models = 0;
  std::vector<double> wins;  // row beat column, models x models
  std::vector<double> ties;  // row < column
  bool any_tie = false;
  [[nodiscard]] double beat(std::size_t a, std::size_t b) const { return wins[a * models + b]; }
  [[nodiscard]] double tied(std::size_t a, std::size_t b) const {
    return ties[std::min(a, b) * models + std::max(a, b)];
  }
};

Tallies tally(std::size_t models, std::span<const Preference> comparisons) {
  Tallies tallies{models, std::vector<double>(models * models, 0.0),
                  std::vector<double>(models * models, 0.0), false};
  for (const Preference& c : comparisons) {
    if (c.preferred == Preferred::kTie) {
      tallies.ties[std::min(c.first, c.second) * models + std::max(c.first, c.second)] += 1;
      tallies.any_tie = true;
    } else {
      const bool first = c.preferred == Preferred::kFirst;
      tallies.wins[(first ? c.first : c.second) * models + (first ? c.second : c.first)] += 1;
    }
  }
  return tallies;
}

// A model that is not reached from model 0 over edges a -> b; nothing where all are.
template <class Edge>
std::optional<std::size_t> unreached(std::size_t models, const Edge& edge) {
  std::vector<bool> seen(models, false);
  std::vector<std::size_t> open{0};
  seen[0] = true;
  while (!open.empty()) {
    const std::size_t from = open.back();
    open.pop_back();
    for (std::size_t to = 0; to < models; ++to) {
      if (seen[to] || !edge(from, to)) continue;
      seen[to] = true;
      open.push_back(to);
    }
  }
  const auto missing = std::find(seen.begin(), seen.end(), false);
  if (missing == seen.end()) return std::nullopt;
  return static_cast<std::size_t>(missing - seen.begin());
}

// Whether there are numbers d with d_winner >= d_loser + 2 and |d_a - d_b| <= 2 for all ties: they
// are potentials of a graph without negative cycle (Bellman-Ford).
bool ties_drift(const Tallies& tallies) {
  std::vector<int> d(tallies.models, 0);
  for (std::size_t pass = 0; pass <= tallies.models; ++pass) {
    bool moved = false;
    const auto lower = [&](std::size_t model, int bound) {
      if (d[model] <= bound) return;
      d[model] = bound;
      moved = true;
    };
    for (std::size_t a = 0; a < tallies.models; ++a)
      for (std::size_t b = 0; b < tallies.models; ++b) {
        if (tallies.beat(a, b) > 0) lower(b, d[a] - 2);
        if (tallies.tied(a, b) > 0) lower(b, d[a] + 2);
      }
    if (!moved) return true;
  }
  return false;
}

std::string why_undefined(std::size_t models, std::span<const Preference> comparisons) {
  if (models < 2) return "there are fewer than two models";
  for (const Preference& c : comparisons)
    if (c.first >= models || c.second >= models || c.first == c.second)
      return fmt::format("models {} and {} of {} cannot be compared", c.first, c.second, models);
  const Tallies tallies = tally(models, comparisons);
  const auto won = [&](std::size_t a, std::size_t b) {
    return tallies.beat(a, b) > 0 || tallies.tied(a, b) > 0;
  };
  const auto lost = [&](std::size_t a, std::size_t b) { return won(b, a); };
  const auto met = [&](std::size_t a, std::size_t b) { return won(a, b) || lost(a, b); };
  if (const auto model = unreached(models, met))
    return fmt::format("no chain of comparisons links models 0 and {}", *model);
  if (const auto model = unreached(models, won))
    return fmt::format("no chain of wins and ties leads from model 0 to model {}", *model);
  if (const auto model = unreached(models, lost))
    return fmt::format("no chain of wins and ties leads from model {} to model 0", *model);
  if (tallies.any_tie && ties_drift(tallies))
    return "the wins are all in one order, and no wins speak against endless ties";
  return "";
}

PreferenceChances chances(double first, double second, const std::optional<double>& tie) {
  const double middle = tie ? *tie + (first + second) / 2 : 0.0;
  const double top = std::max({first, second, tie ? middle : first});
  const double a = std::exp(first - top);
  const double b = std::exp(second - top);
  const double t = tie ? std::exp(middle - top) : 0.0;
  const double sum = a + b + t;
  return {a / sum, b / sum, t / sum};
}

// All parameters: the strengths, of which model 0 has 0, then t where there are ties.
struct Parameters {
  std::size_t models = 0;
  bool any_tie = false;
  std::vector<double> values;

  [[nodiscard]] std::size_t size() const { return values.size(); }
  [[nodiscard]] PreferenceChances of(std::size_t a, std::size_t b) const {
    return chances(values[a], values[b],
                   any_tie ? std::optional<double>(values[models]) : std::nullopt);
  }
};

double log_likelihood(const Tallies& tallies, const Parameters& at) {
  double sum = 0;
  for (std::size_t a = 0; a < tallies.models; ++a)
    for (std::size_t b = a + 1; b < tallies.models; ++b) {
      const auto chance = at.of(a, b);
      if (tallies.beat(a, b) > 0) sum += tallies.beat(a, b) * std::log(chance.first);
      if (tallies.beat(b, a) > 0) sum += tallies.beat(b, a) * std::log(chance.second);
      if (tallies.tied(a, b) > 0) sum += tallies.tied(a, b) * std::log(chance.tie);
    }
  return sum;
}

// Adds what comparisons of a and b put on the derivative of the log-likelihood.
void add_score(const Parameters& at, std::size_t a, std::size_t b, const PreferenceChances& seen,
               std::vector<double>& score) {
  const double n = seen.first + seen.second + seen.tie;
  const auto expected = at.of(a, b);
  const double surplus = seen.first + seen.tie / 2 - n * (expected.first + expected.tie / 2);
  score[a] += surplus;
  score[b] -= surplus;
  if (at.any_tie) score[at.models] += seen.tie - n * expected.tie;
}

std::vector<double> total_score(const Tallies& tallies, const Parameters& at) {
  std::vector<double> score(at.size(), 0.0);
  for (std::size_t a = 0; a < tallies.models; ++a)
    for (std::size_t b = a + 1; b < tallies.models; ++b)
      add_score(at, a, b, {tallies.beat(a, b), tallies.beat(b, a), tallies.tied(a, b)}, score);
  return score;
}

// The inverse of the information, with a row and column of 0 for model 0, which is held.
std::optional<std::vector<double>> inverse_information(const Tallies& tallies,
                                                       const Parameters& at) {
  const std::size_t size = at.size();
  std::vector<double> information(size * size, 0.0);
  const auto add = [&](std::size_t row, std::size_t column, double value) {
    information[row * size + column] += value;
    if (row != column) information[column * size + row] += value;
  };
  for (std::size_t a = 0; a < tallies.models; ++a)
    for (std::size_t b = a + 1; b < tallies.models; ++b) {
      const double n = tallies.beat(a, b) + tallies.beat(b, a) + tallies.tied(a, b);
      const auto chance = at.of(a, b);
      const double share = chance.first + chance.tie / 2;
      const double variance = n * (chance.first + chance.tie / 4 - share * share);
      add(a, a, variance);
      add(b, b, variance);
      add(a, b, -variance);
      if (!at.any_tie) continue;
      const double with_tie = n * chance.tie * (0.5 - share);
      add(a, tallies.models, with_tie);
      add(b, tallies.models, -with_tie);
      add(tallies.models, tallies.models, n * chance.tie * (1 - chance.tie));
    }
  for (std::size_t k = 0; k < size; ++k) information[k] = information[k * size] = 0.0;
  information[0] = information[size + 1];  // any: the score of model 0 is left out by the 0 below
  auto inverted = inverse(std::move(information), size);
  if (inverted) inverted->front() = 0.0;
  return inverted;
}

// Damped Newton; nothing where 100 steps do not settle it.
std::optional<Parameters> maximise(const Tallies& tallies) {
  Parameters at{tallies.models, tallies.any_tie, {}};
  at.values.assign(tallies.models + (tallies.any_tie ? 1 : 0), 0.0);
  double best = log_likelihood(tallies, at);
  for (int iteration = 0; iteration < 100; ++iteration) {
    const auto inverted = inverse_information(tallies, at);
    if (!inverted) return std::nullopt;
    auto step = product(*inverted, total_score(tallies, at));
    double largest = 0;
    for (const double part : step) largest = std::max(largest, std::abs(part));
    if (!std::isfinite(largest)) return std::nullopt;
    if (largest < 1e-10) return at;
    for (int halving = 0; halving < 60; ++halving) {
      Parameters next = at;
      for (std::size_t k = 0; k < step.size(); ++k) next.values[k] += step[k];
      const double reached = log_likelihood(tallies, next);
      // Near the top the likelihood is flat to rounding, and the step is trusted.
      if (reached >= best || largest < 1e-6) {
        at = std::move(next);
        best = reached;
        break;
      }
      for (double& part : step) part /= 2;
    }
  }
  return std::nullopt;
}

// Sandwich of the strengths against their mean. Empty where the clusters are too few.
std::vector<double> clustered_covariance(const Parameters& at, const std::vector<double>& inverted,
                                         std::span<const Preference> comparisons,
                                         std::size_t& clusters) {
  std::map<std::string_view, std::vector<double>> scores;
  for (const Preference& c : comparisons) {
    const PreferenceChances seen{c.preferred == Preferred::kFirst ? 1.0 : 0.0,
                                 c.preferred == Preferred::kSecond ? 1.0 : 0.0,
                                 c.preferred == Preferred::kTie ? 1.0 : 0.0};
    add_score(at, c.first, c.second, seen,
              scores.try_emplace(c.cluster, at.size(), 0.0).first->second);
  }
  clusters = scores.size();
  if (clusters <= at.size() - 1) return {};
  const auto g = static_cast<double>(clusters);
  std::vector<double> covariance(at.models * at.models, 0.0);
  for (const auto& [name, score] : scores) {
    auto influence = product(inverted, score);
    influence.resize(at.models);
    double mean = 0;
    for (const double part : influence) mean += part / static_cast<double>(at.models);
    for (std::size_t a = 0; a < at.models; ++a)
      for (std::size_t b = 0; b < at.models; ++b)
        covariance[a * at.models + b] +=
            g / (g - 1) * (influence[a] - mean) * (influence[b] - mean);
  }
  return covariance;
}

std::optional<Interval> interval_of(const PreferenceFit& fit, double value, double variance,
                                    double confidence) {
  if (!(variance > 0)) return std::nullopt;
  const double half =
      t_quantile(confidence, static_cast<double>(fit.clusters - 1)) * std::sqrt(variance);
  if (is_point(value - half, value + half)) return std::nullopt;
  return Interval{value - half, value + half, "sandwich t"};
}

}  // namespace

PreferenceResult fit_preferences(std::size_t models, std::span<const Preference> comparisons) {
  if (auto reason = why_undefined(models, comparisons); !reason.empty())
    return {std::nullopt, std::move(reason)};
  const Tallies tallies = tally(models, comparisons);
  const auto at = maximise(tallies);
  const auto inverted = at ? inverse_information(tallies, *at) : std::nullopt;
  if (!inverted) return {std::nullopt, "the likelihood has no maximum that can be found"};
  PreferenceFit fit;
  fit.log_likelihood = log_likelihood(tallies, *at);
  fit.strengths.assign(at->values.begin(),
                       at->values.begin() + static_cast<std::ptrdiff_t>(models));
  double mean = 0;
  for (const double strength : fit.strengths) mean += strength / static_cast<double>(models);
  for (double& strength : fit.strengths) strength -= mean;
  if (at->any_tie) fit.tie = at->values[models];
  fit.covariance = clustered_covariance(*at, *inverted, comparisons, fit.clusters);
  return {std::move(fit), ""};
}

std::optional<Interval> strength_difference(const PreferenceFit& fit, std::size_t a, std::size_t b,
                                            double confidence) {
  if (fit.covariance.empty()) return std::nullopt;
  const std::size_t n = fit.strengths.size();
  const double variance =
      fit.covariance[a * n + a] + fit.covariance[b * n + b] - 2 * fit.covariance[a * n + b];
  return interval_of(fit, fit.strengths[a] - fit.strengths[b], variance, confidence);
}

std::optional<Interval> strength_interval(const PreferenceFit& fit, std::size_t model,
                                          double confidence) {
  if (fit.covariance.empty()) return std::nullopt;
  return interval_of(fit, fit.strengths[model],
                     fit.covariance[model * fit.strengths.size() + model], confidence);
}

PreferenceChances preference_chances(const PreferenceFit& fit, std::size_t first,
                                     std::size_t second) {
  return chances(fit.strengths[first], fit.strengths[second], fit.tie);
}

}  // namespace stareval
