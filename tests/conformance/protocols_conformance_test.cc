// What every protocol owes, for each of its tasks in both modes: hostile replies never crash it,
// scores stay in [0, 1], scoring is deterministic, the gold answer scores full, and an empty
// summary is undefined and never NaN.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "libstareval/extract/hostile_internal.h"
#include "libstareval/protocol/prompt.h"
#include "libstareval/run/registry.h"
#include "libstareval/tasks/task.h"
#include "protocols/protocols.h"

namespace stareval {
namespace {

constexpr std::size_t kMegabyte = 1 << 20;
constexpr std::chrono::seconds kLimit{60};  // wide, for sanitizers and busy machines

Graph graph() {
  return {{{"France", true}, {"Paris", false}, {"Spain", true}, {"St. Peter Port", false}},
          {{"France", "capital", "Paris"},
           {"Spain", "capital", "St. Peter Port"},
           {"France", "borders", "Spain"}}};
}

Sample sample_of(const std::string& task) {
  Sample sample;
  sample.id = task;
  sample.task = task;
  const auto wordings = question_wordings(task);
  sample.question = wordings.empty() ? "How are the two related?" : std::string(wordings.front());
  sample.graph = graph();
  sample.cluster = "a";
  sample.gold = CountGold{4};
  if (task == "SD")
    sample.gold = DescriptionGold{sample.graph.triples,
                                  "France has Paris as a capital. Spain has St. Peter Port as a "
                                  "capital. France and Spain share a land border."};
  if (task == "ED") {
    sample.change = {Change::Kind::corrupt_triple, 0, {"France", "capital", "Spain"}, false};
    sample.gold = ErrorGold{sample.change.replacement};
  }
  const Task* known = find_task(task);
  if (known && known->answers == AnswerSpace::yes_no) {
    sample.choices = {"no", "yes"};
    sample.gold = ChoiceGold{1};
  }
  if (known && known->answers == AnswerSpace::label) {
    sample.choices = {"none", "/per/per/partner", "/per/org/member_of"};
    sample.gold = ChoiceGold{2};
  }
  if (known && known->answers == AnswerSpace::choice) {
    sample.choices = {"Paris", "Rome", "capital", "Bern"};
    if (known->base == "ER") sample.change.kind = Change::Kind::mask_entity;
    if (known->base == "RR") sample.change.kind = Change::Kind::mask_relation;
    sample.gold = ChoiceGold{2};
  }
  return sample;
}

std::vector<Sample> samples_of(const std::string& task) {
  std::vector<Sample> samples{sample_of(task)};
  if (task == "ED") {
    samples.push_back(sample_of(task));
    samples.back().change = {};
    samples.back().gold = ErrorGold{};
  }
  return samples;
}

struct Case {
  std::string name;
  Mode mode;
  std::string task;
  AnswerForm form = AnswerForm::choice;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name << " " << to_string(c.mode) << " " << c.task << " " << to_string(c.form);
}

Registry registry() {
  Registry all;
  register_protocols(all);
  return all;
}

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  const Registry all = registry();
  for (const auto& [name, make] : all.protocols())
    for (const Mode mode : {Mode::direct, Mode::cot})
      for (const std::string& task : make({mode})->info().tasks)
        for (const AnswerForm form : {AnswerForm::choice, AnswerForm::ranking, AnswerForm::open})
          if (form == AnswerForm::choice || has_answer_forms(task))
            cases.push_back({name, mode, task, form});
  return cases;
}

class ProtocolConformance : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    protocol_ =
        registry().protocols().find(GetParam().name)->second({GetParam().mode, GetParam().form});
  }
  [[nodiscard]] static std::string wrapped(const std::string& answer) {
    if (GetParam().mode == Mode::direct) return answer;
    return "<think>Let me look. The answer is 99, no.</think><answer>" + answer + "</answer>";
  }
  // The gold in the form that is asked for.
  [[nodiscard]] static std::string gold_of(const Sample& sample) {
    const auto* choice = std::get_if<ChoiceGold>(&sample.gold);
    if (choice == nullptr || GetParam().form == AnswerForm::choice) return gold_answer(sample);
    return sample.choices[choice->index];
  }
  std::unique_ptr<Protocol> protocol_;
};

void expect_in_range(const Score& score, const std::string& reply_name) {
  const bool possible = score.outcome == Outcome::answered || score.outcome == Outcome::unparsed ||
                        score.outcome == Outcome::ambiguous || score.outcome == Outcome::refused;
  EXPECT_TRUE(possible) << reply_name;
  EXPECT_EQ(score.outcome == Outcome::answered, !score.values.empty()) << reply_name;
  EXPECT_GE(headline_value(score), 0.0) << reply_name;
  EXPECT_LE(headline_value(score), 1.0) << reply_name;
  for (const auto& [name, value] : score.values)
    EXPECT_TRUE(std::isfinite(value)) << reply_name << ": " << name;
}

// A megabyte each for one task of a protocol, less for the others, which read in the same way.
TEST_P(ProtocolConformance, SurvivesHostileReplies) {
  const Sample sample = sample_of(GetParam().task);
  const bool first =
      GetParam().mode == Mode::direct && GetParam().task == protocol_->info().tasks.front();
  for (const auto& [name, text] : extract::hostile_replies(first ? kMegabyte : kMegabyte / 64)) {
    const auto start = std::chrono::steady_clock::now();
    const Score score = protocol_->score(sample, answered_reply(text));
    EXPECT_LT(std::chrono::steady_clock::now() - start, kLimit) << name;
    expect_in_range(score, name);
    EXPECT_LE(score.span.value_or(Span{}).end, text.size()) << name;
  }
}

