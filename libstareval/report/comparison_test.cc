// Two runs made by hand, sample by sample: pairing, counts, the values of each row, refusals, and
// what holds whatever the data (swapping, shuffling, equal runs). The tests themselves are held
// against references in statistics/.
#include "libstareval/report/comparison.h"

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "libstareval/base/random.h"
#include "libstareval/statistics/multiple.h"
#include "libstareval/tasks/task.h"
#include "tests/support/errors.h"
#include "tests/support/samples.h"
#include "tests/support/summaries.h"

namespace stareval {
namespace {

using testing::count_sample;
using testing::error_code;
using testing::error_text;
using testing::run_summary;
using testing::task_summary;

std::string read(const Comparison& comparison) {
  return fmt::format("{}", fmt::join(reading(comparison), " "));
}

// A run of some tasks, built attempt by attempt; samples of equal id are the same in all runs.
class MadeRun {
 public:
  explicit MadeRun(std::string model) : summary_(run_summary(std::move(model), {})) {}

  MadeRun& add(const std::string& task, const std::string& id, double value, int repeat = 0,
               Outcome outcome = Outcome::answered, const std::string& cluster = "") {
    samples_.push_back(count_sample(task + id, task));
    if (!cluster.empty()) samples_.back().cluster = cluster;
    Score score;
    score.outcome = outcome;
    if (outcome == Outcome::answered) {
      score.answer = "says " + fmt::format("{}", value);
      score.values = {{"accuracy", value}};
    }
    scored_.push_back({&samples_.back(), repeat, std::move(score)});
    return *this;
  }

  MadeRun& add_all(const std::string& task, const std::vector<double>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) add(task, std::to_string(i), values[i]);
    return *this;
  }

  // With a summary that fits what was added.
  ComparedRun compared(const std::vector<std::string>& tasks) {
    summary_.tasks.clear();
    for (const std::string& task : tasks) summary_.tasks.push_back(task_summary(task));
    return {&summary_, scored_, "runs/" + summary_.model};
  }

  Summary& summary() { return summary_; }
  void shuffle(Random& random) { random.shuffle(scored_); }

