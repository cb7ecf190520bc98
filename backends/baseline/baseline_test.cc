// Worked out by hand: golds, majorities with a tie, defaults. Properties: a guess follows from
// seed, sample and repeat alone, and is one of the answers that there are. Refusals.
#include "backends/baseline/baseline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "libstareval/tasks/task.h"
#include "tests/support/backend_probe.h"

namespace stareval {
namespace {

using ::testing::HasSubstr;

const Triple kParis{"Paris", "capital of", "France"};
const Triple kRome{"Rome", "capital of", "Italy"};
const Triple kWrong{"Rome", "capital of", "France"};

Sample sample_of(std::string id, std::string task, Gold gold) {
  Sample sample;
  sample.id = std::move(id);
  sample.task = std::move(task);
  sample.gold = std::move(gold);
  sample.graph.entities = {{"Paris"}, {"France"}, {"Rome"}, {"Italy"}};
  sample.graph.triples = {kParis, kRome};
  return sample;
}

Sample choice_of(std::string id, std::size_t gold) {
  Sample sample = sample_of(std::move(id), "ER", ChoiceGold{gold});
  sample.choices = {"Paris", "Rome", "Bern"};
  return sample;
}

Sample error_of(std::string id, bool corrupted) {
  Sample sample = sample_of(std::move(id), "ED", ErrorGold{});
  if (!corrupted) return sample;
  sample.gold = ErrorGold{kWrong};
  sample.change = {Change::Kind::corrupt_triple, 1, kWrong, false};
  return sample;
}

Dataset make_dataset() {
  Dataset dataset;
  dataset.samples = {sample_of("EC-1", "EC", CountGold{10}),
                     sample_of("EC-2", "EC", CountGold{9}),
                     sample_of("EC-3", "EC", CountGold{10}),
                     sample_of("EC-4", "EC", CountGold{9}),
                     sample_of("EC-5", "EC", CountGold{4}),
                     choice_of("ER-1", 1),
                     choice_of("ER-2", 2),
                     choice_of("ER-3", 2),
                     error_of("ED-1", false),
                     error_of("ED-2", true),
                     error_of("ED-3", false),
                     sample_of("SD-1", "SD", DescriptionGold{{kParis, kRome}, "First."}),
                     sample_of("SD-2", "SD", DescriptionGold{{kRome}, "Second."}),
                     sample_of("SD-3", "SD", DescriptionGold{{kRome}, "Third."})};
  return dataset;
}

class BaselineTest : public ::testing::Test {
 protected:
  std::unique_ptr<Backend> make(const std::string& model, std::uint64_t seed = 1,
                                std::map<std::string, std::string> settings = {},
                                bool names_options = false) {
    BackendConfig config;
    config.names_options = names_options;
    config.model = model;
    config.seed = seed;
    config.settings = std::move(settings);
    config.dataset = &dataset_;
    return make_baseline(config).value();
  }

  static std::string answer(Backend& backend, const std::string& sample, int repeat = 0) {
    Request request = testing::request_for(sample);
    request.repeat = repeat;
    const Reply reply = testing::ask(backend, request);
    EXPECT_EQ(reply.outcome, Outcome::answered) << reply.error;
    return reply.text;
  }

  std::vector<std::string> all_answers(Backend& backend, int repeat = 0) {
    std::vector<std::string> answers;
    for (const Sample& sample : dataset_.samples)
      answers.push_back(answer(backend, sample.id, repeat));
    return answers;
  }

  // What `random` answers over many repeats.
  std::set<std::string> guesses(const std::string& sample) {
    const auto backend = make("random");
    std::set<std::string> seen;
    for (int repeat = 0; repeat < 200; ++repeat) seen.insert(answer(*backend, sample, repeat));
    return seen;
  }

