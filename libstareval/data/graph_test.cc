// Counts over graphs, worked out by hand.
#include "libstareval/data/graph.h"

#include <gtest/gtest.h>

namespace stareval {
namespace {

TEST(Graph, counts_each_relation_label_once) {
  const Graph graph{{{"a", false}, {"b", false}},
                    {{"a", "likes", "b"}, {"b", "likes", "a"}, {"a", "Likes", "b"}}};
  EXPECT_EQ(count_relations(graph), 2);  // labels are compared as they are drawn
  EXPECT_EQ(count_relations({}), 0);
}

TEST(Graph, counts_entities_with_a_picture) {
  EXPECT_EQ(count_pictures({{{"a", true}, {"b", false}, {"c", true}}, {}}), 2);
  EXPECT_EQ(count_pictures({}), 0);
}

TEST(Graph, writes_a_triple_as_it_stands_in_answers) {
  EXPECT_EQ(to_string(Triple{"France", "capital", "Paris"}), "(France, capital, Paris)");
  EXPECT_EQ(to_string(Triple{"a {}", "%s", ""}), "(a {}, %s, )");
}

TEST(Graph, orders_triples_by_head_relation_tail) {
  EXPECT_LT((Triple{"a", "z", "z"}), (Triple{"b", "a", "a"}));
  EXPECT_LT((Triple{"a", "a", "z"}), (Triple{"a", "b", "a"}));
  EXPECT_EQ((Triple{"a", "b", "c"}), (Triple{"a", "b", "c"}));
}

}  // namespace
}  // namespace stareval
