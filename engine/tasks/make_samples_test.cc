// Properties of 300 samples a task on the shipped atlas, from the stored records alone: golds are
// recomputed from the graph, truth is looked up in a plain set of all triples. Refusals.
#include "engine/tasks/make_samples.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/rationale/statement.h"
#include "engine/tasks/test_samples_internal.h"
#include "libstareval/base/json.h"
#include "libstareval/tasks/task.h"

namespace stareval::engine {
namespace {

using testing::HasSubstr;

std::int64_t count_of(const Sample& sample) { return std::get<CountGold>(sample.gold).value; }

// Whether the task changes the picture, so that not every subgraph suits it.
bool is_modified(const std::string& task) {
  const std::string_view base = base_task(task);
  return base == "ED" || base == "ER" || base == "RR";
}

class EachTask : public testing::TestWithParam<std::string> {};

TEST_P(EachTask, DrawsAConnectedGraphOfTrueTriples) {
  for (const Sample& sample : samples_of(GetParam())) {
    EXPECT_GE(sample.graph.triples.size(), 3U);
    EXPECT_TRUE(is_connected(sample.graph)) << sample.id;
    EXPECT_TRUE(is_connected(drawn_graph(sample))) << sample.id;
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
    const bool description = GetParam() == "SD";
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

// Counting tasks balance the counts instead.
TEST_P(EachTask, BalancesTheSizesOfTheSubgraphs) {
  const std::string task = GetParam();
  if (base_task(task) != "SD" && base_task(task) != "EC" && !is_modified(task)) return;
  const double slack = is_modified(task) ? 15 : 0;
  std::map<std::size_t, std::size_t> sizes;
  for (const Sample& sample : samples_of(GetParam())) ++sizes[sample.graph.entities.size()];
  ASSERT_EQ(sizes.size(), 5U);
  for (const auto& [size, count] : sizes)
    EXPECT_NEAR(static_cast<double>(count), 60, slack) << size;
}

INSTANTIATE_TEST_SUITE_P(Star, EachTask, testing::ValuesIn(known_task_ids()), [](const auto& test) {
  std::string name = test.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Counting, CountsEdgesForRelationsOnDemand) {
  SampleRequest request;
  request.task = "RC";
  request.count = 20;
  TaskOptions options;
  options.rc_counts = RelationCounts::edges;
  const Stock stock(atlas(), options);
  const auto wordings = question_wordings("TC");
  for (const Sample& sample : make_samples(stock.source(), request).value()) {
    EXPECT_EQ(count_of(sample), static_cast<std::int64_t>(sample.graph.triples.size()));
    EXPECT_NE(std::find(wordings.begin(), wordings.end(), sample.question), wordings.end());
    EXPECT_EQ(sample.meta.at("rc_counts").as_string(), "edges");
  }
}

TEST(Description, NamesEachTripleInOneSentence) {
  for (const Sample& sample : samples_of("SD")) {
    const auto& gold = std::get<DescriptionGold>(sample.gold);
    EXPECT_EQ(gold.triples, sample.graph.triples);
    for (const Triple& triple : gold.triples)
      EXPECT_THAT(gold.reference, HasSubstr(statement(atlas(), triple)));
  }
}

TEST(MakeSamples, AvoidsTheClustersOfOthers) {
  const Stock stock(atlas());
  SampleRequest request;
  request.task = "SD";
  request.count = 3;
  const auto samples = make_samples(stock.source(), request).value();
  for (const Sample& sample : samples) request.avoid.insert(sample.cluster);
  for (const Sample& sample : make_samples(stock.source(), request).value())
    for (const Sample& other : samples) EXPECT_NE(sample.cluster, other.cluster);
}

TEST(MakeSamples, SaysThatAGraphIsTooSmall) {
  SampleRequest request;
  request.task = "EC";
  request.count = 500;
  TaskOptions options;
  options.sampling.max_entities = 6;
  const KnowledgeGraph graph = family();
  const auto samples = make_samples(Stock(graph, options).source(), request);
  ASSERT_TRUE(samples.has_error());
  EXPECT_EQ(samples.error().code, ErrorCode::usage);
  EXPECT_THAT(
      samples.error().message,
      HasSubstr("graph family: split test: task EC: expected 500 different subgraphs of 4 to 6 "
                "entities, found"));
}

std::string refusal(const TaskOptions& options, const std::string& task = "ER") {
  SampleRequest request;
  request.task = task;
  return make_samples(Stock(atlas(), options).source(), request).error().message;
}

TEST(MakeSamples, RefusesOptionsOutOfRange) {
  EXPECT_THAT(refusal({}, "XX"), HasSubstr("found \"XX\""));
  TaskOptions options;
  options.choices = 1;
  EXPECT_EQ(refusal(options), "synth: expected 2 to 26 choices");
  options.choices = 5;
  options.sampling.max_entities = 3;
  EXPECT_EQ(refusal(options), "synth: expected 2 <= min_entities <= max_entities");
  options.sampling.max_entities = 8;
  options.sampling.growths.clear();
  EXPECT_EQ(refusal(options), "synth: expected at least one way of growth");
}

TEST(MakeSamples, CannotCountPicturesWhereThereAreNone) {
  const KnowledgeGraph graph = family();
  SampleRequest request;
  request.task = "IC";
  EXPECT_THAT(make_samples(Stock(graph).source(), request).error().message,
              HasSubstr("expected a graph with pictures for the task IC, found none in family"));
}

TEST(MakeSamples, SaysThatASplitHasNoStart) {
  const KnowledgeGraph graph = family();
  const Roles roles(graph);
  const Starts none(graph, {}, {"Ann", "Bob", "Cid", "Dan", "Eve", "Fay"});
  const TaskOptions options;
  SampleRequest request;
  request.task = "EC";
  EXPECT_THAT(make_samples({graph, roles, none, options}, request).error().message,
              HasSubstr("the 0 start entities of the split"));
}

}  // namespace
}  // namespace stareval::engine
