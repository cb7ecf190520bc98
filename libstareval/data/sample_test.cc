// Samples. By hand: the drawn graph of each change. Property: what is written is read back, for
// each kind of gold and change. What is refused stands in sample_errors_test.cc.
#include "libstareval/data/sample.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/samples.h"

namespace stareval {
namespace {

using testing::count_sample;
using testing::error_text;

using Kind = Change::Kind;

Sample read_back(const Sample& sample) {
  const std::string text = to_json(to_json_object(sample));
  const auto read = sample_from_json(parse_json_object(text, "x").value(), "x");
  EXPECT_EQ(error_text(read), "(no error)");
  return read.has_value() ? *read : Sample{};
}

// Equal in all that is written.
void expect_round_trip(const Sample& sample) {
  EXPECT_EQ(to_canonical_json(to_json_object(read_back(sample))),
            to_canonical_json(to_json_object(sample)));
}

TEST(Sample, with_every_field_is_read_back) {
  Sample sample = count_sample("a");
  sample.images = {{"images/a.png", "sha256:1", 640, 480}, {"images/b.png", "sha256:2", 1, 1}};
  sample.meta = {{"style", "radial"}, {"seed", "18446744073709551615"}, {"angle", 1.0 / 3}};
  const Sample read = read_back(sample);
  EXPECT_EQ(read.id, "a");
  EXPECT_EQ(read.task, "EC");
  EXPECT_EQ(read.question, sample.question);
  ASSERT_EQ(read.images.size(), 2u);
  EXPECT_EQ(read.images[0].path, "images/a.png");
  EXPECT_EQ(read.images[0].digest, "sha256:1");
  EXPECT_EQ(read.images[0].width, 640);
  EXPECT_EQ(read.images[0].height, 480);
  EXPECT_EQ(read.graph, sample.graph);
  EXPECT_EQ(read.rationale, sample.rationale);
  EXPECT_EQ(read.cluster, "a");
  EXPECT_EQ(read.split, "test");
  EXPECT_EQ(read.meta, sample.meta);
}

TEST(Sample, with_candidates_is_read_back) {
  Sample sample = count_sample("a");
  sample.candidates = {"France", "Spain"};
  EXPECT_EQ(read_back(sample).candidates, sample.candidates);
  expect_round_trip(sample);
}

TEST(Sample, with_a_count_is_read_back) {
  Sample sample = count_sample("a");
  sample.gold = CountGold{0};
  EXPECT_EQ(std::get<CountGold>(read_back(sample).gold).value, 0);
  expect_round_trip(sample);
}

TEST(Sample, with_a_description_is_read_back) {
  Sample sample = count_sample("a", "SD");
  sample.gold = DescriptionGold{sample.graph.triples, "France borders Spain.\n\"And\" more."};
  const auto gold = std::get<DescriptionGold>(read_back(sample).gold);
  EXPECT_EQ(gold.triples, sample.graph.triples);
  EXPECT_EQ(gold.reference, "France borders Spain.\n\"And\" more.");
  expect_round_trip(sample);
}

TEST(Sample, with_a_wrong_triple_is_read_back) {
  Sample sample = count_sample("a", "ED");
  sample.gold = ErrorGold{Triple{"France", "capital", "Madrid"}};
  EXPECT_EQ(std::get<ErrorGold>(read_back(sample).gold).wrong,
            (Triple{"France", "capital", "Madrid"}));
  expect_round_trip(sample);
}

TEST(Sample, without_a_wrong_triple_is_read_back) {
  Sample sample = count_sample("a", "ED");
  sample.gold = ErrorGold{};
  EXPECT_EQ(std::get<ErrorGold>(read_back(sample).gold).wrong, std::nullopt);
  expect_round_trip(sample);
}

// Digests of datasets without aliases must not move.
TEST(Sample, holds_aliases_of_the_gold_only_where_there_are_some) {
  Sample sample = count_sample("a", "ER");
  sample.choices = {"Germany", "France"};
  sample.gold = ChoiceGold{0};
  EXPECT_EQ(to_json(to_json_object(sample).at("answer")), "{\"choice\":0}");
  sample.gold = ChoiceGold{0, {"Deutschland"}};
  EXPECT_EQ(to_json(to_json_object(sample).at("answer")),
            "{\"choice\":0,\"aliases\":[\"Deutschland\"]}");
  EXPECT_EQ(std::get<ChoiceGold>(read_back(sample).gold).aliases,
            std::vector<std::string>{"Deutschland"});
}

TEST(Sample, with_choices_is_read_back) {
  Sample sample = count_sample("a", "ER");
  sample.choices = {"France", "a, \"b\"", ""};
  sample.gold = ChoiceGold{2};
  const Sample read = read_back(sample);
  EXPECT_EQ(read.choices, sample.choices);
  EXPECT_EQ(std::get<ChoiceGold>(read.gold).index, 2u);
  expect_round_trip(sample);
}

TEST(Sample, with_each_kind_of_change_is_read_back) {
  for (const Kind kind :
       {Kind::none, Kind::corrupt_triple, Kind::mask_entity, Kind::mask_relation}) {
    Sample sample = count_sample("a");
    sample.change.kind = kind;
    if (kind != Kind::none) sample.change.index = 2;
    if (kind == Kind::corrupt_triple) {
      sample.change.replacement = {"France", "borders", "Peru"};
      sample.change.picture = true;
    }
    const Change read = read_back(sample).change;
    EXPECT_EQ(read.kind, kind);
    EXPECT_EQ(read.index, sample.change.index);
    EXPECT_EQ(read.replacement, sample.change.replacement);
    EXPECT_EQ(read.picture, sample.change.picture);
    expect_round_trip(sample);
  }
}

TEST(Sample, that_leaves_out_what_it_may_gets_the_defaults) {
  json::object record = to_json_object(count_sample("a"));
  for (const char* key : {"images", "rationale", "cluster", "split"}) record.erase(key);
  const Sample sample = sample_from_json(record, "x").value();
  EXPECT_TRUE(sample.images.empty());
  EXPECT_TRUE(sample.choices.empty());
  EXPECT_TRUE(sample.meta.empty());
  EXPECT_EQ(sample.rationale, "");
  EXPECT_EQ(sample.cluster, "a");
  EXPECT_EQ(sample.split, "test");
}

TEST(DrawnGraph, without_change_is_the_true_graph) {
  const Sample sample = count_sample("a");
  EXPECT_EQ(drawn_graph(sample), sample.graph);
}

TEST(DrawnGraph, with_a_masked_entity_hides_it_as_head_and_as_tail_and_without_picture) {
  Sample sample = count_sample("a");
  sample.graph.triples.push_back({"Spain", "borders", "France"});
  sample.change = {Kind::mask_entity, 0, {}, false};
  EXPECT_EQ(drawn_graph(sample),
            (Graph{{{"?????", false}, {"Paris", false}, {"Spain", false}, {"Madrid", false}},
                   {{"?????", "capital", "Paris"},
                    {"Spain", "capital", "Madrid"},
                    {"?????", "borders", "Spain"},
                    {"Spain", "borders", "?????"}}}));
}

TEST(DrawnGraph, with_a_masked_entity_hides_both_ends_of_a_loop) {
  Sample sample = count_sample("a");
  sample.graph = {{{"France", true}}, {{"France", "knows", "France"}}};
  sample.change = {Kind::mask_entity, 0, {}, false};
  EXPECT_EQ(drawn_graph(sample), (Graph{{{"?????", false}}, {{"?????", "knows", "?????"}}}));
}

TEST(DrawnGraph, with_a_masked_relation_hides_one_label_only) {
  Sample sample = count_sample("a");
  sample.change = {Kind::mask_relation, 1, {}, false};
  Graph expected = sample.graph;
  expected.triples[1].relation = "?????";
  EXPECT_EQ(drawn_graph(sample), expected);
}

TEST(DrawnGraph, with_a_wrong_relation_keeps_the_entities) {
  Sample sample = count_sample("a");
  sample.change = {Kind::corrupt_triple, 2, {"France", "capital", "Spain"}, false};
  Graph expected = sample.graph;
  expected.triples[2].relation = "capital";
  EXPECT_EQ(drawn_graph(sample), expected);
}

TEST(DrawnGraph, with_a_wrong_tail_drops_the_entity_that_no_triple_names_any_more) {
  Sample sample = count_sample("a");
  sample.change = {Kind::corrupt_triple, 0, {"France", "capital", "Madrid"}, false};
  EXPECT_EQ(drawn_graph(sample), (Graph{{{"France", true}, {"Spain", false}, {"Madrid", false}},
                                        {{"France", "capital", "Madrid"},
                                         {"Spain", "capital", "Madrid"},
                                         {"France", "borders", "Spain"}}}));
}

TEST(DrawnGraph, with_a_new_entity_puts_it_last_with_the_picture_stated) {
  Sample sample = count_sample("a");
  sample.change = {Kind::corrupt_triple, 2, {"France", "borders", "Peru"}, true};
  EXPECT_EQ(
      drawn_graph(sample),
      (Graph{
          {{"France", true}, {"Paris", false}, {"Spain", false}, {"Madrid", false}, {"Peru", true}},
          {{"France", "capital", "Paris"},
           {"Spain", "capital", "Madrid"},
           {"France", "borders", "Peru"}}}));
}

TEST(DrawnGraph, with_two_new_ends_of_one_name_draws_it_once) {
  Sample sample = count_sample("a");
  sample.graph = {{{"a", false}, {"b", false}}, {{"a", "r", "b"}}};
  sample.change = {Kind::corrupt_triple, 0, {"c", "r", "c"}, false};
  EXPECT_EQ(drawn_graph(sample), (Graph{{{"c", false}}, {{"c", "r", "c"}}}));
}

TEST(DrawnGraph, leaves_the_sample_as_it_is) {
  Sample sample = count_sample("a");
  sample.change = {Kind::mask_entity, 0, {}, false};
  static_cast<void>(drawn_graph(sample));
  EXPECT_EQ(sample.graph, testing::small_graph());
}

}  // namespace
}  // namespace stareval