TEST_P(ProtocolConformance, ScoresTheSameReplyTheSameTwice) {
  const Sample sample = sample_of(GetParam().task);
  for (const auto& [name, text] : extract::hostile_replies(2000)) {
    const Score first = protocol_->score(sample, answered_reply(text));
    const Score second = protocol_->score(sample, answered_reply(text));
    EXPECT_EQ(first.outcome, second.outcome) << name;
    EXPECT_EQ(first.answer, second.answer) << name;
    EXPECT_EQ(first.rule, second.rule) << name;
    EXPECT_EQ(first.values, second.values) << name;
  }
}

TEST_P(ProtocolConformance, GivesTheGoldAnswerFullScore) {
  for (const Sample& sample : samples_of(GetParam().task)) {
    const Score score = protocol_->score(sample, answered_reply(wrapped(gold_of(sample))));
    EXPECT_EQ(score.outcome, Outcome::answered);
    EXPECT_DOUBLE_EQ(headline_value(score), 1.0) << score.answer;
    EXPECT_EQ(score.values.front().first, protocol_->info().headline);
    EXPECT_FALSE(score.rule.empty());
    EXPECT_TRUE(score.span.has_value());
  }
}

TEST_P(ProtocolConformance, ReadsNothingInUnfinishedThinking) {
  const Sample sample = sample_of(GetParam().task);
  const Score score =
      protocol_->score(sample, answered_reply("<think>The answer is " + gold_of(sample)));
  EXPECT_EQ(score.outcome, Outcome::unparsed);
}

TEST_P(ProtocolConformance, TellsARefusalFromAFailure) {
  const Sample sample = sample_of(GetParam().task);
  const auto outcome = [&](const char* text) {
    return protocol_->score(sample, answered_reply(text)).outcome;
  };
  EXPECT_EQ(outcome("I'm sorry, but I can't help with that."), Outcome::refused);
  EXPECT_EQ(outcome("The picture is pretty."), Outcome::unparsed);
}

TEST_P(ProtocolConformance, DoesNotScoreASampleWithAnotherGold) {
  Sample sample = sample_of(GetParam().task);
  if (std::holds_alternative<CountGold>(sample.gold)) sample.gold = ErrorGold{};
  else sample.gold = CountGold{1};
  const Score score = protocol_->score(sample, answered_reply("1"));
  EXPECT_EQ(score.outcome, Outcome::skipped);
  EXPECT_TRUE(score.values.empty());
}

TEST_P(ProtocolConformance, AsksTheQuestionInItsTemplate) {
  const Sample sample = sample_of(GetParam().task);
  const ProtocolInfo info = protocol_->info();
  const Prompt prompt = protocol_->prompt(sample);
  EXPECT_NE(prompt.text.find(sample.question), std::string::npos);
  if (GetParam().form != AnswerForm::ranking) {  // which puts its candidates in
    EXPECT_EQ(prompt.text, render_prompt(info.prompt_template, sample).text);
  }
  EXPECT_EQ(prompt.text.find('{'), std::string::npos) << prompt.text;
  EXPECT_TRUE(info.prompt_digest.starts_with("sha256:"));
  for (const std::string& choice : sample.choices)
    EXPECT_EQ(prompt.text.find(choice) == std::string::npos, GetParam().form == AnswerForm::open);
  EXPECT_EQ(prompt.text.find("</think>") != std::string::npos, GetParam().mode == Mode::cot);
}

TEST_P(ProtocolConformance, SummarisesNothingAsUndefined) {
  const auto metrics = protocol_->summarise({});
  ASSERT_FALSE(metrics.empty());
  EXPECT_EQ(metrics.front().name, protocol_->info().headline);
  for (const Metric& metric : metrics) {
    EXPECT_FALSE(metric.value || metric.low || metric.high) << metric.name;
    EXPECT_EQ(metric.n, 0U) << metric.name;
  }
}

// One right answer, one that cannot be read, and one attempt for each outcome that is not scored.
TEST_P(ProtocolConformance, CountsTheOutcomesThatAreScored) {
  std::vector<Sample> samples(2 + kOutcomes.size(), sample_of(GetParam().task));
  for (std::size_t i = 0; i < samples.size(); ++i) samples[i].cluster = std::to_string(i);
  const std::string gold = gold_of(samples[0]);
  std::vector<Scored> scored{
      {samples.data(), 0, protocol_->score(samples[0], answered_reply(wrapped(gold)))},
      {&samples[1], 0, protocol_->score(samples[1], answered_reply("hm"))}};
  for (const Outcome outcome : kOutcomes) {
    if (is_scored(outcome)) continue;
    scored.push_back({&samples[scored.size()], 0, {}});
    scored.back().score.outcome = outcome;
  }
  const auto metrics = protocol_->summarise(scored);
  EXPECT_EQ(metrics[0].n, 2U);
  EXPECT_DOUBLE_EQ(*metrics[0].value, 0.5);
  for (const Metric& metric : metrics) {
    for (const auto& number : {metric.value, metric.low, metric.high})
      EXPECT_TRUE(!number || std::isfinite(*number)) << metric.name;
    if (metric.name == protocol_->info().headline + "_floor") {
      EXPECT_EQ(metric.n, scored.size());
      EXPECT_DOUBLE_EQ(*metric.value, 1.0 / static_cast<double>(scored.size()));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Registry, ProtocolConformance, ::testing::ValuesIn(all_cases()),
                         [](const auto& test) {
                           std::string name = test.param.name + "_" +
                                              std::string(to_string(test.param.mode)) + "_" +
                                              test.param.task + "_" +
                                              std::string(to_string(test.param.form));
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace stareval
