// Every wording of every task through the protocols' own prompts; forms and options by hand.
#include <gtest/gtest.h>

#include <map>

#include "backends/reader/question_internal.h"
#include "libstareval/run/registry.h"
#include "libstareval/tasks/task.h"
#include "protocols/protocols.h"

namespace stareval::reader {
namespace {

const std::vector<std::string> kNames{"France", "How many nodes are there?", "- none",
                                      "Describe the graph. Is it wrong?", "A. ?????"};

Asks expected(std::string_view task) {
  static const std::map<std::string_view, Asks> kAsked{
      {"EC", Asks::entities},
      {"RC", Asks::relations},
      {"IC", Asks::images},
      {"TC", Asks::triples},
      {"SD", Asks::description},
      {"ED", Asks::wrong_fact},
      {"ER", Asks::hidden_entity},
      {"RR", Asks::hidden_relation},
      {"m3str-count-entity", Asks::entities},
      {"m3str-count-relation", Asks::triples},
      {"m3str-detect-entity", Asks::is_wrong},
      {"m3str-detect-relation", Asks::is_wrong},
      {"m3str-detect-any", Asks::is_wrong},
      {"m3str-complete-entity", Asks::hidden_entity},
      {"m3str-complete-relation", Asks::hidden_relation},
  };
  return kAsked.at(task);
}

std::vector<std::string> texts(const Question& question) {
  std::vector<std::string> names;
  for (const Option& option : question.options) names.push_back(option.text);
  return names;
}

class Prompts : public ::testing::Test {
 protected:
  Prompts() { register_protocols(registry_); }

  [[nodiscard]] std::string prompt(const Sample& sample, const ProtocolOptions& options) const {
    return registry_.protocol_for_task(sample.task, options).value()->prompt(sample).text;
  }

  // Of each wording, in both modes.
  template <class Check>
  void walk(std::string_view task, AnswerForm form, bool candidates, const Check& check) const {
    for (const std::string_view wording : question_wordings(task))
      for (const Mode mode : {Mode::direct, Mode::cot}) {
        Sample sample;
        sample.task = task;
        sample.question = wording;
        sample.choices = kNames;
        if (candidates) sample.candidates = {kNames.rbegin(), kNames.rend()};
        const std::string text = prompt(sample, {mode, form});
        SCOPED_TRACE(text);
        check(read_question(text));
      }
  }

  Registry registry_;
};

TEST_F(Prompts, EveryWordingIsUnderstood) {
  for (const std::string& task : known_task_ids())
    walk(task, AnswerForm::choice, false, [&](const std::optional<Question>& question) {
      ASSERT_TRUE(question);
      EXPECT_EQ(question->asks, expected(task));
      EXPECT_FALSE(question->as_ranking);
      if (!has_answer_forms(task)) return;
      EXPECT_EQ(texts(*question), kNames);
      EXPECT_EQ(question->options[1].letter, "B");
      EXPECT_FALSE(question->by_name);
    });
}

TEST_F(Prompts, RankingsAreUnderstoodWithAndWithoutLetters) {
  for (const std::string& task : known_task_ids())
    for (const bool candidates : {false, true}) {
      if (!has_answer_forms(task)) continue;
      walk(task, AnswerForm::ranking, candidates, [&](const std::optional<Question>& question) {
        ASSERT_TRUE(question);
        EXPECT_EQ(question->asks, expected(task));
        EXPECT_TRUE(question->as_ranking);
        EXPECT_EQ(question->by_name, candidates);
        EXPECT_EQ(texts(*question),
                  candidates ? std::vector<std::string>(kNames.rbegin(), kNames.rend()) : kNames);
      });
    }
}

TEST_F(Prompts, OpenQuestionsHaveNoOptions) {
  for (const std::string& task : known_task_ids())
    if (has_answer_forms(task))
      walk(task, AnswerForm::open, false, [&](const std::optional<Question>& question) {
        ASSERT_TRUE(question);
        EXPECT_EQ(question->asks, expected(task));
        EXPECT_TRUE(question->options.empty());
        EXPECT_TRUE(question->by_name);
      });
}

TEST_F(Prompts, QuestionsOfMoreAreNot) {
  Sample sample;
  sample.task = "MORE";
  sample.question =
      "The first picture goes with this text: How many nodes are wrong in <entity>Paris</entity>?"
      "\n\nThe second picture shows one object, cut out of the first. Which relation is there "
      "between that object and the entity \"Paris\", which is marked in the text?";
  sample.choices = {"none", "/per/org/leader"};
  EXPECT_FALSE(read_question(prompt(sample, {Mode::direct, AnswerForm::choice})));
  EXPECT_FALSE(read_question(prompt(sample, {Mode::cot, AnswerForm::choice})));
}

struct ListCase {
  const char* text;
  std::vector<std::string> options;
  bool by_name;
};

TEST(QuestionOptions, AreReadInManyForms) {
  const std::string ask = "Which entity is masked?\n";
  for (const ListCase& c : std::vector<ListCase>{
           {"A. Oslo\nB. Rome", {"Oslo", "Rome"}, false},
           {"(A) Oslo\n(B) Rome", {"Oslo", "Rome"}, false},
           {"A) Oslo\r\nB) Rome\r", {"Oslo", "Rome"}, false},
           {"A: Oslo\n\nB: Rome\n", {"Oslo", "Rome"}, false},
           {"- Oslo\n- Rome", {"Oslo", "Rome"}, true},
           {"1. Oslo\n2. Rome", {"Oslo", "Rome"}, true},
           {"Options: Oslo, Rome", {"Oslo", "Rome"}, true},
           {"Options: Portland, Oregon; Rome", {"Portland, Oregon", "Rome"}, true},
           {"A. Oslo\nB. Rome\nAnswer with the name of the option.", {"Oslo", "Rome"}, true},
           {"Answer in this form:\nA. name\nB. name\n\nThe options:\nA. Oslo\nB. Rome",
            {"Oslo", "Rome"},
            false},
           {"Answer in this form, for example:\nA. name", {}, true},
           {"A. \nB. Rome", {"", "Rome"}, false},
           {"B. Oslo\nC. Rome", {}, true},
       }) {
    const auto question = read_question(ask + c.text);
    ASSERT_TRUE(question) << c.text;
    EXPECT_EQ(texts(*question), c.options) << c.text;
    EXPECT_EQ(question->by_name, c.by_name) << c.text;
  }
}

TEST(QuestionOptions, DecisionsMayBeListed) {
  const auto question = read_question("Is there a wrong fact in this graph?\n- no\n- yes");
  ASSERT_TRUE(question);
  EXPECT_EQ(question->asks, Asks::is_wrong);
  EXPECT_EQ(texts(*question), (std::vector<std::string>{"no", "yes"}));
}

}  // namespace
}  // namespace stareval::reader
