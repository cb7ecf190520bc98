// What an audit keeps of a sample, by hand.
#include "engine/audit/item.h"

#include <gtest/gtest.h>

#include "tests/support/samples.h"

namespace stareval::engine {
namespace {

AuditItem item_from(const Sample& sample) {
  Names names;
  return audit_item(sample, names);
}

Sample choice_sample(std::vector<std::string> choices, std::size_t gold) {
  Sample sample = testing::count_sample("one", "ER");
  sample.images = {{"a.png", "sha256:a", 4, 3}};
  sample.choices = std::move(choices);
  sample.gold = ChoiceGold{gold};
  return sample;
}

TEST(Names, are_equal_for_equal_texts) {
  Names names;
  EXPECT_EQ(names.number("a"), 0U);
  EXPECT_EQ(names.number("b"), 1U);
  EXPECT_EQ(names.number("a"), 0U);
}

TEST(AuditItem, tells_what_there_is_to_guess) {
  Sample sample = choice_sample({"France", "Spain"}, 1);
  EXPECT_EQ(item_from(sample).kind, AnswerKind::choice);
  EXPECT_EQ(item_from(sample).gold, 1);
  sample.gold = CountGold{4};
  EXPECT_EQ(item_from(sample).kind, AnswerKind::counting);
  EXPECT_EQ(item_from(sample).gold, 4);
  sample.gold = DescriptionGold{};
  EXPECT_EQ(item_from(sample).kind, AnswerKind::other);
  sample.gold = ErrorGold{};
  EXPECT_EQ(item_from(sample).kind, AnswerKind::detection);
  EXPECT_EQ(item_from(sample).gold, 0);
  sample.gold = ErrorGold{Triple{"a", "b", "c"}};
  EXPECT_EQ(item_from(sample).gold, 1);
}

TEST(AuditItem, takes_yes_or_no_for_detection_in_either_order) {
  EXPECT_EQ(item_from(choice_sample({"yes", "no"}, 0)).kind, AnswerKind::detection);
  EXPECT_EQ(item_from(choice_sample({"yes", "no"}, 0)).gold, 1);
  EXPECT_EQ(item_from(choice_sample({"No", "Yes"}, 0)).gold, 0);
  EXPECT_EQ(item_from(choice_sample({"yes", "maybe"}, 0)).kind, AnswerKind::choice);
}

TEST(AuditItem, finds_duplicate_options_that_differ_in_writing_only) {
  const AuditItem item = item_from(choice_sample({"France", "Spain", " france "}, 1));
  EXPECT_EQ(item.duplicate_option, " france ");
  EXPECT_EQ(item.impossible, std::nullopt);  // said once
  EXPECT_EQ(item.options, (std::vector<std::uint32_t>{0, 1, 0}));
  EXPECT_EQ(item_from(choice_sample({"France", "Spain"}, 1)).duplicate_option, std::nullopt);
}

TEST(AuditItem, finds_golds_that_the_graph_contradicts) {
  Sample sample = testing::count_sample("one", "EC");
  sample.images = {{"a.png", "sha256:a", 4, 3}};
  EXPECT_EQ(item_from(sample).impossible, std::nullopt);
  sample.gold = CountGold{5};
  EXPECT_NE(item_from(sample).impossible, std::nullopt);
}

TEST(AuditItem, finds_counts_outside_the_range_that_may_be_answered) {
  Sample sample = testing::count_sample("one", "own-task");
  sample.meta["answer_range"] = json::array{4, 9};
  EXPECT_EQ(item_from(sample).impossible, std::nullopt);
  sample.meta["answer_range"] = json::array{5, 9};
  EXPECT_EQ(item_from(sample).impossible,
            "field \"answer.value\": expected 5 to 9, which may be answered, found 4");
  for (const json::value& odd :
       {json::value("2-9"), json::value(json::array{1}), json::value(json::array{"a", "b"})}) {
    sample.meta["answer_range"] = odd;
    EXPECT_EQ(item_from(sample).impossible, std::nullopt);
  }
}

TEST(AuditItem, has_the_identity_of_what_is_asked_of_what) {
  const Sample sample = testing::count_sample("one");
  Sample other = testing::count_sample("two");
  EXPECT_EQ(item_from(sample).identity, item_from(other).identity);
  other.question = "Another?";
  EXPECT_NE(item_from(sample).identity, item_from(other).identity);
  other.graph = {};
  EXPECT_EQ(item_from(other).identity, "");  // nothing to tell it by
  EXPECT_EQ(item_from(other).graph, "");
}

TEST(AuditItem, knows_its_start_entity_where_the_record_does) {
  Sample sample = testing::count_sample("one");
  EXPECT_EQ(item_from(sample).start, "");
  sample.meta["start"] = 7;
  EXPECT_EQ(item_from(sample).start, "");
  sample.meta["start"] = "France";
  EXPECT_EQ(item_from(sample).start, "France");
}

}  // namespace
}  // namespace stareval::engine