 private:
  std::deque<Sample> samples_;  // scored_ points to them
  std::vector<Scored> scored_;
  Summary summary_;
};

constexpr ComparisonOptions kQuick{.replicates = 500};

ComparisonRow compare_ec(MadeRun& a, MadeRun& b, const ComparisonOptions& options = kQuick) {
  return compare_runs(a.compared({"EC"}), b.compared({"EC"}), options)->tasks.at(0);
}

// Nine samples: A alone is right on one, B alone on four, both on two, neither on two.
const std::vector<double> kOfA{1, 0, 0, 0, 0, 1, 1, 0, 0};
const std::vector<double> kOfB{0, 1, 1, 1, 1, 1, 1, 0, 0};

TEST(Comparison, has_the_values_of_both_runs_and_their_difference) {
  MadeRun a("a");
  MadeRun b("b");
  const ComparisonRow row = compare_ec(a.add_all("EC", kOfA), b.add_all("EC", kOfB));
  EXPECT_EQ(row.task, "EC");
  EXPECT_EQ(row.headline, "accuracy");
  EXPECT_EQ(row.n, 9u);
  EXPECT_EQ(row.attempts, 9u);
  EXPECT_EQ(row.clusters, 9u);
  EXPECT_TRUE(row.independent);
  EXPECT_EQ(row.left_out.total(), 0u);
  EXPECT_DOUBLE_EQ(row.a.value(), 3.0 / 9);
  EXPECT_DOUBLE_EQ(row.b.value(), 6.0 / 9);
  EXPECT_DOUBLE_EQ(row.difference.value(), 3.0 / 9);
  EXPECT_EQ(row.a_higher, 1u);
  EXPECT_EQ(row.b_higher, 4u);
  EXPECT_EQ(row.mcnemar->exact, mcnemar(1, 4).exact);
  EXPECT_EQ(row.mcnemar->mid_p, mcnemar(1, 4).mid_p);
  EXPECT_DOUBLE_EQ(row.flips->p, 0.375) << "5 flips: 2 * (1 + 5) / 32";
  EXPECT_EQ(row.adjusted, row.flips->p) << "one task";
  EXPECT_EQ(row.interval->method, "cluster-robust t");
  EXPECT_LT(row.interval->low, 3.0 / 9);
  EXPECT_GT(row.interval->high, 3.0 / 9);
  EXPECT_FALSE(row.equivalence.has_value()) << "nobody asked";
}

TEST(Comparison, counts_what_is_not_scored_in_both_and_leaves_it_out) {
  MadeRun a("a");
  MadeRun b("b");
  a.add_all("EC", kOfA).add("EC", "x", 1).add("EC", "y", 0, 0, Outcome::truncated);
  b.add_all("EC", kOfB).add("EC", "x", 0, 0, Outcome::api_error).add("EC", "y", 1);
  a.add("EC", "z", 0, 0, Outcome::skipped).add("EC", "u", 0, 0, Outcome::unparsed);
  b.add("EC", "z", 0, 0, Outcome::judge_error).add("EC", "u", 0, 0, Outcome::refused);
  const ComparisonRow row = compare_ec(a, b);
  EXPECT_EQ(row.n, 10u) << "unparsed and refused are scored, with credit 0";
  EXPECT_EQ(row.left_out.only_a, 1u);
  EXPECT_EQ(row.left_out.only_b, 1u);
  EXPECT_EQ(row.left_out.neither, 1u);
  EXPECT_DOUBLE_EQ(row.a.value(), 0.3);
  EXPECT_DOUBLE_EQ(row.b.value(), 0.6);
}

// Two shards may hold other samples of the same split: nothing is dropped unseen.
TEST(Comparison, counts_attempts_that_only_one_run_holds) {
  MadeRun a("a");
  MadeRun b("b");
  a.add("EC", "1", 1).add("EC", "2", 0).add("EC", "3", 1, 0, Outcome::truncated);
  b.add("EC", "2", 1).add("EC", "4", 0);
  const ComparisonRow row = compare_ec(a, b);
  EXPECT_EQ(row.n, 1u);
  EXPECT_EQ(row.left_out.only_a, 1u);
  EXPECT_EQ(row.left_out.only_b, 1u);
  EXPECT_EQ(row.left_out.neither, 1u);
  EXPECT_FALSE(row.flips.has_value()) << "one cluster";
  EXPECT_FALSE(row.adjusted.has_value());
}

// A: 1, 1 and 0, 1. B: 0, 1 (the third was cut) and 0, 0. Third of A has no partner.
TEST(Comparison, takes_the_mean_over_the_repeats_that_count_in_both) {
  MadeRun a("a");
  MadeRun b("b");
  a.add("EC", "1", 1, 0).add("EC", "1", 1, 1).add("EC", "1", 0, 2);
  b.add("EC", "1", 0, 0).add("EC", "1", 1, 1).add("EC", "1", 1, 2, Outcome::truncated);
  a.add("EC", "2", 0, 0).add("EC", "2", 1, 1);
  b.add("EC", "2", 0, 0).add("EC", "2", 0, 1);
  const ComparisonRow row = compare_ec(a, b, {.discordant = 9, .replicates = 500});
  EXPECT_EQ(row.n, 2u);
  EXPECT_EQ(row.attempts, 4u);
  EXPECT_EQ(row.left_out.only_a, 1u);
  EXPECT_DOUBLE_EQ(row.a.value(), 0.75);
  EXPECT_DOUBLE_EQ(row.b.value(), 0.25);
  EXPECT_EQ(row.a_higher, 2u);
  EXPECT_FALSE(row.mcnemar.has_value()) << "halves are neither right nor wrong";
  ASSERT_EQ(row.discordant.size(), 2u);
  EXPECT_EQ(row.discordant[0].sample, "EC1");
  EXPECT_EQ(row.discordant[0].repeat, 0);
  EXPECT_EQ(row.discordant[1].sample, "EC2");
  EXPECT_EQ(row.discordant[1].repeat, 1);
}

TEST(Comparison, lists_the_largest_differences_first_with_both_answers_and_the_gold) {
  MadeRun a("a");
  MadeRun b("b");
  a.add("EC", "1", 0.5).add("EC", "2", 1).add("EC", "3", 0.25).add("EC", "4", 1);
  b.add("EC", "1", 0.75)
      .add("EC", "2", 0, 0, Outcome::unparsed)
      .add("EC", "3", 1)
      .add("EC", "4", 1);
  const auto all = compare_ec(a, b, {.discordant = 9, .replicates = 500}).discordant;
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].sample, "EC2");
  EXPECT_EQ(all[0].gold, "4");
  EXPECT_EQ(all[0].a.answer, "says 1");
  EXPECT_EQ(all[0].a.value, 1);
  EXPECT_EQ(all[0].b.answer, "");
  EXPECT_EQ(all[0].b.outcome, Outcome::unparsed);
  EXPECT_EQ(all[1].sample, "EC3");
  EXPECT_EQ(all[2].sample, "EC1");
  EXPECT_EQ(compare_ec(a, b, {.discordant = 1, .replicates = 500}).discordant.size(), 1u);
  EXPECT_TRUE(compare_ec(a, b).discordant.empty());
}

