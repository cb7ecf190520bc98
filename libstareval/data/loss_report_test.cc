// The lines of a report, by hand.
#include "libstareval/data/loss_report.h"

#include <gtest/gtest.h>

namespace stareval {
namespace {

TEST(LossReport, NamesEachKindWithItsCount) {
  LossReport report;
  EXPECT_TRUE(report.empty());
  EXPECT_TRUE(report_lines(report).empty());
  report.noted["self-loops"] = 3;
  report.dropped["pictures"] = 100;
  report.defaulted["question"] = 1;
  EXPECT_FALSE(report.empty());
  EXPECT_EQ(report_lines(report),
            (std::vector<std::string>{"dropped: pictures (100)", "defaulted: question (1)",
                                      "noted: self-loops (3)"}));
}

}  // namespace
}  // namespace stareval