  Dataset dataset_ = make_dataset();
};

TEST_F(BaselineTest, OracleAnswersTheGolds) {
  const auto backend = make("oracle");
  for (const Sample& sample : dataset_.samples)
    EXPECT_EQ(answer(*backend, sample.id), gold_answer(sample));
}

// Where a ranking or an open answer is asked for, a letter says nothing.
TEST_F(BaselineTest, NamesTheTextOfAnOptionWhereItIsAskedFor) {
  EXPECT_EQ(answer(*make("oracle"), "ER-1"), "B");
  EXPECT_EQ(answer(*make("oracle", 1, {}, true), "ER-1"), "Rome");
  EXPECT_EQ(answer(*make("majority", 1, {}, true), "ER-1"), "Bern");
  EXPECT_EQ(answer(*make("constant", 1, {}, true), "ER-1"), "Paris");
  EXPECT_EQ(answer(*make("oracle", 1, {}, true), "EC-1"), "10");
  for (Sample& sample : dataset_.samples) sample.candidates = {"Oslo"};
  EXPECT_EQ(answer(*make("random", 1, {}, true), "ER-1"), "Oslo");
}

TEST_F(BaselineTest, MajorityTakesTheSmallestOfTheMostFrequent) {
  const auto backend = make("majority");
  EXPECT_EQ(answer(*backend, "EC-5"), "9");
  EXPECT_EQ(answer(*backend, "ER-1"), "C");
  EXPECT_EQ(answer(*backend, "ED-2"), "none");
  EXPECT_EQ(answer(*backend, "SD-1"), "(Rome, capital of, Italy)");
}

TEST_F(BaselineTest, ConstantHasADefaultPerFormOfAnswer) {
  const auto backend = make("constant");
  EXPECT_EQ(answer(*backend, "EC-1"), "1");
  EXPECT_EQ(answer(*backend, "ER-1"), "A");
  EXPECT_EQ(answer(*backend, "ED-1"), "none");
  EXPECT_EQ(answer(*backend, "SD-1"), "The picture shows a knowledge graph.");
  const auto seven = make("constant", 1, {{"answer", "7"}});
  EXPECT_EQ(answer(*seven, "ER-1"), "7");
}

TEST_F(BaselineTest, RandomStaysWithinTheAnswersAndReachesAll) {
  EXPECT_EQ(guesses("EC-1"), (std::set<std::string>{"4", "9", "10"}));
  EXPECT_EQ(guesses("ER-1"), (std::set<std::string>{"A", "B", "C"}));
  EXPECT_EQ(guesses("ED-2"), (std::set<std::string>{"none", to_string(kParis), to_string(kWrong)}));
  EXPECT_EQ(guesses("SD-1"), (std::set<std::string>{"Second.", "Third."}));
  EXPECT_EQ(guesses("SD-2"), (std::set<std::string>{"First.", "Third."}));
}

TEST_F(BaselineTest, RandomSaysNoneHalfTheTime) {
  const auto backend = make("random");
  int none = 0;
  for (int repeat = 0; repeat < 1000; ++repeat)
    none += answer(*backend, "ED-1", repeat) == "none" ? 1 : 0;
  EXPECT_NEAR(none, 500, 80);  // five standard deviations
}

TEST_F(BaselineTest, RandomFollowsFromSeedSampleAndRepeatAlone) {
  const auto forward = all_answers(*make("random", 7));
  EXPECT_NE(all_answers(*make("random", 8)), forward);
  EXPECT_NE(all_answers(*make("random", 7), 1), forward);
  std::reverse(dataset_.samples.begin(), dataset_.samples.end());
  auto backward = all_answers(*make("random", 7));
  std::reverse(backward.begin(), backward.end());
  EXPECT_EQ(forward, backward);
}

TEST_F(BaselineTest, DefaultsToRandom) {
  EXPECT_EQ(all_answers(*make("")), all_answers(*make("random")));
}

TEST_F(BaselineTest, UnknownSamplesFail) {
  const Reply reply = testing::ask(*make("oracle"), testing::request_for("XX-1"));
  EXPECT_EQ(reply.failure, Failure::permanent);
  EXPECT_EQ(reply.error, "baseline: the dataset has no sample \"XX-1\"");
}

TEST_F(BaselineTest, RefusesUnknownModelsSettingsABaseUrlAndNoDataset) {
  BackendConfig config;
  config.dataset = &dataset_;
  config.model = "gpt-4o";
  EXPECT_THAT(make_baseline(config).error().message,
              HasSubstr("oracle, majority, random and constant, found \"gpt-4o\""));
  config.model = "oracle";
  config.settings = {{"answer", "7"}};
  EXPECT_THAT(make_baseline(config).error().message, HasSubstr("there are: none"));
  config.settings.clear();
  config.base_url = "http://127.0.0.1:8000/v1";
  EXPECT_EQ(make_baseline(config).error().message,
            "the backend baseline has no --base-url: it asks no server; leave the option out");
  config.base_url.clear();
  config.dataset = nullptr;
  EXPECT_THAT(make_baseline(config).error().message, HasSubstr("--dataset"));
}

}  // namespace
}  // namespace stareval
