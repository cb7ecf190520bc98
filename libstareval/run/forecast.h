// What a run will take, before anything is sent: requests, tokens, money, time, and how small a
// difference its result can show. Reads the plan, the headers of its pictures and, where the run
// goes on with another, its journal; sends and writes nothing.
// Ranges    low: text and pictures at their low estimate, replies of kShortReply tokens. high: the
//           high estimates, and every reply as long as max_tokens.
// Left out  retries, and what an own cache answers.
// Cost      10,000 samples with pictures of their own: some tenths of a second.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/run/journal.h"
#include "libstareval/run/plan.h"
#include "libstareval/run/prices.h"
#include "libstareval/statistics/power.h"

namespace stareval {

inline constexpr const char* kForecastSchema = "stareval.forecast/1";

// Assumptions, each printed with what it leads to.
inline constexpr std::int64_t kShortReplyDirect = 5;  // tokens of "Answer: 42"
inline constexpr std::int64_t kShortReplyCot = 100;   // of a few sentences
inline constexpr double kFastestReplySeconds = 1;     // and 100 tokens a second
inline constexpr double kSlowestReplySeconds = 5;     // and 20 tokens a second
inline constexpr double kFastTokensPerSecond = 100;
inline constexpr double kSlowTokensPerSecond = 20;
inline constexpr double kDiscordantShare = 0.3;     // of items that one of two models gets right
inline constexpr double kClusterCorrelation = 0.2;  // of two items of one cluster

struct ForecastOptions {
  int concurrency = 16;
  std::optional<double> rpm;         // requests a minute
  std::optional<double> tpm;         // tokens a minute, input and output
  const Price* price = nullptr;      // null: not known
  const Journal* journal = nullptr;  // of the run that goes on; null: a new one
};

struct MoneyRange {
  std::int64_t low_nanos = 0;
  std::int64_t high_nanos = 0;
};

struct SecondsRange {
  double low = 0;
  double high = 0;
};

struct ForecastRow {
  std::string task;          // "" for the total
  std::size_t samples = 0;   // that the result is of
  std::size_t requests = 0;  // samples x repeats
  std::size_t to_send = 0;   // of them, those that the journal does not settle
  // Of the requests to send:
  std::size_t pictures = 0;
  TokenRange text;
  std::optional<TokenRange> picture;  // nothing: no rule is known for the model
  TokenRange output;
  std::optional<MoneyRange> cost;  // nothing: the price is not known
  std::int64_t most_nanos = 0;     // what a budget would reserve for all of them at once
  SecondsRange time;

  double design_effect = 1;                 // of the clusters of the samples
  std::optional<double> detectable;         // accuracy, two models on different items
  std::optional<double> detectable_paired;  // on the same items
};

struct Forecast {
  std::string model;
  std::string mode;
  int max_tokens = 0;
  ForecastOptions options;
  std::vector<ForecastRow> tasks;  // in the order of the plan
  ForecastRow total;
};

[[nodiscard]] Forecast forecast(const Plan& plan, const ForecastOptions& options);

// {"schema": "stareval.forecast/1", ...}; USD as decimal fractions, times in seconds.
[[nodiscard]] json::object to_json_object(const Forecast& forecast);

}  // namespace stareval
