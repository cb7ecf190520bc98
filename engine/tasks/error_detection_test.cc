// Properties of 300 samples on the shipped atlas, from the stored records alone.
#include "engine/tasks/error_detection.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/tasks/test_samples_internal.h"

namespace stareval::engine {
namespace {

TEST(ErrorDetection, HalfIsCleanAndPartsTakeTurns) {
  std::map<std::string, int> parts;
  for (const Sample& sample : samples_of("ED")) {
    const auto& wrong = std::get<ErrorGold>(sample.gold).wrong;
    if (!wrong) {
      EXPECT_EQ(sample.change.kind, Change::Kind::none);
      ++parts["none"];
      continue;
    }
    const Triple& was = sample.graph.triples[sample.change.index];
    const bool head = was.head != wrong->head, relation = was.relation != wrong->relation,
               tail = was.tail != wrong->tail;
    EXPECT_EQ(int{head} + int{relation} + int{tail}, 1);
    ++parts[head ? "head" : relation ? "relation" : "tail"];
  }
  EXPECT_EQ(parts, (std::map<std::string, int>{
                       {"none", 150}, {"head", 50}, {"relation", 50}, {"tail", 50}}));
}

TEST(ErrorDetection, TheWrongTripleIsFalseAndDrawnOnce) {
  for (const Sample& sample : samples_of("ED")) {
    const auto& wrong = std::get<ErrorGold>(sample.gold).wrong;
    for (const Triple& triple : drawn_graph(sample).triples)
      EXPECT_EQ(is_true(triple), triple != wrong) << sample.id << to_string(triple);
    if (!wrong) continue;
    const auto drawn = drawn_graph(sample).triples;
    EXPECT_EQ(std::count(drawn.begin(), drawn.end(), *wrong), 1);
    EXPECT_EQ(*wrong, sample.change.replacement);
  }
}

TEST(ErrorDetection, TheWrongTripleIsPlausible) {
  for (const Sample& sample : samples_of("ED")) {
    const auto& wrong = std::get<ErrorGold>(sample.gold).wrong;
    if (!wrong || wrong->relation != sample.graph.triples[sample.change.index].relation) continue;
    const auto same = [&](auto part) {
      return std::any_of(truth().begin(), truth().end(), [&](const Triple& triple) {
        return triple.relation == wrong->relation && triple.*part == (*wrong).*part;
      });
    };
    EXPECT_TRUE(same(&Triple::head) && same(&Triple::tail)) << to_string(*wrong);
  }
}

TEST(ErrorDetection, TheShapeTellsNothing) {
  for (const Sample& sample : samples_of("ED")) {
    const Graph drawn = drawn_graph(sample);
    EXPECT_EQ(drawn.entities.size(), sample.graph.entities.size());
    EXPECT_EQ(drawn.triples.size(), sample.graph.triples.size());
    std::map<std::string, int> capitals;
    for (const Triple& triple : drawn.triples)
      if (triple.relation == "capital") ++capitals[triple.tail];
    for (const auto& [city, count] : capitals) EXPECT_EQ(count, 1) << sample.id << city;
  }
}

TEST(ErrorDetection, NoRelationIsSuspiciousByItself) {
  std::map<std::string, double> drawn, wrong;
  double all_drawn = 0;
  for (const Sample& sample : samples_of("ED")) {
    if (sample.change.kind == Change::Kind::none) continue;
    ++wrong[sample.change.replacement.relation];
    for (const Triple& triple : drawn_graph(sample).triples) ++drawn[triple.relation], ++all_drawn;
  }
  for (const auto& [label, count] : drawn)
    EXPECT_NEAR(wrong[label], count * 150 / all_drawn, 7) << label;
}

// Clean pictures would be the poorer ones if any subgraph served for them.
TEST(ErrorDetection, CleanPicturesAreAsRichAsWrongOnes) {
  double triples[2] = {0, 0}, pictures[2] = {0, 0}, letters[2] = {0, 0};
  for (const Sample& sample : make("ED", 3000, 5).value()) {
    const Graph drawn = drawn_graph(sample);
    const int wrong = sample.change.kind == Change::Kind::none ? 0 : 1;
    triples[wrong] += static_cast<double>(drawn.triples.size()) / 1500;
    pictures[wrong] += count_pictures(drawn) / 1500.0;
    for (const Triple& triple : drawn.triples)
      letters[wrong] += static_cast<double>(to_string(triple).size()) / 1500;
  }
  // Without the rule: 5.8 to 6.3 triples, 1.8 to 2.0 pictures.
  EXPECT_NEAR(triples[0], triples[1], 0.2);
  EXPECT_NEAR(pictures[0], pictures[1], 0.2);
  EXPECT_NEAR(letters[0], letters[1], 8);
}

TEST(ErrorDetection, AWrongRelationIsKnownAtOneOfTheEntities) {
  int strange = 0, all = 0;
  for (const Sample& sample : samples_of("ED")) {
    if (sample.change.kind == Change::Kind::none) continue;
    const Triple& wrong = sample.change.replacement;
    if (wrong.relation == sample.graph.triples[sample.change.index].relation) continue;
    const auto knows = [&](auto part) {
      return std::any_of(truth().begin(), truth().end(), [&](const Triple& triple) {
        return triple.relation == wrong.relation && triple.*part == wrong.*part;
      });
    };
    ++all;
    strange += knows(&Triple::head) || knows(&Triple::tail) ? 0 : 1;
  }
  EXPECT_EQ(all, 50);
  EXPECT_LE(strange, 1);
}

TEST(ErrorDetection, LeavesMirroredEdgesAlone) {
  SampleRequest request;
  request.task = "ED";
  request.count = 60;
  TaskOptions options;
  options.sampling.one_direction = false;
  const Stock stock(atlas(), options);
  for (const Sample& sample : make_samples(stock.source(), request).value()) {
    if (sample.change.kind == Change::Kind::none) continue;
    EXPECT_NE(sample.change.replacement.relation, "borders");
    EXPECT_NE(sample.graph.triples[sample.change.index].relation, "borders");
  }
}

}  // namespace
}  // namespace stareval::engine
