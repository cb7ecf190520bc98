#include "libstareval/report/reported.h"

#include <gtest/gtest.h>

#include "libstareval/data/locations.h"
#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

TEST(Reported, ReadsWhatThePaperOfStarPublished) {
  const auto folder = shipped_data_folder();
  ASSERT_TRUE(folder.has_value());
  const auto star = read_reported(*folder / "reported" / "star.json");
  ASSERT_TRUE(star.has_value()) << testing::error_text(star);
  EXPECT_EQ(star->source, "arXiv 2510.21828");
  int whole = 0;
  for (const ReportedRow& row : star->rows) {
    if (row.tasks.size() != 8) continue;
    // AVG is the plain mean of the eight, to the two decimals of the paper.
    double sum = 0;
    for (const auto& [task, value] : row.tasks) sum += value.value;
    if (!row.average) continue;
    ++whole;
    EXPECT_NEAR(sum / 8, *row.average, 0.00006) << row.model;
  }
  EXPECT_EQ(whole, 2);
  EXPECT_EQ(star->rows.front().tasks.at("SD").metric, "judge_score");
}

TEST(Reported, SaysWhatDoesNotFit) {
  const testing::TempFolder folder;
  const auto read = [&](const std::string& text) {
    testing::write_bytes(folder / "r.json", text);
    return testing::error_text(read_reported(folder / "r.json"));
  };
  const std::string start = R"({"schema": "stareval.reported/1", "source": "s", "note": "",)";
  EXPECT_NE(read(start + R"("metrics": {}, "rows": [{"model": "m", "tasks": {"EC": 5}}]})")
                .find("metrics.EC"),
            std::string::npos);
  EXPECT_NE(
      read(start + R"("metrics": {"EC": "a"}, "rows": [{"model": "m", "tasks": {"EC": 500}}]})")
          .find("0 to 100"),
      std::string::npos);
  EXPECT_NE(read("{}").find("schema"), std::string::npos);
}

}  // namespace
}  // namespace stareval