TEST(Comparison, says_where_samples_share_clusters) {
  MadeRun a("a");
  MadeRun b("b");
  Random random(4);
  for (int i = 0; i < 40; ++i) {
    const std::string cluster = std::to_string(i / 4);
    const bool group = i / 4 % 2 == 0;
    a.add("EC", std::to_string(i), group ? 0 : 1, 0, Outcome::answered, cluster);
    b.add("EC", std::to_string(i), random.chance(0.8) ? 1 : 0, 0, Outcome::answered, cluster);
  }
  const ComparisonRow row = compare_ec(a, b);
  EXPECT_EQ(row.clusters, 10u);
  EXPECT_FALSE(row.independent);
  EXPECT_GT(row.design_effect, 1.5);
  const double share = static_cast<double>(row.a_higher + row.b_higher) / 40;
  EXPECT_EQ(row.detectable, detectable_paired_difference(40 / row.design_effect, share));
  EXPECT_GT(row.flips->p, row.mcnemar->exact) << "ten clusters are less than forty samples";
}

TEST(Comparison, adjusts_over_the_tasks) {
  MadeRun a("a");
  MadeRun b("b");
  a.add_all("EC", std::vector<double>(12, 0)).add_all("RC", kOfA).add("TC", "1", 1);
  b.add_all("EC", std::vector<double>(12, 1)).add_all("RC", kOfB).add("TC", "1", 0);
  const std::vector<std::string> tasks{"EC", "RC", "TC"};
  const Comparison comparison = compare_runs(a.compared(tasks), b.compared(tasks), kQuick).value();
  const std::vector<double> p{comparison.tasks[0].flips->p, comparison.tasks[1].flips->p};
  EXPECT_EQ(comparison.tasks[0].adjusted, holm(p)[0]);
  EXPECT_EQ(comparison.tasks[1].adjusted, holm(p)[1]);
  EXPECT_FALSE(comparison.tasks[2].adjusted.has_value()) << "one cluster has no p";
  EXPECT_DOUBLE_EQ(*comparison.tasks[0].adjusted, 2 * p[0]);
  EXPECT_FALSE(comparison.average.has_value()) << "not all eight";
}

// All eight tasks over the same clusters. Task t of B is right on t + 2 samples more, of 20.
std::pair<MadeRun, MadeRun> eight_tasks() {
  std::pair<MadeRun, MadeRun> runs{MadeRun("a"), MadeRun("b")};
  std::size_t more = 2;
  for (const std::string& task : star_task_ids()) {
    for (std::size_t i = 0; i < 20; ++i) {
      const std::string cluster = "g" + std::to_string(i);
      const std::string id = std::to_string(i);
      runs.first.add(task, id, i >= 15 ? 1 : 0, 0, Outcome::answered, cluster);
      runs.second.add(task, id, i >= 15 || i < more ? 1 : 0, 0, Outcome::answered, cluster);
    }
    ++more;
  }
  return runs;
}

