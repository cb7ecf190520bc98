// Properties of 300 samples a task on the shipped atlas: the protocol reads the gold answer behind
// and at the end of the rationale; all triples that are named are drawn or true; wordings differ.
#include <gtest/gtest.h>

#include <set>

#include "engine/rationale/phrases_internal.h"
#include "engine/tasks/test_samples_internal.h"
#include "libstareval/base/text.h"
#include "libstareval/extract/notation.h"
#include "libstareval/run/registry.h"
#include "libstareval/tasks/task.h"
#include "protocols/protocols.h"

namespace stareval::engine {
namespace {

std::unique_ptr<Protocol> protocol_for(const std::string& task) {
  Registry registry;
  register_protocols(registry);
  return registry.protocol_for_task(task, {.mode = Mode::cot}).value();
}

// What a rationale may name: the drawn triples, and the true one in the place of a false one.
Graph nameable(const Sample& sample) {
  Graph graph = drawn_graph(sample);
  graph.entities.insert(graph.entities.end(), sample.graph.entities.begin(),
                        sample.graph.entities.end());
  graph.triples.insert(graph.triples.end(), sample.graph.triples.begin(),
                       sample.graph.triples.end());
  return graph;
}

bool full_marks(const Protocol& protocol, const Sample& sample, const std::string& reply) {
  const Score score = protocol.score(sample, answered_reply(reply));
  return score.outcome == Outcome::answered && headline_value(score) == 1.0;
}

// The last line; of a description, all below the line that announces it.
std::string ending(const Sample& sample) {
  const bool description = std::holds_alternative<DescriptionGold>(sample.gold);
  const std::string& text = sample.rationale;
  return text.substr((description ? text.rfind("is:\n") + 3 : text.rfind('\n')) + 1);
}

class EachRationale : public testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] const std::vector<Sample>& samples() const { return samples_of(GetParam()); }
};

TEST_P(EachRationale, IsReadAsTheGoldAnswer) {
  const auto protocol = protocol_for(GetParam());
  for (const Sample& sample : samples()) {
    const std::string reply =
        "<think>" + sample.rationale + "</think><answer>" + gold_answer(sample) + "</answer>";
    EXPECT_TRUE(full_marks(*protocol, sample, reply)) << sample.id << "\n" << reply;
    EXPECT_TRUE(full_marks(*protocol, sample, ending(sample))) << sample.id << "\n" << reply;
  }
}

TEST_P(EachRationale, NamesDrawnTriplesOnly) {
  for (const Sample& sample : samples()) {
    const Graph graph = nameable(sample);
    for (const NotedTriple& noted : noted_triples(sample.rationale, Vocabulary(graph)))
      EXPECT_TRUE(std::any_of(graph.triples.begin(), graph.triples.end(),
                              [&](const Triple& t) { return same_triple(t, noted.triple); }))
          << to_string(noted.triple) << "\n"
          << sample.rationale;
  }
}

TEST_P(EachRationale, IsWordedInManyWays) {
  std::set<std::string> openings, endings;
  for (const Sample& sample : samples()) {
    openings.insert(sample.rationale.substr(0, sample.rationale.find_first_of(":?")));
    const std::string last = sample.rationale.substr(0, sample.rationale.rfind(" is"));
    endings.insert(last.substr(last.rfind('\n') + 1));
  }
  EXPECT_GE(openings.size(), 4U);
  EXPECT_GE(endings.size(), 3U);
}

INSTANTIATE_TEST_SUITE_P(Star, EachRationale,
                         testing::Values("EC", "RC", "IC", "TC", "SD", "ED", "ER", "RR"),
                         [](const auto& test) { return test.param; });

TEST(RationaleOfErrorDetection, GoesThroughEveryDrawnFact) {
  for (const Sample& sample : samples_of("ED")) {
    const Graph drawn = drawn_graph(sample);
    for (const Triple& triple : drawn.triples)
      EXPECT_NE(sample.rationale.find(to_string(triple)), std::string::npos) << sample.rationale;
  }
}

TEST(RationaleOfCompletion, LeavesTheGoldAsTheOnlyOptionThatFits) {
  for (const char* task : {"ER", "RR"})
    for (const Sample& sample : samples_of(task)) {
      std::size_t refuted = 0;
      for (const std::string_view line : split(sample.rationale, '\n'))
        refuted += std::any_of(phrases::kFalse.begin(), phrases::kFalse.end(),
                               [&](auto phrase) { return line.ends_with(phrase); })
                       ? 1U
                       : 0U;
      EXPECT_EQ(refuted, sample.choices.size() - 1) << sample.rationale;
    }
}

// Every statement that a rationale calls true or false is looked up among all triples.
TEST(RationaleOfErrorDetection, CallsFalseWhatIsFalse) {
  for (const Sample& sample : samples_of("ED")) {
    const auto& wrong = std::get<ErrorGold>(sample.gold).wrong;
    for (const Triple& triple : drawn_graph(sample).triples) {
      const std::size_t at = sample.rationale.find(to_string(triple));
      const std::string line = sample.rationale.substr(at, sample.rationale.find('\n', at) - at);
      const bool called_false = std::any_of(phrases::kFalse.begin(), phrases::kFalse.end(),
                                            [&](auto phrase) { return line.ends_with(phrase); });
      EXPECT_EQ(called_false, !is_true(triple)) << sample.rationale;
      EXPECT_EQ(called_false, wrong == triple);
    }
  }
}

}  // namespace
}  // namespace stareval::engine
