// Two runs of the same split, sample by sample: what differs, by how much, and whether it can be
// chance. Everything is B - A.
// Pairs   an attempt (sample, repeat) counts where it is scored in both runs (is_scored); the
// others
//         are counted by the reason. The value of a sample is the mean of its headline over the
//         repeats that count. The order of the attempts never matters.
// AVG     the mean of the eight tasks' means, where both runs have all eight; clusters may span
//         tasks, and are flipped and drawn as a whole.
// Thread  pure functions; the tests run on `threads` threads with the same result.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "libstareval/report/summary.h"
#include "libstareval/statistics/paired.h"

namespace stareval {

inline constexpr const char* kComparisonSchema = "stareval.comparison/1";

inline constexpr double kSignificance = 0.05;  // of p values that the reading calls a difference

struct ComparisonOptions {
  std::optional<double> margin =
      std::nullopt;               // of equivalence, a fraction in (0, 1); nothing: not asked for
  std::size_t discordant = 0;     // pairs to list of each task
  std::uint64_t seed = 20251021;  // of sign flips and bootstrap
  std::size_t replicates = 10000;
  int threads = 1;
};

// One side: what score_run gives. The samples must outlive the call only.
struct ComparedRun {
  const Summary* summary = nullptr;
  std::span<const Scored> scored;
  std::string name;  // as a reader knows the run: its folder
};

struct LeftOut {
  std::size_t only_a = 0;  // attempts that are scored in A only
  std::size_t only_b = 0;
  std::size_t neither = 0;

  [[nodiscard]] std::size_t total() const { return only_a + only_b + neither; }
};

// An attempt whose value differs between the runs.
struct DiscordantPair {
  struct Side {
    double value = 0;
    std::string answer;  // "" where none was read
    Outcome outcome = Outcome::unparsed;
  };
  std::string sample;
  std::string gold;
  int repeat = 0;
  Side a;
  Side b;
};

struct ComparisonRow {
  std::string task;  // "AVG" for the average
  std::string headline;
  std::size_t n = 0;         // samples with a pair
  std::size_t attempts = 0;  // pairs
  std::size_t clusters = 0;
  LeftOut left_out;
  std::optional<double> a;  // over the pairs, so that it may differ from the run's summary
  std::optional<double> b;
  std::optional<double> difference;
  std::optional<Interval> interval;   // cluster-robust t
  std::optional<Interval> bootstrap;  // of clusters, paired
  std::size_t a_higher = 0;           // samples whose value is higher in A
  std::size_t b_higher = 0;
  std::optional<McNemar> mcnemar;     // where all values are 0 or 1; not of AVG
  bool independent = false;           // every cluster holds one sample, as McNemar takes them
  std::optional<SignFlipTest> flips;  // its p is the p value that is adjusted and read
  std::optional<double> adjusted;     // by Holm over the tasks; not of AVG
  std::optional<Equivalence> equivalence;
  double design_effect = 1;          // variance by clusters over that of free samples; at least 1
  std::optional<double> detectable;  // difference found with power 0.8 at 0.05, with these items
  std::vector<DiscordantPair> discordant;  // largest first, then by sample; at most as asked for
};

struct Comparison {
  struct Side {
    std::string name;
    std::string backend;
    std::string model;
    std::string decoding;             // canonical JSON; may differ, and is said
    std::vector<std::string> others;  // tasks that only this run has
  };
  std::string dataset;
  std::string split;
  std::string digest;
  std::string mode;
  int repeats = 1;
  std::optional<std::size_t> limit;
  Side a;
  Side b;
  ComparisonOptions options;
  std::vector<ComparisonRow> tasks;  // that both have, in the order of A
  std::optional<ComparisonRow> average;
};

// Errors  mismatch: those of check_comparable (result_table.h); the runs share no task; a task has
//         another headline. usage: the margin is not in (0, 1).
// Cost    of 8 tasks of 800 samples some seconds, nearly all for the bootstrap.
[[nodiscard]] Result<Comparison> compare_runs(const ComparedRun& a, const ComparedRun& b,
                                              const ComparisonOptions& options = {});

// As people read it: "0.012", "<0.001".
[[nodiscard]] std::string p_text(double p);

// A difference in percentage points, with its sign: "+3.1", "-0.4", "0.0".
[[nodiscard]] std::string points_text(double difference);

// What the numbers say and what they do not, in a few plain sentences, the main one first.
[[nodiscard]] std::vector<std::string> reading(const Comparison& comparison);

// Schema "stareval.comparison/1" (docs/formats.md); fractions in [0, 1], differences in [-1, 1].
[[nodiscard]] json::object to_json_object(const Comparison& comparison);

}  // namespace stareval
