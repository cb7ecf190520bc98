// Counts over graphs, worked out by hand; of the hash, what it counts and what it does not.
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

const Graph kTwoFacts{{{"a", true}, {"b", false}, {"c", false}},
                      {{"a", "likes", "b"}, {"b", "likes", "a"}}};

TEST(GraphHash, is_of_the_stated_bytes) {
  // printf 't1:a5:likes1:bt1:b5:likes1:ae1:c' | sha256sum
  EXPECT_EQ(graph_hash(kTwoFacts),
            "sha256:38a16927094edc06c9b5b617267b437542c82f9d2c8b2d7ee59fadfeede99f81");
}

TEST(GraphHash, does_not_count_order_pictures_writing_or_repeats) {
  const Graph same{{{"C", true}, {"b", true}, {"A", false}},
                   {{"b", "Likes", "a"}, {"a", "likes", "b"}, {" a ", "likes", "b"}}};
  EXPECT_EQ(graph_hash(same), graph_hash(kTwoFacts));
}

TEST(GraphHash, counts_direction_relation_and_entities_alone) {
  const std::string hash = graph_hash(kTwoFacts);
  Graph other = kTwoFacts;
  other.triples[1] = {"b", "knows", "a"};
  EXPECT_NE(graph_hash(other), hash);
  other = kTwoFacts;
  other.triples.pop_back();
  EXPECT_NE(graph_hash(other), hash);
  other.triples = {{"b", "likes", "a"}};
  EXPECT_NE(graph_hash(other), graph_hash({kTwoFacts.entities, {{"a", "likes", "b"}}}));
  other = kTwoFacts;
  other.entities.pop_back();
  EXPECT_NE(graph_hash(other), hash);
}

TEST(GraphHash, keeps_names_apart_that_run_together) {
  EXPECT_NE(graph_hash({{}, {{"ab", "c", "d"}}}), graph_hash({{}, {{"a", "bc", "d"}}}));
  EXPECT_NE(graph_hash({{{"a1:b", false}}, {}}), graph_hash({{{"a", false}, {"b", false}}, {}}));
}

}  // namespace
}  // namespace stareval
