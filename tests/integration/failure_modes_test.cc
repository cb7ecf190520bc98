// Whole runs against a server that fails in each way it knows, alone and all mixed at 10 %. Of each
// run the same is asked: outcomes add up to n, each request that the server saw is an attempt in
// the journal, nothing is asked again once it has a reply, no text is scored that the server did
// not mean as an answer, and the run ends.
// By hand: what becomes of a sample whose first attempt meets each failure. Properties: the rest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <numeric>
#include <set>

#include "apps/star_mock_server/mock_server.h"
#include "libstareval/base/text.h"
#include "libstareval/data/dataset.h"
#include "libstareval/run/evaluation.h"
#include "stareval/stareval.h"
#include "tests/support/backend_probe.h"
#include "tests/support/run_folder.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using Defect = MockStep::Defect;
using testing::TempFolder;

constexpr std::size_t kSamples = 40;
// A guard against a run that never ends, not a claim of speed: the longest takes some 5 s.
constexpr std::chrono::seconds kWallLimit{90};

const Dataset& atlas() {
  static const Dataset dataset =
      read_dataset(STAREVAL_TEST_SOURCE_DIR "/share/datasets/atlas", "test").value();
  return dataset;
}

std::vector<std::string> samples_of_run() {
  std::vector<std::string> ids;
  for (const Sample& sample : atlas().samples)
    if (sample.task == "RC" && ids.size() < kSamples) ids.push_back(sample.id);
  return ids;
}

struct Speaker {
  std::string backend;
  std::string api = {};  // its setting "api"; "" for its default
  milliseconds timeout{400};
};

// In the messages of GoogleTest, as their names in these tests.
void PrintTo(const Speaker& speaker, std::ostream* out) { *out << speaker.backend << speaker.api; }

struct Finished {
  MockScript script;
  Result<EvaluationResult> result;
  std::vector<MockRequest> requests;
  std::map<std::string, std::vector<JournalEntry>> journal;
  std::vector<json::object> scores;
  Clock::duration wall;
};

Evaluation evaluation_in(const std::filesystem::path& folder) {
  Evaluation evaluation;
  evaluation.plan.tasks = {"RC"};
  evaluation.plan.limit = kSamples;
  evaluation.runner.concurrency = 8;
  evaluation.runner.retry.first_delay = milliseconds(5);
  evaluation.runner.retry.longest_delay = milliseconds(40);
  evaluation.runner.retry.retries.timeout = 4;
  evaluation.keep = true;
  evaluation.folder = folder;
  return evaluation;
}

Finished run_against(MockScript script, const Speaker& speaker) {
  script.answers = gold_answers(atlas());
  const auto server = MockServer::start(script).value();
  const Registry registry = make_registry();
  BackendConfig config = testing::config_for(server->base_url());
  config.settings["timeout_s"] =
      fmt::format("{}", std::chrono::duration<double>(speaker.timeout).count());
  if (!speaker.api.empty()) config.settings["api"] = speaker.api;
  const auto backend = registry.backend(speaker.backend).value()->make(config).value();
  const TempFolder folder;
  const auto start = Clock::now();
  auto result = evaluate(registry, atlas(), *backend, evaluation_in(folder / "run"));
  return {std::move(script),
          std::move(result),
          server->requests(),
          testing::journalled(folder / "run"),
          testing::scores_of(folder / "run"),
          Clock::now() - start};
}

// The text that a client is to take from the answer to a request; nothing where it is none.
std::optional<std::string> meant(const MockScript& script, const MockRequest& request) {
  const MockStep step = step_of(script, request.sample, request.attempt, request.order);
  static const std::set<Defect> kNoAnswer{Defect::cut,        Defect::cut_before, Defect::stall,
                                          Defect::stall_body, Defect::wrong_json, Defect::html,
                                          Defect::empty_body, Defect::error_200,  Defect::echo};
  if (step.status != 200 || kNoAnswer.contains(step.defect) || step.length_off != 0)
    return std::nullopt;
  if (step.defect == Defect::null_content) return "";
  std::string text = *step.text + std::string(static_cast<std::size_t>(step.huge_mib) << 20, 'x');
  if (step.defect == Defect::invalid_utf8) return to_valid_utf8(text + "\xc3\x28\xff\xfe");
  return text;
}

