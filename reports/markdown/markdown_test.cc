// The markdown report: the whole file against tests/golden/report.md (hostile names, gaps,
// undefined values), and single rules by hand.
#include "reports/markdown/markdown.h"

#include <gtest/gtest.h>

#include "tests/support/golden.h"
#include "tests/support/tables.h"

namespace stareval {
namespace {

TEST(MarkdownReport, is_the_golden_file) {
  testing::expect_golden("report.md", MarkdownReporter().render(testing::hostile_table()));
}

std::string report_for_model(const std::string& model) {
  ResultTable table = testing::undefined_table();
  table.rows[0].model = model;
  return MarkdownReporter().render(table);
}

// Bars of the row that no backslash makes plain: each is the border of a cell.
int borders_of(const std::string& report) {
  const auto begin = report.find("| openai");
  int borders = 0;
  for (std::size_t i = begin; report[i] != '\n'; ++i) {
    if (report[i] == '\\') ++i;
    else if (report[i] == '|') ++borders;
  }
  return borders;
}

TEST(MarkdownReport, keeps_a_name_within_its_cell) {
  for (const char* model :
       {"m", "a|b", "a\\|b", "a\\\\|b", "ends in \\", "two\nlines", "a\r\n| b |"})
    EXPECT_EQ(borders_of(report_for_model(model)), 4) << model;
}

TEST(MarkdownReport, does_not_say_that_all_is_answered_where_something_is_missing) {
  ResultTable table = testing::undefined_table();
  table.rows[0].cells[0]->coverage = 3999.0 / 4000;
  EXPECT_NE(MarkdownReporter().render(table).find("(99.9 % answered)"), std::string::npos);
  table.rows[0].cells[0]->coverage = 1;
  EXPECT_EQ(MarkdownReporter().render(table).find("% answered"), std::string::npos);
}

}  // namespace
}  // namespace stareval