TEST(Comparison, averages_the_eight_tasks_over_clusters_that_span_them) {
  auto [a, b] = eight_tasks();
  const auto& tasks = star_task_ids();
  const Comparison comparison = compare_runs(a.compared(tasks), b.compared(tasks), kQuick).value();
  ASSERT_TRUE(comparison.average.has_value());
  const ComparisonRow& row = *comparison.average;
  EXPECT_EQ(row.task, "AVG");
  EXPECT_EQ(row.n, 160u);
  EXPECT_EQ(row.clusters, 20u);
  EXPECT_DOUBLE_EQ(row.a.value(), 0.25);
  EXPECT_NEAR(row.difference.value(), (2 + 3 + 4 + 5 + 6 + 7 + 8 + 9) / 8.0 / 20, 1e-12);
  EXPECT_DOUBLE_EQ(row.flips->p, 2.0 / 512) << "nine clusters differ, all in favour of B";
  EXPECT_FALSE(row.mcnemar.has_value());
  EXPECT_FALSE(row.adjusted.has_value());
  EXPECT_GT(row.design_effect, 2) << "the tasks of a cluster go together";
  ASSERT_TRUE(row.bootstrap && row.interval);
  EXPECT_LT(row.bootstrap->low, *row.difference);
  EXPECT_GT(row.bootstrap->high, *row.difference);
}

TEST(Comparison, averages_choices_only) {
  auto [a, b] = eight_tasks();
  const auto& tasks = star_task_ids();
  const ComparedRun in_a = a.compared(tasks);
  const ComparedRun in_b = b.compared(tasks);
  a.summary().answer_form = b.summary().answer_form = "open";
  EXPECT_FALSE(compare_runs(in_a, in_b, kQuick).value().average.has_value());
}

// As of runs with --limit 2.
TEST(Comparison, gives_no_interval_of_an_average_of_two_samples_a_task) {
  MadeRun a("a");
  MadeRun b("b");
  const auto& tasks = star_task_ids();
  for (const std::string& task : tasks) {
    a.add_all(task, {0, 1});
    b.add_all(task, {1, 1});
  }
  const ComparisonRow row =
      *compare_runs(a.compared(tasks), b.compared(tasks), {.margin = 0.1, .replicates = 500})
           ->average;
  EXPECT_EQ(row.difference, 0.5);
  EXPECT_TRUE(row.flips.has_value());
  EXPECT_FALSE(row.interval || row.bootstrap || row.equivalence || row.detectable);
}

TEST(Comparison, tests_equivalence_where_a_margin_is_given) {
  auto [a, b] = eight_tasks();
  const auto& tasks = star_task_ids();
  const Comparison comparison =
      compare_runs(a.compared(tasks), b.compared(tasks), {.margin = 0.5, .replicates = 500})
          .value();
  EXPECT_LT(comparison.average->equivalence->p, 0.05);
  EXPECT_EQ(comparison.tasks[0].equivalence->margin, 0.5);
  for (const double margin : {0.0, -0.1, 1.0}) {
    const auto refused =
        compare_runs(a.compared(tasks), b.compared(tasks), {.margin = margin, .replicates = 500});
    EXPECT_EQ(error_code(refused), ErrorCode::usage) << margin;
  }
}

TEST(Comparison, of_a_run_with_itself_finds_nothing) {
  auto [a, b] = eight_tasks();
  const auto& tasks = star_task_ids();
  const Comparison comparison =
      compare_runs(b.compared(tasks), b.compared(tasks), {.margin = 0.1, .replicates = 500})
          .value();
  for (const ComparisonRow& row : comparison.tasks) {
    EXPECT_EQ(row.difference, 0) << row.task;
    EXPECT_EQ(row.flips->p, 1) << row.task;
    EXPECT_EQ(row.adjusted, 1) << row.task;
    EXPECT_EQ(row.mcnemar->mid_p, 1) << row.task;
    EXPECT_FALSE(row.interval.has_value()) << row.task;
    EXPECT_FALSE(row.equivalence.has_value()) << row.task;
  }
  EXPECT_EQ(comparison.average->difference, 0);
  EXPECT_EQ(comparison.average->flips->p, 1);
  EXPECT_EQ(read(comparison),
            "The runs have the same score on every sample that is scored in both.");
}

void expect_mirrored(const ComparisonRow& row, const ComparisonRow& swapped) {
  EXPECT_EQ(*row.difference, -*swapped.difference) << row.task;
  EXPECT_EQ(row.a, swapped.b) << row.task;
  EXPECT_EQ(row.flips->p, swapped.flips->p) << row.task;
  EXPECT_EQ(row.a_higher, swapped.b_higher) << row.task;
  EXPECT_EQ(row.detectable, swapped.detectable) << row.task;
  EXPECT_EQ(row.equivalence->p, swapped.equivalence->p) << row.task;
  EXPECT_EQ(row.equivalence->p_not_worse, swapped.equivalence->p_not_better) << row.task;
  EXPECT_NEAR(row.interval->low, -swapped.interval->high, 1e-12) << row.task;
}