std::map<std::string, std::vector<MockRequest>> by_sample(const std::vector<MockRequest>& all) {
  std::map<std::string, std::vector<MockRequest>> requests;
  for (const MockRequest& request : all) requests[request.sample].push_back(request);
  return requests;
}

std::size_t count(const std::vector<MockRequest>& requests, Defect defect) {
  return static_cast<std::size_t>(
      std::count_if(requests.begin(), requests.end(),
                    [&](const auto& r) { return r.defect == defect_name({.defect = defect}); }));
}

const TaskSummary& summary(const Finished& run) { return run.result->summary.tasks.front(); }

std::size_t count(const Finished& run, Outcome outcome) {
  return summary(run).outcomes[static_cast<std::size_t>(outcome)];
}

void expect_texts_are_meant(const Finished& run) {
  const auto requests = by_sample(run.requests);
  for (const auto& [sample, entries] : run.journal) {
    SCOPED_TRACE(sample);
    std::set<std::string> texts;
    for (const MockRequest& request : requests.at(sample))
      if (auto text = meant(run.script, request)) texts.insert(*std::move(text));
    for (const JournalEntry& entry : entries) {
      if (entry.reply.outcome == Outcome::api_error) {
        EXPECT_EQ(entry.reply.text, "");
        EXPECT_NE(entry.reply.error, "");
      } else {
        EXPECT_EQ(entry.reply.outcome, Outcome::answered);
        EXPECT_TRUE(texts.contains(entry.reply.text)) << entry.reply.text.substr(0, 200);
        EXPECT_EQ(&entry, &entries.back()) << "asked again after its reply";
      }
    }
  }
}

// A connection that is closed under the next request (cut_next, and cut_idle where the next one is
// quick) ends an attempt that the server does not count as a request; all others are seen by both.
void expect_each_request_is_an_attempt(const Finished& run) {
  const auto requests = by_sample(run.requests);
  std::size_t unseen = 0;
  for (const std::string& sample : samples_of_run()) {
    const auto entries = run.journal.find(sample);
    ASSERT_NE(entries, run.journal.end()) << sample << " is lost";
    const auto seen = requests.find(sample);
    ASSERT_NE(seen, requests.end()) << sample;
    EXPECT_GE(entries->second.size(), seen->second.size()) << sample << " was sent unseen";
    unseen += entries->second.size() - seen->second.size();
  }
  EXPECT_LE(unseen, count(run.requests, Defect::cut_next) + count(run.requests, Defect::cut_idle));
  EXPECT_EQ(run.journal.size(), kSamples);
}

void expect_scores_are_of_the_golds(const Finished& run) {
  ASSERT_EQ(run.scores.size(), kSamples);
  double right = 0;
  std::size_t scored = 0;
  for (const json::object& score : run.scores) {
    const std::string sample(score.at("sample").as_string());
    SCOPED_TRACE(sample);
    const Reply& reply = run.journal.at(sample).back().reply;
    const json::object& values = score.at("values").as_object();
    if (reply.outcome == Outcome::api_error) {
      EXPECT_EQ(score.at("outcome"), "api_error");
      EXPECT_TRUE(values.empty());
      continue;
    }
    ++scored;
    const bool is_gold = reply.text == run.script.answers.at(sample);
    if (is_gold) {
      EXPECT_EQ(values.at("accuracy").to_number<double>(), 1.0);
    }
    if (reply.text.empty()) {
      EXPECT_EQ(score.at("outcome"), "unparsed");
    }
    if (const auto* value = values.if_contains("accuracy")) right += value->to_number<double>();
  }
  const Metric& accuracy = summary(run).metrics.front();
  ASSERT_EQ(accuracy.name, "accuracy");
  ASSERT_EQ(accuracy.n, scored);
  EXPECT_NEAR(*accuracy.value, right / static_cast<double>(scored), 1e-12);
}

