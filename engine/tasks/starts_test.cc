// By hand: the family. Properties on the shipped atlas.
#include "engine/tasks/starts.h"

#include <gmock/gmock.h>

#include <set>

#include "engine/test_support_internal.h"

namespace stareval::engine {
namespace {

using testing::ElementsAre;

TEST(Starts, AreAllThatCanBeDrawnAndWereNotTaken) {
  const KnowledgeGraph graph = family();
  EXPECT_EQ(Starts(graph, {}).entities().size(), 6U);
  const Starts some(graph, {}, {"Ann", "Fay"});
  EXPECT_THAT(some.entities(), ElementsAre(1, 2, 3, 4));
  EXPECT_FALSE(some.contains(0));
  EXPECT_TRUE(some.contains(1));
  SamplingOptions short_names;
  short_names.max_label_length = 2;
  EXPECT_TRUE(Starts(graph, short_names).entities().empty());
}

TEST(Starts, LeaveOutWhatHasNoFacts) {
  const KnowledgeGraph graph({"g", "1", "", "", {}, "sha256:0"},
                             {{"a", "a", "", {}}, {"b", "b", "", {}}, {"c", "c", "", {}}},
                             {{"r", "{head} r {tail}.", {}}}, {{0, 0, 1}});
  EXPECT_THAT(Starts(graph, {}).entities(), ElementsAre(0, 1));
}

TEST(Starts, AreDividedInProportionAndWithoutRest) {
  const Starts all(atlas(), {});
  const auto parts = all.divided(atlas(), {9, 1});
  ASSERT_EQ(parts.size(), 2U);
  std::set<EntityId> seen;
  for (const Starts& part : parts)
    for (const EntityId id : part.entities()) {
      EXPECT_TRUE(seen.insert(id).second);
      EXPECT_TRUE(part.contains(id));
    }
  EXPECT_EQ(seen.size(), all.entities().size());
  EXPECT_NEAR(static_cast<double>(parts[1].entities().size()),
              static_cast<double>(seen.size()) / 10, 1);
  for (const EntityId id : parts[0].entities()) EXPECT_FALSE(parts[1].contains(id));
}

TEST(Starts, GiveEachPartOneWhereThereAreEnough) {
  const KnowledgeGraph graph = family();
  for (const Starts& part : Starts(graph, {}).divided(graph, {1000, 1, 1}))
    EXPECT_FALSE(part.entities().empty());
  const auto parts = Starts(graph, {}, {"Ann", "Bob", "Cid", "Dan", "Eve"}).divided(graph, {1, 1});
  EXPECT_EQ(parts[0].entities().size() + parts[1].entities().size(), 1U);
}

}  // namespace
}  // namespace stareval::engine
