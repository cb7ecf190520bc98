// By hand.
#include "engine/rationale/statement.h"

#include <gtest/gtest.h>

#include "engine/test_support_internal.h"

namespace stareval::engine {
namespace {

TEST(Statement, FillsTheTemplateOfTheRelation) {
  EXPECT_EQ(statement(family(), {"Ann", "parent", "Bob"}), "Ann is a parent of Bob.");
  EXPECT_EQ(statement(family(), {kMask, "parent", "Bob"}), "????? is a parent of Bob.");
}

TEST(Statement, LeavesBracesInNamesAlone) {
  EXPECT_EQ(statement(family(), {"{tail}", "parent", "{head}"}), "{tail} is a parent of {head}.");
}

TEST(Statement, SaysThatARelationIsUnknown) {
  EXPECT_EQ(statement(family(), {"Ann", kMask, "Bob"}),
            "An unknown relation leads from Ann to Bob.");
}

// Regression: "... volcano. crater is part of volcano." was read as one sentence.
TEST(Statement, BeginsWithACapital) {
  EXPECT_EQ(statement(atlas(), {"crater", "part of", "volcano"}), "Crater is part of volcano.");
  EXPECT_EQ(statement(atlas(), {"poodle", "none", "dog"}),
            "An unknown relation leads from poodle to dog.");
}

}  // namespace
}  // namespace stareval::engine
