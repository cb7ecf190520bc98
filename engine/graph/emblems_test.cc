// By hand: the family, which has no pictures.
#include "engine/graph/emblems.h"

#include <gtest/gtest.h>

#include "engine/test_support_internal.h"

namespace stareval::engine {
namespace {

TEST(Emblems, StandForPicturesThatAGraphDoesNotHave) {
  const KnowledgeGraph bare = family();
  EXPECT_FALSE(has_pictures(bare));
  const KnowledgeGraph graph = with_emblems(bare);
  EXPECT_TRUE(has_pictures(graph));
  EXPECT_TRUE(has_emblems(graph));
  EXPECT_NE(graph.entity(0).image, graph.entity(1).image);
  EXPECT_FALSE(has_emblems(atlas()));
  EXPECT_TRUE(has_pictures(atlas()));
}

TEST(Emblems, ChangeNothingElse) {
  const KnowledgeGraph bare = family(), graph = with_emblems(bare);
  EXPECT_EQ(std::vector<Fact>(graph.facts().begin(), graph.facts().end()),
            std::vector<Fact>(bare.facts().begin(), bare.facts().end()));
  EXPECT_EQ(graph.info().digest, bare.info().digest);
  EXPECT_TRUE(graph.is_symmetric(1));
  for (EntityId id = 0; id < bare.entities().size(); ++id)
    EXPECT_EQ(graph.entity(id).name, bare.entity(id).name);
}

}  // namespace
}  // namespace stareval::engine