TEST(Comparison, swapping_the_runs_negates_differences_and_keeps_p) {
  auto [a, b] = eight_tasks();
  const auto& tasks = star_task_ids();
  const ComparisonOptions options{.margin = 0.1, .replicates = 500};
  const Comparison ab = compare_runs(a.compared(tasks), b.compared(tasks), options).value();
  const Comparison ba = compare_runs(b.compared(tasks), a.compared(tasks), options).value();
  for (std::size_t i = 0; i < 8; ++i) {
    expect_mirrored(ab.tasks[i], ba.tasks[i]);
    EXPECT_EQ(ab.tasks[i].adjusted, ba.tasks[i].adjusted);
  }
  expect_mirrored(*ab.average, *ba.average);
}

TEST(Comparison, shuffling_and_threads_change_nothing) {
  auto runs = eight_tasks();
  MadeRun& a = runs.first;
  MadeRun& b = runs.second;
  const auto& tasks = star_task_ids();
  ComparisonOptions options{.margin = 0.1, .discordant = 5, .replicates = 500};
  const auto text = [&] {
    return to_json(
        to_json_object(compare_runs(a.compared(tasks), b.compared(tasks), options).value()));
  };
  const std::string first = text();
  Random random(6);
  for (int i = 0; i < 3; ++i) {
    a.shuffle(random);
    b.shuffle(random);
    options.threads = i + 1;
    EXPECT_EQ(text(), first);
  }
}

std::string refusal_after(const std::function<void(Summary&)>& change) {
  MadeRun a("a");
  MadeRun b("b");
  const ComparedRun left = a.add_all("EC", kOfA).compared({"EC"});
  const ComparedRun right = b.add_all("EC", kOfB).compared({"EC"});
  change(b.summary());
  const auto refused = compare_runs(left, right, kQuick);
  EXPECT_EQ(error_code(refused), ErrorCode::mismatch);
  return error_text(refused);
}

TEST(Comparison, refuses_what_a_table_refuses) {
  EXPECT_EQ(refusal_after([](Summary& s) { s.digest = "sha256:e"; }),
            "these runs cannot be compared: the dataset is little test sha256:d in openai a, and "
            "little test sha256:e in openai b; report them apart");
  for (const auto& change : std::vector<std::function<void(Summary&)>>{
           [](Summary& s) { s.split = "train"; }, [](Summary& s) { s.mode = "cot"; },
           [](Summary& s) { s.repeats = 2; }, [](Summary& s) { s.limit = 5; },
           [](Summary& s) { s.tasks[0].protocol_version = "2"; },
           [](Summary& s) { s.tasks[0].prompt_digest = "sha256:q"; }})
    EXPECT_NE(refusal_after(change).find("report them apart"), std::string::npos);
}

TEST(Comparison, refuses_another_headline_and_runs_without_a_common_task) {
  EXPECT_EQ(refusal_after([](Summary& s) { s.tasks[0].headline = "judge"; }),
            "these runs cannot be compared: the headline of EC is accuracy in A, and judge in B");
  EXPECT_EQ(refusal_after([](Summary& s) { s.tasks[0].task = "RC"; }),
            "these runs cannot be compared: they have no task in common; run both with the same "
            "--task");
}

TEST(Comparison, names_the_tasks_that_only_one_run_has_and_another_decoding) {
  MadeRun a("a");
  MadeRun b("b");
  a.add_all("EC", kOfA).add_all("RC", kOfA);
  b.add_all("EC", kOfB).add_all("TC", kOfB);
  const ComparedRun left = a.compared({"RC", "EC"});
  const ComparedRun right = b.compared({"EC", "TC"});
  b.summary().decoding = "{\"temperature\":1}";
  const Comparison comparison = compare_runs(left, right, kQuick).value();
  ASSERT_EQ(comparison.tasks.size(), 1u);
  EXPECT_EQ(comparison.a.others, std::vector<std::string>{"RC"});
  EXPECT_EQ(comparison.b.others, std::vector<std::string>{"TC"});
  const std::string text = read(comparison);
  EXPECT_NE(text.find("The runs decode differently: A {\"max_tokens\":4096,\"temperature\":0}, B "
                      "{\"temperature\":1}. Only A has RC. Only B has TC."),
            std::string::npos)
      << text;
}

