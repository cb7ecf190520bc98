// By hand.
#include "engine/graph/load_report.h"

#include <gmock/gmock.h>

namespace stareval::engine {
namespace {

TEST(LoadReport, ACleanGraphHasOneLine) {
  LoadReport report;
  report.format = "folder";
  report.rows = 7;
  EXPECT_THAT(report_lines(report),
              testing::ElementsAre("folder: 7 rows, 0 entities with a picture"));
}

TEST(LoadReport, SaysWhatBecameOfEachKind) {
  LoadReport report;
  report.format = "openke";
  report.rows = 9;
  report.pictures = 3;
  report.self_loops = 1;
  report.duplicate_triples = 2;
  report.isolated = 4;
  report.examples = {"a.txt:2: expected x, found y"};
  EXPECT_THAT(report_lines(report),
              testing::ElementsAre("openke: 9 rows, 3 entities with a picture",
                                   "2 duplicate triples, counted once", "1 self-loop, dropped",
                                   "4 entities in no triple, never drawn",
                                   "for example a.txt:2: expected x, found y"));
}

TEST(LoadReport, EveryKindHasALine) {
  LoadReport report;
  report.self_loops = report.duplicate_triples = report.unknown_ids = report.malformed_rows = 1;
  report.attributes = report.malformed_entries = report.duplicate_ids = report.wrong_counts = 1;
  report.not_utf8 = report.control_characters = report.unnamed = 1;
  report.equal_names = report.equal_labels = report.isolated = 1;
  EXPECT_EQ(report_lines(report).size(), 15U);
}

}  // namespace
}  // namespace stareval::engine
