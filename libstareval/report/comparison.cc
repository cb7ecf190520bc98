#include "libstareval/report/comparison.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "libstareval/report/result_table.h"
#include "libstareval/statistics/bootstrap.h"
#include "libstareval/statistics/mean.h"
#include "libstareval/statistics/multiple.h"
#include "libstareval/tasks/task.h"

namespace stareval {
namespace {

using AttemptKey = std::pair<std::string_view, int>;  // sample, repeat

struct Pair {
  const Scored* a = nullptr;
  const Scored* b = nullptr;
};

// The attempts of one task in either run, by sample and repeat.
std::map<AttemptKey, Pair> attempts_of(const std::string& task, const ComparedRun& a,
                                       const ComparedRun& b) {
  std::map<AttemptKey, Pair> attempts;
  for (const Scored& item : a.scored)
    if (item.sample->task == task) attempts[{item.sample->id, item.repeat}].a = &item;
  for (const Scored& item : b.scored)
    if (item.sample->task == task) attempts[{item.sample->id, item.repeat}].b = &item;
  return attempts;
}

bool counts(const Scored* item) { return item != nullptr && is_scored(item->score.outcome); }

// A sample over the repeats that count in both runs.
struct PairedSample {
  std::string cluster;
  double sum_a = 0;
  double sum_b = 0;
  double repeats = 0;