// Differences 1, 1, 1, 1, 0: the t interval would reach to 1.36, and equal ones have none.
TEST(Comparison, holds_intervals_of_differences_within_the_scale) {
  MadeRun a("a");
  MadeRun b("b");
  const ComparisonRow row =
      compare_ec(a.add_all("EC", {0, 0, 0, 0, 0}), b.add_all("EC", {1, 1, 1, 1, 0}));
  EXPECT_EQ(row.interval->high, 1);
  EXPECT_LE(row.bootstrap->high, 1);
  const ComparisonRow back = compare_ec(b, a);
  EXPECT_EQ(back.interval->low, -1);
}

// What the words are made of is set by hand, so that each sentence is seen once.
Comparison one_row(double p, double difference) {
  ComparisonRow row;
  row.task = "EC";
  row.n = 100;
  row.attempts = 100;
  row.a_higher = 10;
  row.b_higher = 12;
  row.difference = difference;
  row.flips = SignFlipTest{p, 0};
  row.detectable = 0.041;
  Comparison comparison;
  comparison.tasks = {row};
  return comparison;
}

TEST(Reading, says_that_no_difference_was_found_and_which_would_not_be) {
  EXPECT_EQ(read(one_row(0.41, 0.02)),
            "EC: no difference was found (p = 0.410); with these samples a difference below 4.1 "
            "points would be found less than four times in five.");
  Comparison few = one_row(0.41, 0.02);
  few.tasks[0].detectable.reset();
  EXPECT_EQ(read(few),
            "EC: no difference was found (p = 0.410); these samples are too few to find any.");
}

TEST(Reading, says_which_is_better_and_by_how_much) {
  EXPECT_EQ(read(one_row(0.0004, 0.0312)), "EC: B is better by 3.1 points (p <0.001).");
  EXPECT_EQ(read(one_row(0.012, -0.2)), "EC: A is better by 20.0 points (p = 0.012).");
}

TEST(Reading, says_what_is_undefined_and_what_is_left_out) {
  Comparison comparison = one_row(0.012, 0.2);
  comparison.tasks[0].flips.reset();
  comparison.tasks[0].left_out = {1, 2, 3};
  EXPECT_EQ(read(comparison),
            "EC: undefined, as fewer than two clusters are scored in both runs. Left out: 6 of 106 "
            "attempts, as 1 are scored in A only, 2 in B only, 3 in neither.");
  comparison.tasks[0].n = 0;
  EXPECT_EQ(read(comparison).substr(0, 35), "No sample is scored in both runs. L");
}

TEST(Reading, says_what_a_margin_shows) {
  Comparison comparison = one_row(0.41, 0.01);
  comparison.options.margin = 0.02;
  const auto ending = [&](Equivalence test) {
    comparison.tasks[0].equivalence = test;
    const std::string text = read(comparison);
    return text.substr(text.find("five. ") + 6);
  };
  EXPECT_EQ(ending({0.02, 0.01, 0.03, 0.03}), "EC: equivalent within 2.0 points (p = 0.030).");
  EXPECT_EQ(ending({0.02, 0.01, 0.3, 0.3}),
            "EC: that the two are equivalent within 2.0 points is not shown (p = 0.300), but that "
            "B is less than 2.0 points worse is (p = 0.010).");
  EXPECT_EQ(ending({0.02, 0.3, 0.01, 0.3}),
            "EC: that the two are equivalent within 2.0 points is not shown (p = 0.300), but that "
            "A is less than 2.0 points worse is (p = 0.010).");
  EXPECT_EQ(ending({0.02, 0.3, 0.2, 0.3}),
            "EC: that the two are equivalent within 2.0 points is not shown (p = 0.300).");
  comparison.tasks[0].equivalence.reset();
  EXPECT_NE(read(comparison).find("EC: equivalence is undefined"), std::string::npos);
}

