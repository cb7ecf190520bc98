// The JSON report: the whole file against tests/golden/report.json, and its summaries read back.
#include "reports/json/json.h"

#include <gtest/gtest.h>

#include "tests/support/golden.h"
#include "tests/support/tables.h"

namespace stareval {
namespace {

TEST(JsonReport, is_the_golden_file) {
  testing::expect_golden("report.json", JsonReporter().render(testing::hostile_table()));
}

TEST(JsonReport, holds_the_summary_of_each_run_as_it_is) {
  const ResultTable table = testing::hostile_table();
  const json::object report = parse_json_object(JsonReporter().render(table), "report").value();
  const json::array& summaries = report.at("summaries").as_array();
  ASSERT_EQ(summaries.size(), table.summaries.size());
  for (std::size_t i = 0; i < summaries.size(); ++i) {
    if (table.summaries[i].tasks.empty()) continue;
    const Summary read = summary_from_json(summaries[i].as_object(), "report").value();
    EXPECT_EQ(to_json(to_json_object(read)), to_json(to_json_object(table.summaries[i])));
  }
}

TEST(JsonReport, is_json_whatever_the_names_are) {
  ResultTable table = testing::undefined_table();
  table.summaries[0].model = "\xff\"\\\n\x01";
  EXPECT_TRUE(parse_json(JsonReporter().render(table), "report").has_value());
}

}  // namespace
}  // namespace stareval
