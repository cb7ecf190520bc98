// Each fault planted once is found once, and a clean split has none.
#include "engine/audit/checks.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/audit/audit.h"
#include "engine/audit/test_items_internal.h"

namespace stareval::engine {
namespace {

AuditSplit clean_split(const std::string& name = "test") { return fair_split(name, 5, Random(1)); }

const Check& check_named(const std::vector<Check>& checks, const std::string& what) {
  return *std::find_if(checks.begin(), checks.end(),
                       [&](const Check& check) { return check.what == what; });
}

Check within(const AuditSplit& split, const std::string& what) {
  return check_named(checks_within(split), what);
}

Check across(const AuditSplit& a, const AuditSplit& b, const std::string& what) {
  return check_named(checks_across(a, b), what);
}

TEST(ChecksWithin, pass_a_clean_split) {
  for (const Check& check : checks_within(clean_split()))
    EXPECT_EQ(check.state, CheckState::passed) << check.what;
}

TEST(ChecksWithin, count_what_items_say_of_themselves) {
  AuditSplit split = clean_split();
  split.items[0].impossible = "why";
  split.items[7].duplicate_option = "again";
  split.items[8].duplicate_option = "again";
  split.unreadable = {"test.jsonl:3: not JSON"};
  split.broken_pictures = {{"ED-1", "a.png: cut off"}};
  EXPECT_EQ(within(split, "impossible golds").found, 1U);
  EXPECT_EQ(within(split, "impossible golds").examples, std::vector<std::string>{"ED-0: why"});
  EXPECT_EQ(within(split, "duplicate options").found, 2U);
  EXPECT_EQ(within(split, "duplicate options").note, "2 of 5 ER");
  EXPECT_EQ(within(split, "lines that are no sample").state, CheckState::failed);
  EXPECT_EQ(within(split, "broken pictures").examples,
            std::vector<std::string>{"ED-1: a.png: cut off"});
}

TEST(ChecksWithin, find_samples_and_pictures_that_stand_twice) {
  AuditSplit split = clean_split();
  split.items[1].identity = split.items[0].identity;
  split.items[2].pictures[0].digest = split.items[0].pictures[0].digest;
  EXPECT_EQ(within(split, "duplicate samples").examples,
            std::vector<std::string>{"ED-1 is ED-0 again"});
  EXPECT_EQ(within(split, "a picture twice in a task").state, CheckState::failed);
}

TEST(ChecksWithin, only_note_a_picture_that_two_tasks_show) {
  AuditSplit split = clean_split();
  split.items[5].pictures[0].digest = split.items[0].pictures[0].digest;
  EXPECT_EQ(within(split, "a picture twice in a task").state, CheckState::passed);
  EXPECT_EQ(within(split, "a picture twice in the split").state, CheckState::noted);
}

TEST(ChecksWithin, take_one_picture_shown_twice_in_a_sample_for_no_repeat) {
  AuditSplit split = clean_split();
  split.items[0].pictures.push_back(split.items[0].pictures[0]);
  EXPECT_EQ(within(split, "a picture twice in a task").found, 0U);
}

TEST(ChecksWithin, say_what_cannot_be_checked) {
  AuditSplit split = clean_split();
  split.pictures = 0;
  for (AuditItem& item : split.items) item.identity.clear();
  EXPECT_EQ(within(split, "broken pictures").state, CheckState::not_checked);
  EXPECT_EQ(within(split, "duplicate samples").state, CheckState::not_checked);
}

TEST(ChecksWithin, show_three_examples_and_count_all) {
  AuditSplit split = clean_split();
  for (AuditItem& item : split.items) item.impossible = "why";
  EXPECT_EQ(within(split, "impossible golds").examples.size(), 3U);
  EXPECT_EQ(within(split, "impossible golds").found, 15U);
}

TEST(ChecksAcross, pass_splits_that_share_nothing) {
  for (const Check& check : checks_across(clean_split("train"), clean_split("test")))
    EXPECT_NE(check.state, CheckState::failed) << check.what;
}

TEST(ChecksAcross, find_each_thing_that_is_shared) {
  AuditSplit train = clean_split("train");
  AuditSplit test = clean_split("test");
  for (AuditSplit* split : {&train, &test})
    for (AuditItem& item : split->items) item.start = item.id + split->name;
  EXPECT_EQ(across(train, test, "shared start entities").state, CheckState::passed);
  test.items[3].graph = train.items[0].graph;
  test.items[3].question = "the same";
  train.items[0].question = "the same";
  test.items[4].graph = train.items[0].graph;  // the same graph again: one graph is shared
  test.items[4].question = "another";
  test.items[5].pictures[0].digest = train.items[2].pictures[0].digest;
  test.items[6].start = train.items[1].start;
  EXPECT_EQ(across(train, test, "shared graphs").found, 1U);
  EXPECT_EQ(across(train, test, "shared graphs").examples,
            std::vector<std::string>{"ED-0 of train and ED-3 of test"});
  EXPECT_EQ(across(train, test, "shared question and graph").found, 1U);
  EXPECT_EQ(across(train, test, "shared pictures").found, 1U);
  EXPECT_EQ(across(train, test, "shared start entities").found, 1U);
}

TEST(ChecksAcross, say_that_start_entities_are_not_known) {
  const Check check = across(clean_split("train"), clean_split("test"), "shared start entities");
  EXPECT_EQ(check.state, CheckState::not_checked);
  EXPECT_EQ(check.note, "a split does not say them (meta.start)");
}

TEST(Audit, holds_splits_against_each_other_but_not_files_of_different_tasks) {
  AuditInput input = input_of({clean_split("a"), clean_split("b")});
  EXPECT_EQ(audit(input).checks.size(), 2U * 7 + 4);
  input.are_splits = false;
  EXPECT_EQ(audit(input).checks.size(), 2U * 7);
}

TEST(Audit, counts_failures_of_each_kind) {
  AuditSplit split = fair_split("test", 200, Random(4));
  EXPECT_EQ(audit(input_of({split})).failures(), 0U);
  split.items[0].impossible = "why";
  for (AuditItem& item : split.items)
    if (item.task == "RR") item.gold = 0;
  const Audit found = audit(input_of({split}));
  // The gold; the position test and the position prior; the options and sizes learn it as well.
  EXPECT_GE(found.failures(), 3U);
  EXPECT_TRUE(std::any_of(found.positions.begin(), found.positions.end(),
                          [](const PositionTest& row) { return row.task == "RR" && fails(row); }));
}

}  // namespace
}  // namespace stareval::engine
