// The vocabulary of the tasks: tables by hand, and what holds of every task.
#include "libstareval/tasks/task.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "libstareval/base/text.h"
#include "tests/support/errors.h"
#include "tests/support/samples.h"

namespace stareval {
namespace {

using testing::count_sample;
using testing::error_code;
using testing::error_text;
using Ids = std::vector<std::string>;

TEST(Tasks, stand_in_the_order_of_the_paper) {
  Ids ids;
  for (const Task& task : star_tasks()) ids.emplace_back(task.id);
  EXPECT_EQ(ids, (Ids{"EC", "RC", "IC", "TC", "SD", "ED", "ER", "RR"}));
}

TEST(Tasks, are_found_in_any_case) {
  ASSERT_NE(find_task("rr"), nullptr);
  EXPECT_EQ(find_task("rr")->id, "RR");
  EXPECT_EQ(find_task("SD")->answers, AnswerSpace::description);
  EXPECT_EQ(find_task("Ed")->answers, AnswerSpace::triple_or_none);
  EXPECT_EQ(find_task("XX"), nullptr);
  EXPECT_EQ(find_task(""), nullptr);
  EXPECT_EQ(find_task(" EC"), nullptr);
}

TEST(Tasks, of_m3str_resemble_those_of_the_paper) {
  std::set<std::string_view> bases;
  for (const Task& task : m3str_tasks()) {
    EXPECT_TRUE(task.id.starts_with("m3str-")) << task.id;
    EXPECT_EQ(find_task(task.id), &task);
    ASSERT_NE(find_task(task.base), nullptr) << task.id;
    bases.insert(task.base);
  }
  EXPECT_EQ(m3str_tasks().size(), 7u);
  EXPECT_EQ(bases, (std::set<std::string_view>{"EC", "TC", "ED", "ER", "RR"}));
  EXPECT_EQ(base_task("M3STR-detect-any"), "ED");
  EXPECT_EQ(base_task("rc"), "RC");
  EXPECT_EQ(base_task("XX"), "");
}

TEST(Tasks, of_more_are_answered_with_a_label) {
  ASSERT_EQ(find_task("more"), more_tasks().data());
  EXPECT_EQ(base_task("MORE"), "MORE");
  EXPECT_EQ(std::count(known_task_ids().begin(), known_task_ids().end(), "MORE"), 0);
  Sample sample = count_sample("a", "MORE");
  sample.choices = {"none", "/per/per/partner"};
  sample.gold = ChoiceGold{1};
  EXPECT_EQ(gold_answer(sample), "/per/per/partner");
  EXPECT_EQ(list_labels(sample.choices), "- none\n- /per/per/partner");
}

TEST(ParseTasks, knows_the_group_of_m3str_where_its_tasks_are_known) {
  EXPECT_EQ(parse_tasks("m3str", known_task_ids()).value().size(), 7u);
  EXPECT_EQ(parse_tasks("M3STR, all", known_task_ids()).value(), known_task_ids());
  EXPECT_EQ(parse_tasks("m3str-detect-any,EC", known_task_ids()).value(),
            (Ids{"EC", "m3str-detect-any"}));
  EXPECT_EQ(error_text(parse_tasks("m3str")),
            "--task: expected EC, RC, IC, TC, SD, ED, ER, RR, or all, found \"m3str\"");
  EXPECT_TRUE(error_text(parse_tasks("XX", known_task_ids()))
                  .ends_with("m3str-complete-relation, or all, or m3str, found \"XX\""));
}

TEST(ParseTasks, gives_each_once_in_the_order_of_the_paper) {
  EXPECT_EQ(parse_tasks("EC").value(), (Ids{"EC"}));
  EXPECT_EQ(parse_tasks("RR, ec ,RC,EC").value(), (Ids{"EC", "RC", "RR"}));
  EXPECT_EQ(parse_tasks("All").value().size(), 8u);
  EXPECT_EQ(parse_tasks("SD,all").value().size(), 8u);
}

TEST(ParseTasks, refuses_what_is_no_task_with_those_there_are) {
  for (const char* text : {"", "XX", "EC,,RC", "EC,", "EC RC", "EC;RC"})
    EXPECT_EQ(error_code(parse_tasks(text)), ErrorCode::usage) << text;
  EXPECT_EQ(error_text(parse_tasks("EC,XX")),
            "--task: expected EC, RC, IC, TC, SD, ED, ER, RR, or all, found \"XX\"");
}

TEST(Wordings, are_at_least_five_different_ones_for_each_task) {
  for (const std::string& id : known_task_ids()) {
    const Task& task = *find_task(id);
    const auto wordings = question_wordings(task.id);
    const std::set<std::string_view> different(wordings.begin(), wordings.end());
    EXPECT_GE(different.size(), 5u) << task.id;
    EXPECT_EQ(different.size(), wordings.size()) << task.id;
  }
}

TEST(Wordings, are_whole_sentences_without_odd_spaces) {
  for (const Task& task : star_tasks()) {
    for (const std::string_view text : question_wordings(task.id)) {
      EXPECT_TRUE(std::isupper(static_cast<unsigned char>(text.front()))) << text;
      EXPECT_NE(std::string_view("?.").find(text.back()), std::string_view::npos) << text;
      EXPECT_EQ(trim(text), text);
      EXPECT_EQ(text.find("  "), std::string_view::npos) << text;
      EXPECT_EQ(text.find('\n'), std::string_view::npos) << text;
    }
  }
}

TEST(Wordings, of_reasoning_tasks_name_the_mask_or_what_is_masked) {
  for (const char* task : {"ER", "RR"})
    for (const std::string_view text : question_wordings(task))
      EXPECT_NE(text.find(kMask), std::string_view::npos) << text;
}

TEST(Wordings, of_an_unknown_task_are_none) { EXPECT_TRUE(question_wordings("XX").empty()); }

TEST(Choices, have_letters_from_a_to_z) {
  EXPECT_EQ(choice_letter(0), 'A');
  EXPECT_EQ(choice_letter(3), 'D');
  EXPECT_EQ(choice_letter(25), 'Z');
}

TEST(Choices, are_listed_a_line_each) {
  const Ids choices{"France", "Spain", ""};
  EXPECT_EQ(list_choices(choices), "A. France\nB. Spain\nC. ");
  EXPECT_EQ(list_choices({}), "");
}

TEST(GoldAnswer, has_the_form_that_prompts_ask_for) {
  Sample sample = count_sample("a");
  EXPECT_EQ(gold_answer(sample), "4");
  sample.gold = CountGold{-3};
  EXPECT_EQ(gold_answer(sample), "-3");
  sample.gold = ChoiceGold{2};
  EXPECT_EQ(gold_answer(sample), "C");
  EXPECT_EQ(gold_in_words(sample), "C");
  sample.choices = {"Rome", "Bern", "Paris"};
  EXPECT_EQ(gold_in_words(sample), "C. Paris");
  sample.gold = ErrorGold{};
  EXPECT_EQ(gold_answer(sample), "none");
  sample.gold = ErrorGold{Triple{"France", "capital", "Berlin"}};
  EXPECT_EQ(gold_answer(sample), "(France, capital, Berlin)");
  sample.gold = DescriptionGold{{}, "Paris is the capital of France."};
  EXPECT_EQ(gold_answer(sample), "Paris is the capital of France.");
}

}  // namespace
}  // namespace stareval
