// What every reporter owes, walked over the registry: a new one is tested before its author writes
// a test. Properties only; the texts stand in the golden file of each.
#include <gtest/gtest.h>

#include <set>

#include "libstareval/base/text.h"
#include "reports/reports.h"
#include "tests/support/tables.h"

namespace stareval {
namespace {

const Registry& reports() {
  static const Registry registry = [] {
    Registry filled;
    register_reports(filled);
    return filled;
  }();
  return registry;
}

ResultTable empty_table() { return {"", "", "", "", {}, {}, {}, {}}; }

class ReportConformance : public ::testing::TestWithParam<std::string> {
 protected:
  const std::unique_ptr<Reporter> reporter_ = reports().reporter(GetParam()).value()->make();
};

TEST_P(ReportConformance, has_a_summary_line) {
  const std::string& summary = reports().reporter(GetParam()).value()->summary;
  EXPECT_FALSE(summary.empty());
  EXPECT_EQ(summary.find('\n'), std::string::npos);
}

TEST_P(ReportConformance, names_a_file_within_its_folder) {
  const std::string name = reporter_->file_name();
  EXPECT_FALSE(name.empty());
  EXPECT_EQ(name.find('/'), std::string::npos);
  EXPECT_NE(name.find('.'), std::string::npos);
}

TEST_P(ReportConformance, renders_what_is_empty_or_undefined_and_ends_in_a_line_feed) {
  for (const ResultTable& table :
       {empty_table(), testing::undefined_table(), testing::hostile_table()})
    EXPECT_TRUE(reporter_->render(table).ends_with('\n'));
}

TEST_P(ReportConformance, renders_the_same_twice_also_from_another_reporter) {
  const ResultTable table = testing::hostile_table();
  const std::string once = reporter_->render(table);
  EXPECT_EQ(reporter_->render(table), once);
  EXPECT_EQ(reports().reporter(GetParam()).value()->make()->render(table), once);
}

TEST_P(ReportConformance, renders_utf8) {
  EXPECT_TRUE(is_valid_utf8(reporter_->render(testing::hostile_table())));
}

// In files of data a name is data; where a viewer would run it, it must stand there as text.
TEST_P(ReportConformance, lets_no_name_run_in_a_viewer) {
  const std::string name = reporter_->file_name();
  if (name.ends_with(".json") || name.ends_with(".csv")) GTEST_SKIP() << "a file of data";
  const std::string report = reporter_->render(testing::hostile_table());
  for (const char* payload : {"<script>alert", "<img src=x", "XX|<b>"})
    EXPECT_EQ(report.find(payload), std::string::npos) << payload;
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto& [name, entry] : reports().reporters()) all.push_back(name);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Every, ReportConformance, ::testing::ValuesIn(names()),
                         [](const auto& parameter) { return parameter.param; });

TEST(Reports, write_files_of_different_names) {
  std::set<std::string> files;
  for (const auto& [name, entry] : reports().reporters()) files.insert(entry.make()->file_name());
  EXPECT_EQ(files.size(), reports().reporters().size());
  EXPECT_GE(files.size(), 3u);
}

}  // namespace
}  // namespace stareval
