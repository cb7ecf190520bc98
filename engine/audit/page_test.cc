// The page as text, markdown and JSON: what stands on it, and that hostile names do no harm.
#include "engine/audit/page.h"

#include <gtest/gtest.h>

#include "engine/audit/test_items_internal.h"

namespace stareval::engine {
namespace {

Audit small_audit() {
  AuditSplit split = fair_split("test", 40, Random(2));
  split.items[0].impossible = "field \"answer.value\": expected 4, found 5";
  AuditInput input = input_of({split});
  input.notes = {"something was left out"};
  return audit(input);
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(AuditPage, leads_from_faults_to_the_verdict) {
  const std::string text = to_text(small_audit());
  std::size_t at = 0;
  for (const char* part : {"audit of made", "Faults", "Balance", "Positions of the gold",
                           "Without the picture", "Notes", "Failed", "test: 1 impossible golds"}) {
    const std::size_t next = text.find(part, at);
    ASSERT_NE(next, std::string::npos) << part << "\n" << text;
    at = next;
  }
  EXPECT_TRUE(contains(text, "impossible golds              1 FAILED\n")) << text;
  EXPECT_TRUE(contains(text, "ED-0: field \"answer.value\": expected 4, found 5"));
}

TEST(AuditPage, has_a_column_for_the_split_only_where_there_are_several) {
  EXPECT_TRUE(contains(to_text(small_audit()), "\ntask  guess by"));
  const Audit two =
      audit(input_of({fair_split("train", 20, Random(1)), fair_split("test", 20, Random(2))}));
  const std::string text = to_text(two);
  EXPECT_TRUE(contains(text, "\nsplit  task  guess by"));
  EXPECT_TRUE(contains(text, "learnt of train"));
  EXPECT_TRUE(contains(text, "Across splits"));
  EXPECT_TRUE(contains(text, "not checked: a split does not say them (meta.start)"));
  EXPECT_TRUE(contains(text, "Nothing was found"));
}

TEST(AuditPage, lines_up_columns_by_characters) {
  Audit audit = small_audit();
  audit.splits[0].name = "sp\xc3\xa4t";  // as wide as 4 letters
  audit.checks.clear();
  EXPECT_TRUE(contains(to_text(audit), "\nsplit  samples  tasks  pictures\nsp\xc3\xa4t       120"))
      << to_text(audit);
}

TEST(AuditPage, makes_plain_what_markdown_and_terminals_act_upon) {
  Audit audit = small_audit();
  audit.name = "a|b<script>\x1b[2J";
  EXPECT_TRUE(contains(to_markdown(audit), "# Audit of a\\|b&lt;script&gt;?\\[2J\n"));
  EXPECT_TRUE(contains(to_text(audit), "audit of a|b<script>?[2J\n"));
}

TEST(AuditPage, has_as_many_cells_in_each_row_of_markdown) {
  const std::string page = to_markdown(small_audit());
  EXPECT_TRUE(contains(page, "| looked for | test |\n|---|---:|\n"));
  EXPECT_TRUE(contains(page, "## Failed\n\n* test: 1 impossible golds\n"));
}

TEST(AuditPage, cuts_long_lines_between_characters) {
  EXPECT_EQ(one_line("abc", 3), "abc");
  EXPECT_EQ(one_line("abcd", 3), "abc...");
  EXPECT_EQ(one_line("ab\xc3\xa4", 3), "ab...");
  EXPECT_EQ(one_line("a\nb\x7f"), "a?b?");
}

TEST(AuditJson, says_what_the_page_says) {
  const Audit audit = small_audit();
  const json::object object = to_json_object(audit);
  EXPECT_EQ(object.at("schema"), "stareval.audit/1");
  EXPECT_EQ(object.at("ok"), false);
  EXPECT_EQ(object.at("failures"), 1);
  EXPECT_EQ(object.at("checks").at(1).at("state"), "failed");
  EXPECT_EQ(object.at("checks").at(1).at("found"), 1);
  EXPECT_EQ(object.at("splits").at(0).at("tasks").at(0).at("answers"), "detection");
  EXPECT_EQ(object.at("positions").as_array().size(), 2U);
  ASSERT_EQ(object.at("priors").as_array().size(), audit.priors.size());
  const json::object& prior = object.at("priors").at(0).as_object();
  EXPECT_EQ(prior.at("prior"), "majority answer");
  EXPECT_EQ(prior.at("accuracy"), audit.priors[0].accuracy);
  EXPECT_EQ(prior.at("verdict"), "at chance");
}

}  // namespace
}  // namespace stareval::engine