TEST(Reading, of_several_tasks_names_those_that_differ_after_holm) {
  Comparison comparison = one_row(0.01, 0.1);
  comparison.tasks.push_back(comparison.tasks[0]);
  comparison.tasks[1].task = "RC";
  comparison.tasks[0].adjusted = 0.02;
  comparison.tasks[1].adjusted = 0.2;
  EXPECT_EQ(read(comparison), "After Holm's correction over 2 tasks these differ: EC (+10.0).");
  comparison.options.margin = 0.02;
  comparison.tasks[1].equivalence = Equivalence{0.02, 0.01, 0.03, 0.03};
  EXPECT_NE(
      read(comparison).find("Equivalent within 2.0 points, each task for itself: 1 of 2: RC."),
      std::string::npos);
  comparison.options.margin.reset();
  comparison.tasks[0].adjusted = 0.06;
  EXPECT_EQ(read(comparison), "No task of 2 differs after Holm's correction.");
}

// A task of one cluster has no p, and does not count in the correction.
TEST(Reading, counts_only_tasks_that_were_tested) {
  Comparison comparison = one_row(0.01, 0.1);
  comparison.tasks.resize(3, comparison.tasks[0]);
  comparison.tasks[0].adjusted = 0.02;
  comparison.tasks[1].adjusted = 0.2;
  EXPECT_EQ(read(comparison), "After Holm's correction over 2 tasks these differ: EC (+10.0).");
  comparison.tasks[1].adjusted.reset();
  EXPECT_EQ(read(comparison), "After Holm's correction over 1 task these differ: EC (+10.0).");
  comparison.tasks[0].adjusted = 0.2;
  EXPECT_EQ(read(comparison), "No task of 1 differs after Holm's correction.");
  comparison.tasks[0].adjusted.reset();
  EXPECT_EQ(read(comparison),
            "No task could be tested: none has two clusters scored in both runs.");
}

TEST(Reading, writes_p_and_points_for_people) {
  EXPECT_EQ(p_text(0.0123), "0.012");
  EXPECT_EQ(p_text(0.00099), "<0.001");
  EXPECT_EQ(p_text(1), "1.000");
  EXPECT_EQ(points_text(0.0312), "+3.1");
  EXPECT_EQ(points_text(-0.004), "-0.4");
  EXPECT_EQ(points_text(-0.0004), "0.0");
  EXPECT_EQ(points_text(0), "0.0");
}

TEST(ComparisonJson, has_all_that_the_text_has) {
  auto [a, b] = eight_tasks();
  const auto& tasks = star_task_ids();
  const json::object object =
      to_json_object(compare_runs(a.compared(tasks), b.compared(tasks),
                                  {.margin = 0.1, .discordant = 2, .seed = 5, .replicates = 500})
                         .value());
  EXPECT_EQ(object.at("schema").as_string(), "stareval.comparison/1");
  EXPECT_EQ(object.at("a").at("run").as_string(), "runs/a");
  EXPECT_EQ(object.at("margin").as_double(), 0.1);
  EXPECT_EQ(object.at("seed").to_number<int>(), 5);
  const json::object& row = object.at("tasks").at("RC").as_object();
  EXPECT_EQ(row.at("n").to_number<int>(), 20);
  EXPECT_EQ(row.at("b_higher").to_number<int>(), 3);
  EXPECT_EQ(row.at("sign_flips").at("p").as_double(), 0.25);
  EXPECT_EQ(row.at("sign_flips").at("method").as_string(), "exact");
  EXPECT_EQ(row.at("mcnemar").at("exact").as_double(), 0.25);
  EXPECT_TRUE(row.at("mcnemar").at("independent").as_bool());
  EXPECT_EQ(row.at("equivalence").at("margin").as_double(), 0.1);
  EXPECT_EQ(row.at("discordant").as_array().size(), 2u);
  EXPECT_EQ(row.at("discordant").at(0).at("b").at("answer").as_string(), "says 1");
  EXPECT_TRUE(row.at("interval").at("low").is_double());
  EXPECT_TRUE(object.at("average").at("mcnemar").is_null());
  EXPECT_EQ(object.at("average").at("headline").as_string(), "mean of 8");
  EXPECT_FALSE(object.at("reading").as_array().empty());
}

}  // namespace
}  // namespace stareval