void expect_nothing_lost_or_paid_twice(const Finished& run) {
  ASSERT_TRUE(run.result.has_value()) << run.result.error().message;
  EXPECT_LT(run.wall, kWallLimit);
  const auto& outcomes = summary(run).outcomes;
  EXPECT_EQ(std::accumulate(outcomes.begin(), outcomes.end(), std::size_t{0}), kSamples);
  EXPECT_EQ(count(run, Outcome::skipped), 0U);
  EXPECT_EQ(run.result->progress.done, kSamples);
  expect_each_request_is_an_attempt(run);
  expect_texts_are_meant(run);
  expect_scores_are_of_the_golds(run);
}

// ---- each failure alone: the first attempt at every other sample meets it ----

// What becomes of a sample whose first attempt meets the failure.
enum class End {
  recovers,  // one attempt more, and the gold
  gold,      // the gold by the same attempt
  fails,     // an api_error that is not tried again
  odd        // an answer, whose text is not the gold
};

struct Case {
  std::string name;
  MockStep step;
  End end;
  milliseconds timeout{400};
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

std::vector<Case> cases() {
  const milliseconds patient{20'000};
  return {{"rate_limited", {.status = 429}, End::recovers},
          {"rate_limited_seconds", {.status = 429, .retry_after_s = 1}, End::recovers},
          {"rate_limited_date", {.status = 429, .retry_after_date_s = 1}, End::recovers},
          {"server_error", {.status = 500}, End::recovers},
          {"overloaded", {.status = 503}, End::recovers},
          {"bad_gateway", {.status = 502, .defect = Defect::html}, End::recovers},
          {"stall", {.defect = Defect::stall}, End::recovers},
          {"stall_body", {.defect = Defect::stall_body}, End::recovers},
          {"slow_drip", {.drip = milliseconds(2)}, End::gold, patient},
          {"cut_before", {.defect = Defect::cut_before}, End::recovers},
          {"cut", {.defect = Defect::cut}, End::recovers},
          {"wrong_length", {.length_off = 10}, End::recovers},
          {"cut_idle", {.defect = Defect::cut_idle}, End::gold},
          {"cut_next", {.defect = Defect::cut_next}, End::gold},
          {"duplicate", {.defect = Defect::duplicate}, End::gold},
          {"chunked", {.chunked = true}, End::gold},
          {"wrong_type", {.defect = Defect::wrong_type}, End::gold},
          {"wrong_json", {.defect = Defect::wrong_json}, End::fails},
          {"html", {.defect = Defect::html}, End::fails},
          {"empty_body", {.defect = Defect::empty_body}, End::fails},
          {"echo", {.status = 401, .defect = Defect::echo}, End::fails},
          {"error_200", {.defect = Defect::error_200}, End::fails},
          {"above_the_limit", {.huge_mib = 17}, End::fails, patient},
          {"huge", {.huge_mib = 1}, End::odd, patient},
          {"invalid_utf8", {.defect = Defect::invalid_utf8}, End::odd},
          {"null_content", {.defect = Defect::null_content}, End::odd}};
}

class FailureAlone : public ::testing::TestWithParam<Case> {};

void expect_end(End end, const std::string& gold, const std::vector<JournalEntry>& entries) {
  const Reply& last = entries.back().reply;
  if (end == End::recovers) {
    EXPECT_GE(entries.size(), 2U);
  }
  if (end == End::fails) {
    EXPECT_EQ(entries.size(), 1U);
    EXPECT_EQ(last.failure, Failure::permanent) << last.error;
    return;
  }
  EXPECT_EQ(last.outcome, Outcome::answered) << last.error;
  EXPECT_EQ(last.text == gold, end != End::odd) << last.text.substr(0, 200);
}

TEST_P(FailureAlone, LosesNothingAndPaysNothingTwice) {
  const std::vector<std::string> samples = samples_of_run();
  const MockStep& step = GetParam().step;
  // Few of those that take long: a megabyte, a second.
  const bool is_slow = step.huge_mib > 0 || step.retry_after_s || step.retry_after_date_s;
  MockScript script;
  std::set<std::string> affected;
  for (std::size_t i = 1; i < samples.size(); i += is_slow ? 16 : 2) affected.insert(samples[i]);
  for (const std::string& sample : affected) script.samples[sample] = {step};
  const Finished run = run_against(std::move(script), {"openai", "", GetParam().timeout});
  expect_nothing_lost_or_paid_twice(run);
  for (const auto& [sample, entries] : run.journal) {
    SCOPED_TRACE(sample);
    if (affected.contains(sample)) {
      expect_end(GetParam().end, run.script.answers.at(sample), entries);
    } else {
      EXPECT_EQ(entries.back().reply.text, run.script.answers.at(sample));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Each, FailureAlone, ::testing::ValuesIn(cases()),
                         [](const auto& about) { return about.param.name; });

// So that a failure which the server learns is not forgotten here.
TEST(FailureModes, EveryFailureOfTheMockServerHasACase) {
  std::set<std::string_view> named;
  const std::vector<Case> all = cases();
  for (const Case& one : all) named.insert(one.name);
  static const std::map<std::string_view, std::string_view> kOtherNames{
      {"drip", "slow_drip"}, {"echo_authorization", "echo"}};
  for (const auto& [name, step] : failure_modes()) {
    const auto other = kOtherNames.find(name);
    EXPECT_TRUE(named.contains(other == kOtherNames.end() ? name : other->second)) << name;
  }
}

TEST(FailureModes, ABurstOfServerErrorsIsRiddenOut) {
  MockScript script;
  script.bursts = {{10, 29, {.status = 500}}};
  const Finished run = run_against(std::move(script), {"openai"});
  expect_nothing_lost_or_paid_twice(run);
  EXPECT_EQ(count(run, Outcome::answered), kSamples);
  EXPECT_EQ(run.requests.size(), kSamples + 20);
}

TEST(FailureModes, AnAnswerThatIsAnErrorTextIsNeverScored) {
  MockScript script;
  script.fallback.defect = Defect::error_200;
  const Finished run = run_against(std::move(script), {"openai"});
  ASSERT_TRUE(run.result.has_error());
  EXPECT_EQ(run.result.error().code, ErrorCode::network);
  EXPECT_TRUE(run.scores.empty());
}

// ---- all at once ----

class FailuresMixed : public ::testing::TestWithParam<Speaker> {};

// Three seeds side by side: most of the time of a run is spent waiting.
TEST_P(FailuresMixed, AtTenPercentLoseNothingAndPayNothingTwice) {
  std::vector<std::future<Finished>> runs;
  for (const std::uint64_t seed : {1U, 2U, 3U})
    runs.push_back(std::async(std::launch::async, [seed, speaker = GetParam()] {
      MockScript script;
      script.mix = parse_mix("all:0.1").value();
      script.seed = seed;
      return run_against(std::move(script), speaker);
    }));
  std::size_t failures = 0;
  for (auto& running : runs) {
    const Finished run = running.get();
    SCOPED_TRACE(fmt::format("seed {}", run.script.seed));
    expect_nothing_lost_or_paid_twice(run);
    failures += run.requests.size() - kSamples;
    for (const MockRequest& request : run.requests) failures += request.status != 200 ? 1 : 0;
  }
  EXPECT_GT(failures, 0U) << "these seeds meet no failure";
}

INSTANTIATE_TEST_SUITE_P(Each, FailuresMixed,
                         ::testing::Values(Speaker{"openai"}, Speaker{"openai", "responses"},
                                           Speaker{"anthropic"}, Speaker{"gemini"},
                                           Speaker{"ollama"}, Speaker{"azure"}),
                         [](const auto& about) { return about.param.backend + about.param.api; });

}  // namespace
}  // namespace stareval
