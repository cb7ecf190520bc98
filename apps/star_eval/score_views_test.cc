#include "apps/star_eval/score_views.h"

#include <gtest/gtest.h>

namespace stareval::app {
namespace {

Sample sample() {
  Sample sample;
  sample.id = "s1";
  sample.task = "RR";
  sample.question = "Which?";
  sample.choices = {"capital", "borders"};
  sample.gold = ChoiceGold{1};
  return sample;
}

Scored answered(const Sample& sample) {
  Score score;
  score.outcome = Outcome::answered;
  score.answer = "B";
  score.rule = "statement";
  score.span = Span{12, 13};
  score.values = {{"accuracy", 1.0}};
  return {&sample, 0, score};
}

TEST(ScoreViews, MarksTheSpanInTheReply) {
  const Sample asked = sample();
  const Scored item = answered(asked);
  EXPECT_EQ(explanation_text({&item, answered_reply("The answer: B.\n")}, false),
            "sample   s1 (RR), repeat 0\n"
            "question Which?\n"
            "  A. capital\n"
            "  B. borders\n"
            "gold     B. borders\n"
            "read     \"B\"\n"
            "rule     statement (after \"the answer is\" or \"Answer:\")\n"
            "value    accuracy = 1\n"
            "span     bytes 12 to 13\n"
            "reply\n"
            "  The answer: »B«.\n"
            "  \n");
}

TEST(ScoreViews, ShowsNoControlCharactersOfAReply) {
  const Sample asked = sample();
  const Scored item = answered(asked);
  const auto text = explanation_text({&item, answered_reply("\033[2J answer B \xc2\x9b")}, true);
  EXPECT_EQ(text.find("\033[2J"), std::string::npos);
  EXPECT_EQ(text.find("\xc2\x9b"), std::string::npos);
  EXPECT_NE(text.find("\033[7mB\033[0m"), std::string::npos) << text;
}

TEST(ScoreViews, SaysWhereNothingCameBack) {
  const Sample asked = sample();
  const Scored item{&asked, 0, {}};
  EXPECT_NE(explanation_text({&item, std::nullopt}, false).find("reply    none came"),
            std::string::npos);
}

TEST(ScoreViews, CountsWhatAnotherExtractorChanges) {
  ScoreDiff diff;
  diff.compared = 5;
  diff.other_rule = 1;
  diff.flips = {{{"a", 0, "EC", Outcome::answered, "3", "single", 0.0},
                 {"a", 0, "EC", Outcome::ambiguous, "", "single", std::nullopt}},
                {{"b", 1, "EC", Outcome::unparsed, "", "", std::nullopt},
                 {"b", 1, "EC", Outcome::answered, "7", "bare", 1.0}}};
  EXPECT_EQ(diff_text(diff, "in old"),
            "EC a: \"3\" (single) -> ambiguous (single)\n"
            "EC b repeat 1: unparsed -> \"7\" (bare)  (scores more)\n"
            "2 of 5 replies are read differently than in old: 1 score more, 0 less, 1 the same; 1 "
            "read the same by another rule\n");
  EXPECT_EQ(diff_json(diff).at("flips").as_array().size(), 2U);
}

}  // namespace
}  // namespace stareval::app
