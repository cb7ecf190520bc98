// Properties of 300 samples a task on the shipped atlas, from the stored records alone: golds are
// recomputed from the graph, truth is looked up in a plain set of all triples. Refusals.
#include "engine/tasks/make_samples.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/tasks/test_samples_internal.h"
#include "libstareval/base/json.h"
#include "libstareval/tasks/task.h"

namespace stareval::engine {
namespace {

using testing::HasSubstr;

bool is_connected_by_hand(const Graph& graph) {
  std::map<std::string, int> group;
  for (const Entity& entity : graph.entities) {
    const int number = static_cast<int>(group.size());
    group[entity.name] = number;
  }
  for (const Triple& triple : graph.triples) {
    const int from = group.at(triple.head), to = group.at(triple.tail);
    for (auto& entry : group)
      if (entry.second == from) entry.second = to;
  }
  return std::all_of(group.begin(), group.end(),
                     [&](auto& entry) { return entry.second == group.begin()->second; });
}

std::int64_t count_of(const Sample& sample) { return std::get<CountGold>(sample.gold).value; }

class EachTask : public testing::TestWithParam<const char*> {};

TEST_P(EachTask, DrawsAConnectedGraphOfTrueTriples) {
  for (const Sample& sample : samples_of(GetParam())) {
    EXPECT_GE(sample.graph.triples.size(), 3U);
    EXPECT_TRUE(is_connected_by_hand(sample.graph)) << sample.id;
    EXPECT_TRUE(is_connected_by_hand(drawn_graph(sample))) << sample.id;
    for (const Triple& triple : sample.graph.triples) EXPECT_TRUE(truth().contains(triple));
  }
}

TEST_P(EachTask, AsksInOneOfTheWordings) {
  const auto wordings = question_wordings(GetParam());
  std::set<std::string> asked;
  for (const Sample& sample : samples_of(GetParam())) {
    EXPECT_NE(std::find(wordings.begin(), wordings.end(), sample.question), wordings.end());
    asked.insert(sample.question);
  }
  EXPECT_EQ(asked.size(), wordings.size());
}

TEST_P(EachTask, ReasonsToTheGold) {
  for (const Sample& sample : samples_of(GetParam())) {
    const bool description = std::string(GetParam()) == "SD";
    EXPECT_TRUE(
        sample.rationale.ends_with(description ? gold_answer(sample) : gold_answer(sample) + "."))
        << sample.rationale;
  }
}

TEST_P(EachTask, NeverTakesASubgraphTwice) {
  std::set<std::string> clusters, ids;
  for (const Sample& sample : samples_of(GetParam())) {
    EXPECT_TRUE(clusters.insert(sample.cluster).second) << sample.id;
    EXPECT_TRUE(ids.insert(sample.id).second) << sample.id;
  }
  EXPECT_EQ(clusters.size(), kCount);
}

TEST_P(EachTask, MakesTheSameSamplesFromTheSameSeed) {
  const auto again = make(GetParam()).value();
  const auto other = make(GetParam(), kCount, 2).value();
  for (std::size_t i = 0; i < kCount; ++i)
    EXPECT_EQ(to_json(to_json_object(samples_of(GetParam())[i])),
              to_json(to_json_object(again[i])));
  EXPECT_NE(again[0].cluster, other[0].cluster);
}

TEST_P(EachTask, MakesRecordsThatReadBackEqual) {
  for (const Sample& sample : samples_of(GetParam())) {
    const json::object record = to_json_object(sample);
    const auto read = sample_from_json(record, sample.id);
    ASSERT_TRUE(read.has_value()) << read.error().message;
    EXPECT_EQ(to_json(to_json_object(*read)), to_json(record));
  }
}

// To the item where any subgraph suits; nearly so where a task needs a subgraph of its own kind.
TEST_P(EachTask, BalancesTheSizesOfTheSubgraphs) {
  const std::string task = GetParam();
  const double slack = task == "ED" || task == "ER" || task == "RR" ? 15 : 0;
  std::map<std::size_t, std::size_t> sizes;
  for (const Sample& sample : samples_of(GetParam())) ++sizes[sample.graph.entities.size()];
  ASSERT_EQ(sizes.size(), 5U);
  for (const auto& [size, count] : sizes)
    EXPECT_NEAR(static_cast<double>(count), 60, slack) << size;
}

INSTANTIATE_TEST_SUITE_P(Star, EachTask,
                         testing::Values("EC", "RC", "IC", "TC", "SD", "ED", "ER", "RR"),
                         [](const auto& test) { return test.param; });

TEST(Counting, GoldsFollowFromTheGraph) {
  for (const Sample& sample : samples_of("EC")) {
    std::set<std::string> names;
    for (const Triple& triple : sample.graph.triples) names.insert({triple.head, triple.tail});
    EXPECT_EQ(count_of(sample), static_cast<std::int64_t>(names.size()));
  }
  for (const Sample& sample : samples_of("RC")) {
    std::set<std::string> labels;
    for (const Triple& triple : sample.graph.triples) labels.insert(triple.relation);
    EXPECT_EQ(count_of(sample), static_cast<std::int64_t>(labels.size()));
  }
  for (const Sample& sample : samples_of("IC")) {
    std::int64_t pictures = 0;
    for (const Entity& entity : sample.graph.entities) pictures += entity.picture ? 1 : 0;
    EXPECT_EQ(count_of(sample), pictures);
  }
  for (const Sample& sample : samples_of("TC"))
    EXPECT_EQ(count_of(sample), static_cast<std::int64_t>(sample.graph.triples.size()));
}

TEST(Counting, CountsEdgesForRelationsOnDemand) {
  SampleRequest request;
  request.task = "RC";
  request.count = 20;
  request.options.rc_counts = RelationCounts::edges;
  const auto wordings = question_wordings("TC");
  for (const Sample& sample : make_samples(atlas(), request).value()) {
    EXPECT_EQ(count_of(sample), static_cast<std::int64_t>(sample.graph.triples.size()));
    EXPECT_NE(std::find(wordings.begin(), wordings.end(), sample.question), wordings.end());
    EXPECT_EQ(sample.meta.at("rc_counts").as_string(), "edges");
  }
}

TEST(Description, NamesEachTripleInOneSentence) {
  for (const Sample& sample : samples_of("SD")) {
    const auto& gold = std::get<DescriptionGold>(sample.gold);
    EXPECT_EQ(gold.triples, sample.graph.triples);
    for (const Triple& triple : gold.triples) {
      EXPECT_THAT(gold.reference, HasSubstr(triple.head));
      EXPECT_THAT(gold.reference, HasSubstr(triple.tail));
    }
  }
}

TEST(MakeSamples, MakesMoreWithoutMovingTheChoiceOfSubgraphs) {
  SampleRequest request;
  request.task = "SD";
  request.count = 3;
  const auto samples = make_samples(atlas(), request).value();
  for (const Sample& sample : samples) request.avoid.insert(sample.cluster);
  for (const Sample& sample : make_samples(atlas(), request).value())
    for (const Sample& other : samples) EXPECT_NE(sample.cluster, other.cluster);
}

TEST(MakeSamples, SaysThatAGraphIsTooSmall) {
  SampleRequest request;
  request.task = "EC";
  request.count = 500;
  request.options.sampling.max_entities = 6;
  const auto samples = make_samples(family(), request);
  ASSERT_TRUE(samples.has_error());
  EXPECT_EQ(samples.error().code, ErrorCode::usage);
  EXPECT_THAT(samples.error().message,
              HasSubstr("graph family: task EC: expected 500 different subgraphs of 4 to 6"));
}

TEST(MakeSamples, RefusesOptionsOutOfRange) {
  SampleRequest request;
  request.task = "XX";
  EXPECT_THAT(make_samples(atlas(), request).error().message, HasSubstr("found \"XX\""));
  request.task = "ER";
  request.options.choices = 1;
  EXPECT_EQ(make_samples(atlas(), request).error().message, "synth: expected 2 to 26 choices");
  request.options.choices = 5;
  request.options.sampling.max_entities = 3;
  EXPECT_EQ(make_samples(atlas(), request).error().message,
            "synth: expected 2 <= min_entities <= max_entities");
}

}  // namespace
}  // namespace stareval::engine
