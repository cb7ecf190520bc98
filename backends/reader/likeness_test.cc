// Cases by hand.
#include <gtest/gtest.h>

#include "backends/reader/likeness_internal.h"
#include "backends/reader/test_graph_internal.h"

namespace stareval::reader {
namespace {

TEST(Likeness, DistanceOfEdits) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("borders", "bordars"), 1U);
  EXPECT_EQ(edit_distance("bordrs", "borders"), 1U);
}

TEST(Likeness, OneLetterOfALongLabelMayBeMisread) {
  EXPECT_TRUE(same_reading("Capital", 1.0, "capital.", 1.0));
  EXPECT_TRUE(same_reading("capita1", 1.0, "capital", 1.0));
  EXPECT_TRUE(same_reading("borders", 1.0, "bordars", 1.0));
  EXPECT_FALSE(same_reading("capital", 1.0, "captain", 1.0));
  EXPECT_FALSE(same_reading("used in", 1.0, "used by", 1.0));
}

TEST(Likeness, ShortOnesOnlyWhereOneIsNotSure) {
  EXPECT_FALSE(same_reading("part", 1.0, "port", 1.0));
  EXPECT_TRUE(same_reading("part", 1.0, "port", 0.3));
  EXPECT_FALSE(same_reading("in", 0.1, "on", 0.1));
  EXPECT_TRUE(same_reading("capital", 0.3, "capitol1", 1.0));
}

TEST(Likeness, DigitsThatDifferAreNeverMisreadings) {
  EXPECT_FALSE(same_reading("route 1 to", 0.2, "route 2 to", 0.2));
  EXPECT_FALSE(same_reading("edition 1", 1.0, "edition 11", 1.0));
  EXPECT_TRUE(same_reading("edition 11", 1.0, "editien 11", 1.0));
}

TEST(Likeness, StemsAreSharedFromFourLetters) {
  EXPECT_EQ(shared_stem("Haiti", "Haitian Creole"), 5U);
  EXPECT_EQ(shared_stem("Samoa", "American Samoa"), 5U);
  EXPECT_EQ(shared_stem("Iran", "Iraq"), 0U);
  EXPECT_EQ(shared_stem("Austria", "Australia"), 5U);
  EXPECT_EQ(shared_stem("Cent", "Centralism"), 0U);
  EXPECT_EQ(shared_stem("", "France"), 0U);
}

TEST(Likeness, MasksAreMostlyQuestionMarks) {
  for (const char* mask : {"?????", "?2???", "???", " ???? ", "?7?7"}) EXPECT_TRUE(is_mask(mask));
  for (const char* name : {"", "??", "Who?", "77777", "?bcd?f"}) EXPECT_FALSE(is_mask(name));
  for (const char* mask : {"77777", "2?7", "22222"}) EXPECT_TRUE(may_be_mask(mask)) << mask;
  for (const char* name : {"7", "1977", "Paris", ""}) EXPECT_FALSE(may_be_mask(name)) << name;
}

TEST(Likeness, ReadingsOfOneLabelHaveOneNumber) {
  ReadGraph graph = testing::graph_of({{"a", "capital", "b"},
                                       {"b", "borders", "c"},
                                       {"c", "", "d"},
                                       {"d", "capitaI", "e"},
                                       {"e", "Borders", "f"}});
  EXPECT_EQ(label_numbers(graph), (std::vector<int>{0, 1, -1, 0, 1}));
  EXPECT_TRUE(label_numbers({}).empty());
}

}  // namespace
}  // namespace stareval::reader
