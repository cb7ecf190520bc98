// The CSV report: the whole file against tests/golden/report.csv, and by a reader of RFC 4180 that
// is written here.
#include "reports/csv/csv.h"

#include <gtest/gtest.h>

#include "tests/support/golden.h"
#include "tests/support/tables.h"

namespace stareval {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// RFC 4180, with line feeds between records.
Rows parse_csv(std::string_view text) {
  Rows rows{{""}};
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && text.substr(i + 1).starts_with('"')) rows.back().back() += text[++i];
    else if (c == '"') quoted = !quoted;
    else if (quoted) rows.back().back() += c;
    else if (c == ',') rows.back().emplace_back();
    else if (c == '\n') rows.push_back({""});
    else rows.back().back() += c;
  }
  rows.pop_back();
  return rows;
}

std::string report_for_model(const std::string& model) {
  ResultTable table = testing::undefined_table();
  table.summaries[0].model = model;
  return CsvReporter().render(table);
}

TEST(CsvReport, is_the_golden_file) {
  testing::expect_golden("report.csv", CsvReporter().render(testing::hostile_table()));
}

TEST(CsvReport, has_as_many_fields_in_each_record_as_in_its_header) {
  const Rows rows = parse_csv(CsvReporter().render(testing::hostile_table()));
  EXPECT_EQ(rows.size(), 9u);  // header, three metrics, one of the good run, its average
  for (const auto& row : rows) EXPECT_EQ(row.size(), rows[0].size());
}

TEST(CsvReport, gives_back_names_as_they_are) {
  for (const std::string model : {"a,b", "a\"b", "\"", "two\nlines", "a\r\nb", " spaces ", "plain"})
    EXPECT_EQ(parse_csv(report_for_model(model)).at(1).at(5), model);
}

TEST(CsvReport, makes_text_of_what_a_spreadsheet_would_run) {
  for (const std::string model : {"=1+1", "+1", "-1", "@x", "\t=1", "\r=1"})
    EXPECT_EQ(parse_csv(report_for_model(model)).at(1).at(5), "'" + model);
}

TEST(CsvReport, leaves_undefined_values_empty) {
  const Rows rows = parse_csv(CsvReporter().render(testing::undefined_table()));
  ASSERT_EQ(rows.size(), 3u);
  for (const std::size_t column : {9u, 10u, 11u}) EXPECT_EQ(rows[1].at(column), "");
}

TEST(CsvReport, prints_fractions_that_read_back_equal) {
  ResultTable table = testing::undefined_table();
  table.summaries[0].tasks[0].metrics[0].value = 1.0 / 3;
  EXPECT_EQ(std::stod(parse_csv(CsvReporter().render(table)).at(1).at(9)), 1.0 / 3);
}

}  // namespace
}  // namespace stareval
