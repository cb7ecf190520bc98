// What --dry-run prints, by hand; that it keeps to 100 columns at large numbers, too; the budget
// line in each of its cases.
#include "apps/star_eval/dry_run.h"

#include <gtest/gtest.h>

#include <sstream>

namespace stareval::app {
namespace {

const Price kPrice = [] {
  Price price;
  price.input = 2'500'000;
  price.output = 10'000'000;
  price.as_of = "2026-11-05";
  price.source = "The vendor, price page";
  return price;
}();

ForecastRow row_of(const std::string& task, std::size_t samples) {
  const auto n = static_cast<std::int64_t>(samples);
  ForecastRow row;
  row.task = task;
  row.samples = row.requests = row.to_send = row.pictures = samples;
  row.text = {40 * n, 110 * n};
  row.picture = TokenRange{765 * n, 765 * n};
  row.output = {5 * n, 4096 * n};
  row.cost = MoneyRange{2'000'000 * n, 43'000'000 * n};
  row.most_nanos = 44'000'000 * n;
  row.time = {1.05 * static_cast<double>(n), 13.1 * static_cast<double>(n)};
  row.detectable = 0.277;
  row.detectable_paired = 0.212;
  return row;
}

DryRun run_of(std::size_t samples) {
  DryRun run;
  run.forecast.model = "gpt-4o";
  run.forecast.mode = "direct";
  run.forecast.max_tokens = 4096;
  run.forecast.options.price = &kPrice;
  run.forecast.tasks = {row_of("EC", samples), row_of("RC", samples)};
  run.forecast.total = row_of("", 2 * samples);
  run.dataset = "atlas";
  run.split = "test";
  run.digest = "sha256:0123456789abcdef";
  run.backend = "openai";
  run.folder = "runs/x";
  return run;
}

TEST(DryRun, prints_counts_money_time_and_power) {
  EXPECT_EQ(dry_run_text(run_of(50)), R"(dry run: nothing is sent, nothing is written

dataset  atlas, split test, sha256:0123456789ab
model    openai gpt-4o, direct, max_tokens 4096
price    2.50 for input, 10.00 for output, USD per million tokens, as of 2026-11-05
         The vendor, price page
folder   runs/x

task  samples  to send  pictures     text tokens  picture tokens  reply tokens   cost in USD
EC         50       50        50  2.00k to 5.50k           38.2k   250 to 205k  0.10 to 2.15
RC         50       50        50  2.00k to 5.50k           38.2k   250 to 205k  0.10 to 2.15
all       100      100       100  4.00k to 11.0k           76.5k   500 to 410k  0.20 to 4.30

time     105 s to 22 min, with 16 requests at once

A low figure is for replies of 5 tokens in 1.1 s, a high one for 4096 tokens in 4 min
(--set max_tokens=N). Retries are not counted. Token counts are estimates: docs/cost.md.

Smallest difference of two models, in percentage points of accuracy, that a test finds
(5 % level, 80 % power):

task  samples  design effect  on other samples  on the same samples
each       50           1.00              27.7                 21.2
all       100           1.00              27.7                 21.2
)");
}

TEST(DryRun, keeps_to_100_columns) {
  for (const std::size_t samples : {1u, 800u, 10'000u, 1'000'000u}) {
    std::istringstream lines(dry_run_text(run_of(samples)));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100u) << line;
  }
}

TEST(DryRun, says_that_a_price_is_not_known) {
  DryRun run = run_of(50);
  run.forecast.options.price = nullptr;
  for (ForecastRow* row : {&run.forecast.tasks[0], &run.forecast.tasks[1], &run.forecast.total}) {
    row->cost.reset();
    row->picture.reset();
  }
  const std::string text = dry_run_text(run);
  EXPECT_NE(text.find("price    no price known for gpt-4o; give --prices FILE"), std::string::npos);
  EXPECT_EQ(text.find("0.00"), std::string::npos) << text;
  EXPECT_TRUE(dry_run_json(run).at("spent_usd").is_null());
}

TEST(DryRun, says_how_far_a_budget_goes) {
  DryRun run = run_of(50);  // 100 requests: 0.2 to 4.3, at most 4.4 USD
  const auto line = [&](std::int64_t cap) {
    run.cap_nanos = cap;
    const std::string text = dry_run_text(run);
    const std::size_t begin = text.find("budget");
    return text.substr(begin, text.find('\n', begin) - begin);
  };
  run.spent_nanos = 100'000'000;
  EXPECT_EQ(line(4'500'000'000),
            "budget   4.50 USD, of which 0.1000 are spent; it is enough for every reply that can "
            "come");
  EXPECT_EQ(line(4'400'000'000),
            "budget   4.40 USD, of which 0.1000 are spent; it is enough, as far as can be told");
  EXPECT_EQ(line(300'000'000),
            "budget   0.3000 USD, of which 0.1000 are spent; it may end before the run does");
  EXPECT_EQ(line(50'000'000),
            "budget   0.0500 USD, of which 0.1000 are spent; it ends before the run does");
}

TEST(DryRun, is_one_document_as_json) {
  DryRun run = run_of(50);
  run.cap_nanos = 5 * kNanosOfUsd;
  const json::object object = dry_run_json(run);
  EXPECT_EQ(object.at("schema"), kForecastSchema);
  EXPECT_EQ(object.at("dataset").at("name"), "atlas");
  EXPECT_EQ(object.at("run_folder"), "runs/x");
  EXPECT_EQ(object.at("budget_usd"), 5.0);
  EXPECT_EQ(object.at("spent_usd"), 0.0);
}

}  // namespace
}  // namespace stareval::app