  [[nodiscard]] double a() const { return sum_a / repeats; }
  [[nodiscard]] double b() const { return sum_b / repeats; }
};

struct PairedTask {
  ComparisonRow row;
  std::vector<AverageItem> a;
  std::vector<AverageItem> b;
  std::vector<AverageItem> differences;
};

DiscordantPair::Side side_of(const Score& score) {
  return {headline_value(score), score.answer, score.outcome};
}

void keep_largest(std::vector<DiscordantPair>& pairs, std::size_t most) {
  const auto size = [](const DiscordantPair& pair) {
    return std::abs(pair.b.value - pair.a.value);
  };
  std::stable_sort(pairs.begin(), pairs.end(),
                   [&](const auto& left, const auto& right) { return size(left) > size(right); });
  if (pairs.size() > most) pairs.resize(most);
}

// Counts what is left out, and lists what differs.
std::map<std::string_view, PairedSample> pair_samples(const std::map<AttemptKey, Pair>& attempts,
                                                      std::size_t most, ComparisonRow& row) {
  std::map<std::string_view, PairedSample> samples;
  for (const auto& [key, pair] : attempts) {
    const bool in_a = counts(pair.a);
    const bool in_b = counts(pair.b);
    if (!in_a || !in_b) {
      ++(in_a ? row.left_out.only_a : in_b ? row.left_out.only_b : row.left_out.neither);
      continue;
    }
    ++row.attempts;
    const auto a = side_of(pair.a->score);
    const auto b = side_of(pair.b->score);
    PairedSample& sample = samples[key.first];
    sample.cluster = pair.a->sample->cluster;
    sample.sum_a += a.value;
    sample.sum_b += b.value;
    ++sample.repeats;
    if (a.value != b.value)
      row.discordant.push_back(
          {std::string(key.first), gold_answer(*pair.a->sample), key.second, a, b});
  }
  keep_largest(row.discordant, most);
  return samples;
}

bool is_binary(double value) { return value == 0 || value == 1; }

PairedTask pair_task(const std::string& task, const ComparedRun& a, const ComparedRun& b,
                     std::size_t most) {
  PairedTask paired;
  ComparisonRow& row = paired.row;
  row.task = task;
  bool binary = true;
  for (const auto& [id, sample] : pair_samples(attempts_of(task, a, b), most, row)) {
    ++row.n;
    if (sample.a() > sample.b()) ++row.a_higher;
    if (sample.b() > sample.a()) ++row.b_higher;
    binary = binary && is_binary(sample.a()) && is_binary(sample.b());
    paired.a.push_back({task, sample.cluster, sample.a()});
    paired.b.push_back({task, sample.cluster, sample.b()});
    paired.differences.push_back({task, sample.cluster, sample.b() - sample.a()});
  }
  if (binary && row.n > 0) row.mcnemar = mcnemar(row.a_higher, row.b_higher);
  return paired;
}

// The squared error that the average would have if every sample were a cluster.
double free_variance(std::span<const AverageItem> items) {
  std::map<std::string_view, std::vector<double>> tasks;
  for (const AverageItem& item : items) tasks[item.task].push_back(item.value);
  double sum = 0;
  for (auto& [task, values] : tasks) {
    std::sort(values.begin(), values.end());
    const double centre = mean(values).value_or(0.0);
    double squares = 0;
    for (const double value : values) squares += (value - centre) * (value - centre);
    const auto n = static_cast<double>(values.size());
    if (n > 1) sum += squares / (n - 1) / n;
  }
  const auto count = static_cast<double>(tasks.size());
  return sum / (count * count);
}

// Of 0/1 values by the share of discordant samples, else by the error.
std::optional<double> detectable(const ComparisonRow& row, double error) {
  if (!row.mcnemar) return detectable_by_error(error);
  const auto n = static_cast<double>(row.n);
  return detectable_paired_difference(n / row.design_effect,
                                      static_cast<double>(row.a_higher + row.b_higher) / n);
}

// Headlines are fractions: no difference of two lies outside of [-1, 1].
std::optional<Interval> within_scale(std::optional<Interval> interval) {
  if (interval) {
    interval->low = std::clamp(interval->low, -1.0, 1.0);
    interval->high = std::clamp(interval->high, -1.0, 1.0);
  }
  return interval;
}

void test(PairedTask& paired, const ComparisonOptions& options) {
  ComparisonRow& row = paired.row;
  std::set<std::string_view> clusters;
  for (const AverageItem& item : paired.differences) clusters.insert(item.cluster);
  row.clusters = clusters.size();
  row.independent = row.clusters == row.n;
  row.a = average_of_tasks(paired.a);
  row.b = average_of_tasks(paired.b);
  if (row.a && row.b) row.difference = *row.b - *row.a;
  row.flips = sign_flip_test(
      paired.differences,
      {.seed = options.seed, .replicates = options.replicates - 1, .threads = options.threads});
  BootstrapOptions bootstrap;
  bootstrap.seed = options.seed;
  bootstrap.replicates = options.replicates;
  bootstrap.threads = options.threads;
  row.bootstrap = within_scale(cluster_bootstrap_average(paired.differences, bootstrap));
  const auto estimate = paired_estimate(paired.differences);
  if (!estimate) return;
  row.interval = within_scale(paired_interval(*estimate));
  if (options.margin) row.equivalence = equivalence_test(*estimate, *options.margin);
  if (const double free = free_variance(paired.differences); free > 0)
    row.design_effect = std::max(1.0, estimate->error * estimate->error / free);
  row.detectable = detectable(row, estimate->error);
}

bool has_all_star_tasks(const std::vector<PairedTask>& tasks) {
  return std::all_of(star_tasks().begin(), star_tasks().end(), [&](const Task& task) {
    return std::any_of(tasks.begin(), tasks.end(), [&](const PairedTask& paired) {
      return paired.row.task == task.id && paired.row.n > 0;
    });
  });
}

std::optional<ComparisonRow> average_row(const std::vector<PairedTask>& tasks,
                                         const ComparisonOptions& options) {
  if (!has_all_star_tasks(tasks)) return std::nullopt;
  PairedTask average;
  ComparisonRow& row = average.row;
  row.task = "AVG";
  row.headline = "mean of 8";
  for (const PairedTask& task : tasks) {
    if (std::none_of(star_tasks().begin(), star_tasks().end(),
                     [&](const Task& star) { return star.id == task.row.task; }))
      continue;
    row.n += task.row.n;
    row.attempts += task.row.attempts;
    row.left_out.only_a += task.row.left_out.only_a;
    row.left_out.only_b += task.row.left_out.only_b;
    row.left_out.neither += task.row.left_out.neither;
    row.a_higher += task.row.a_higher;
    row.b_higher += task.row.b_higher;
    average.a.insert(average.a.end(), task.a.begin(), task.a.end());
    average.b.insert(average.b.end(), task.b.begin(), task.b.end());
    average.differences.insert(average.differences.end(), task.differences.begin(),
                               task.differences.end());
  }
  test(average, options);
  return std::move(average.row);
}

const TaskSummary* find(const Summary& summary, const std::string& task) {
  const auto hit = std::find_if(summary.tasks.begin(), summary.tasks.end(),
                                [&](const TaskSummary& other) { return other.task == task; });
  return hit == summary.tasks.end() ? nullptr : &*hit;
}

Comparison::Side describe(const ComparedRun& run, const ComparedRun& other) {
  const Summary& summary = *run.summary;
  Comparison::Side side{run.name, summary.backend, summary.model, summary.decoding, {}};
  for (const TaskSummary& task : summary.tasks)
    if (find(*other.summary, task.task) == nullptr) side.others.push_back(task.task);
  return side;
}

Result<std::vector<PairedTask>> pair_tasks(const ComparedRun& a, const ComparedRun& b,
                                           std::size_t most) {
  std::vector<PairedTask> tasks;
  for (const TaskSummary& task : a.summary->tasks) {
    const TaskSummary* other = find(*b.summary, task.task);
    if (other == nullptr) continue;
    if (task.headline != other->headline)
      return make_error(ErrorCode::mismatch,
                        "these runs cannot be compared: the headline of {} is {} in A, and {} in B",
                        task.task, task.headline, other->headline);
    tasks.push_back(pair_task(task.task, a, b, most));
    tasks.back().row.headline = task.headline;
  }
  if (tasks.empty())
    return make_error(ErrorCode::mismatch,
                      "these runs cannot be compared: they have no task in common; run both with "
                      "the same --task");
  return tasks;
}

// Holm over the tasks that have a p value.
void adjust(std::vector<ComparisonRow>& rows) {
  std::vector<double> p;
  for (const ComparisonRow& row : rows)
    if (row.flips) p.push_back(row.flips->p);
  const std::vector<double> adjusted = holm(p);
  auto next = adjusted.begin();
  for (ComparisonRow& row : rows)
    if (row.flips) row.adjusted = *next++;
}

}  // namespace

Result<Comparison> compare_runs(const ComparedRun& a, const ComparedRun& b,
                                const ComparisonOptions& options) {
  if (options.margin && !(*options.margin > 0 && *options.margin < 1))
    return make_error(ErrorCode::usage,
                      "the margin is {}, and must lie between 0 and 1: 0.02 is 2 points",
                      *options.margin);
  STAREVAL_CHECK(check_comparable(*a.summary, *b.summary));
  STAREVAL_TRY(std::vector<PairedTask> tasks, pair_tasks(a, b, options.discordant));
  const Summary& first = *a.summary;
  Comparison comparison{first.dataset,
                        first.split,
                        first.digest,
                        first.mode,
                        first.repeats,
                        first.limit,
                        describe(a, b),
                        describe(b, a),
                        options,
                        {},
                        {}};
  for (PairedTask& task : tasks) test(task, options);
  for (const PairedTask& task : tasks) comparison.tasks.push_back(task.row);
  adjust(comparison.tasks);
  // The paper's AVG is of choices.
  if (first.answer_form == "choice") comparison.average = average_row(tasks, options);
  return comparison;
}

}  // namespace stareval
