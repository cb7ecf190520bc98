// Scores and metrics worked out by hand.
#include "protocols/completion/completion.h"

#include <gtest/gtest.h>

namespace stareval {
namespace {

Sample sample_with(std::size_t gold, std::size_t options = 4) {
  static const std::vector<std::string> kNames{"Paris", "Rome", "Berlin", "Madrid"};
  Sample sample;
  sample.task = "ER";
  sample.question = "Which entity is it?";
  sample.choices.assign(kNames.begin(), kNames.begin() + static_cast<std::ptrdiff_t>(options));
  sample.gold = ChoiceGold{gold};
  sample.cluster = "a";
  return sample;
}

TEST(CompletionProtocol, ListsTheOptions) {
  EXPECT_EQ(CompletionProtocol({Mode::direct}).prompt(sample_with(0)).text,
            "Which entity is it?\n\nA. Paris\nB. Rome\nC. Berlin\nD. Madrid\n\nAnswer with the "
            "letter of the right option, and nothing else.");
}

TEST(CompletionProtocol, ScoresLetterAndText) {
  const CompletionProtocol completion({});
  for (const char* reply : {"C", "(C) Berlin", "Berlin", "<answer>c</answer>"}) {
    const Score score = completion.score(sample_with(2), answered_reply(reply));
    EXPECT_EQ(score.outcome, Outcome::answered) << reply;
    EXPECT_EQ(score.answer, "C") << reply;
    EXPECT_EQ(score.values.front(), (std::pair<std::string, double>("accuracy", 1))) << reply;
  }
  EXPECT_EQ(completion.score(sample_with(2), answered_reply("B")).values.front().second, 0.0);
  EXPECT_EQ(completion.score(sample_with(2), answered_reply("C. Rome")).outcome,
            Outcome::ambiguous);
  EXPECT_EQ(completion.score(sample_with(2), answered_reply("Lisbon")).outcome, Outcome::unparsed);
}

TEST(CompletionProtocol, GivesTheChanceLevelBesideTheAccuracy) {
  const CompletionProtocol completion({});
  const Sample four = sample_with(0, 4);
  const Sample two = sample_with(0, 2);
  const std::vector<Scored> scored{{&four, 0, completion.score(four, answered_reply("A"))},
                                   {&two, 0, completion.score(two, answered_reply("what?"))}};
  const auto metrics = completion.summarise(scored);
  EXPECT_EQ(metrics.front().name, "accuracy");
  EXPECT_DOUBLE_EQ(*metrics.front().value, 0.5);
  EXPECT_EQ(metrics.back().name, "chance");
  EXPECT_DOUBLE_EQ(*metrics.back().value, (0.25 + 0.5) / 2);
  EXPECT_EQ(metrics.back().low, metrics.back().value);
}

}  // namespace
}  // namespace stareval
