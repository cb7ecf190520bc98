// Answers, each held against the protocol that asks for it: what is written is read as what was
// meant, and what is not known is read as no answer. Cases by hand.
#include <gtest/gtest.h>

#include "backends/reader/answer_internal.h"
#include "backends/reader/test_graph_internal.h"
#include "libstareval/run/registry.h"
#include "libstareval/tasks/task.h"
#include "protocols/protocols.h"

namespace stareval::reader {
namespace {

using testing::graph_of;

class Answers : public ::testing::TestWithParam<Mode> {
 protected:
  Answers() { register_protocols(registry_); }

  // Asks with the first wording of the task, and scores what is answered.
  Score ask(Sample& sample, const ReadGraph& graph, bool guess_first = false,
            AnswerForm form = AnswerForm::choice) {
    sample.question = question_wordings(sample.task).front();
    const auto protocol =
        registry_.protocol_for_task(sample.task, ProtocolOptions{GetParam(), form}).value();
    const auto question = read_question(protocol->prompt(sample).text);
    answer_ = answer(question.value(), graph, guess_first);
    Reply reply;
    reply.outcome = Outcome::answered;
    reply.text = answer_;
    return protocol->score(sample, reply);
  }

  Registry registry_;
  std::string answer_;
};

INSTANTIATE_TEST_SUITE_P(Modes, Answers, ::testing::Values(Mode::direct, Mode::cot));

const std::vector<Triple> kTriples{{"France", "capital", "Paris"},
                                   {"Spain", "capital", "Madrid"},
                                   {"Luxembourg", "capital", "Luxembourg (city)"},
                                   {"France", "borders", "Spain"}};

// The sample that the triples are drawn from.
Sample sample_of(const std::string& task, const std::vector<Triple>& triples) {
  Sample sample;
  sample.task = task;
  sample.graph.triples = triples;
  for (const ReadNode& node : graph_of(triples).nodes)
    sample.graph.entities.push_back({node.name, false});
  return sample;
}

TEST_P(Answers, Count) {
  ReadGraph graph = graph_of(kTriples);
  graph.nodes[0].picture = Box{1, 2, 3, 4};
  for (const auto& [task, count] :
       std::vector<std::pair<std::string, int>>{{"EC", 6},
                                                {"RC", 2},
                                                {"IC", 1},
                                                {"TC", 4},
                                                {"m3str-count-entity", 6},
                                                {"m3str-count-relation", 4}}) {
    Sample sample = sample_of(task, kTriples);
    sample.gold = CountGold{count};
    const Score score = ask(sample, graph);
    EXPECT_EQ(score.outcome, Outcome::answered) << task;
    EXPECT_EQ(score.answer, std::to_string(count)) << task;
    EXPECT_EQ(ask(sample, {}).answer, "0") << task;
  }
}

TEST_P(Answers, CountReadingsOfOneLabelOnce) {
  ReadGraph graph = graph_of({{"a", "capital", "b"},
                              {"b", "Capital", "c"},
                              {"c", "capitaI", "d"},
                              {"d", "", "e"},
                              {"e", "route 1 of", "f"},
                              {"f", "route 2 of", "g"}});
  Sample sample = sample_of("RC", kTriples);
  sample.gold = CountGold{3};
  EXPECT_EQ(ask(sample, graph).answer, "3");
  EXPECT_EQ(ask(sample, graph_of({{"a", "", "b"}, {"b", "", "c"}})).answer, "1")
      << "there is a label, of which nothing is known";
}

TEST_P(Answers, Describe) {
  ReadGraph graph = graph_of(kTriples);
  graph.edges.push_back({0, -1, "capital", 1.0, {}, {}, 1.0});
  graph.nodes.push_back({{}, "", 0.0, std::nullopt, 1.0});
  graph.edges.push_back({0, 6, "capital", 1.0, {}, {}, 1.0});
  Sample sample = sample_of("SD", kTriples);
  sample.gold = DescriptionGold{kTriples, ""};
  const Score score = ask(sample, graph);
  EXPECT_EQ(headline_value(score), 1.0) << answer_;
  EXPECT_EQ(ask(sample, {}).outcome, Outcome::unparsed);
}

TEST_P(Answers, NameAWrongFactOrNone) {
  const std::vector<Triple> wrong{{"France", "borders", "Spain"}, {"Spain", "borders", "Spain"}};
  Sample sample = sample_of("ED", wrong);
  sample.gold = ErrorGold{wrong[1]};
  EXPECT_EQ(headline_value(ask(sample, graph_of(wrong))), 1.0) << answer_;
  Sample clean = sample_of("ED", kTriples);
  clean.gold = ErrorGold{};
  EXPECT_EQ(ask(clean, graph_of(kTriples)).answer, "none");
  EXPECT_EQ(ask(clean, {}).answer, "none");
}

TEST_P(Answers, DecideWhetherSomethingIsWrong) {
  const std::vector<Triple> wrong{{"France", "borders", "Spain"}, {"Spain", "borders", "Spain"}};
  for (const char* task : {"m3str-detect-any", "m3str-detect-entity", "m3str-detect-relation"}) {
    Sample sample = sample_of(task, wrong);
    sample.choices = {"no", "yes"};
    sample.gold = ChoiceGold{1};
    EXPECT_EQ(ask(sample, graph_of(wrong)).answer, "yes");
    EXPECT_EQ(ask(sample, graph_of(kTriples)).answer, "no");
    EXPECT_EQ(ask(sample, {}).answer, "no");
  }
}

// France is drawn, and no name is like Peru or Spain's.
Sample hidden_entity() {
  Sample sample = sample_of("ER", {{"France", "borders", "Spain"}, {"Italy", "borders", "France"}});
  sample.choices = {"France", "Peru", "Spain", "Oman"};
  sample.gold = ChoiceGold{2};
  sample.change = {Change::Kind::mask_entity, 1, {}, false};
  return sample;
}

const std::vector<Triple> kHiddenEntity{{"France", "borders", "?????"},
                                        {"Italy", "borders", "France"}};

TEST_P(Answers, SayThatAnEntityCannotBeKnown) {
  for (const AnswerForm form : {AnswerForm::choice, AnswerForm::ranking, AnswerForm::open}) {
    Sample sample = hidden_entity();
    const Score score = ask(sample, graph_of(kHiddenEntity), false, form);
    EXPECT_EQ(score.outcome, Outcome::unparsed) << answer_;
  }
}

TEST_P(Answers, GuessTheFirstEntityThatIsNotExcluded) {
  Sample sample = hidden_entity();
  EXPECT_EQ(ask(sample, graph_of(kHiddenEntity), true).answer, "B");
  const Score ranking = ask(sample, graph_of(kHiddenEntity), true, AnswerForm::ranking);
  EXPECT_EQ(ranking.answer, "Peru > Spain > Oman > France");
  sample.candidates = {"Oman", "France", "Spain"};
  EXPECT_EQ(ask(sample, graph_of(kHiddenEntity), true, AnswerForm::ranking).answer,
            "Oman > Spain > France");
}

TEST_P(Answers, ChooseAnEntityByItsStem) {
  Sample sample = sample_of("ER", {{"Haiti", "language", "Haitian Creole"}});
  sample.choices = {"Spanish", "Haitian Creole", "No, none of these"};
  sample.gold = ChoiceGold{1};
  sample.change = {Change::Kind::mask_entity, 1, {}, false};
  EXPECT_EQ(ask(sample, graph_of({{"Haiti", "language", "?2???"}})).answer, "B");
}

// A region of Spain's kind is known.
const std::vector<Triple> kHiddenRelation{{"France", "region", "Europe"},
                                          {"Spain", "?????", "Europe"},
                                          {"Spain", "borders", "France"},
                                          {"France", "capital", "Paris"}};

Sample hidden_relation() {
  std::vector<Triple> whole = kHiddenRelation;
  whole[1].relation = "region";
  Sample sample = sample_of("RR", whole);
  sample.choices = {"capital", "borders", "region"};
  sample.gold = ChoiceGold{2};
  sample.change = {Change::Kind::mask_relation, 1, {}, false};
  return sample;
}

TEST_P(Answers, ChooseARelationByThePatternsOfThePicture) {
  Sample sample = hidden_relation();
  const ReadGraph graph = graph_of(kHiddenRelation);
  EXPECT_EQ(ask(sample, graph).answer, "C");
  EXPECT_EQ(headline_value(ask(sample, graph, false, AnswerForm::ranking)), 1.0) << answer_;
  EXPECT_EQ(headline_value(ask(sample, graph, false, AnswerForm::open)), 1.0) << answer_;
}

TEST_P(Answers, SayThatARelationCannotBeKnown) {
  for (const AnswerForm form : {AnswerForm::choice, AnswerForm::ranking, AnswerForm::open})
    for (const ReadGraph& graph : {graph_of({{"a", "?????", "b"}}), ReadGraph{}}) {
      Sample sample = hidden_relation();
      EXPECT_EQ(ask(sample, graph, false, form).outcome, Outcome::unparsed) << answer_;
    }
}

TEST_P(Answers, GuessARelation) {
  Sample sample = hidden_relation();
  const ReadGraph unlike = graph_of({{"a", "?????", "b"}, {"c", "borders", "d"}});
  EXPECT_EQ(ask(sample, unlike, false).outcome, Outcome::unparsed);
  EXPECT_EQ(ask(sample, unlike, true).outcome, Outcome::answered);
  EXPECT_EQ(ask(sample, unlike, false, AnswerForm::open).outcome, Outcome::unparsed);
  (void)ask(sample, unlike, true, AnswerForm::open);
  EXPECT_EQ(answer_, "borders") << "the only label that is drawn";
  (void)ask(sample, graph_of({{"a", "?????", "b"}}), true, AnswerForm::open);
  EXPECT_EQ(answer_, "This cannot be known from what is drawn.");
  const ReadGraph two_masks = graph_of({{"a", "?????", "b"}, {"c", "????", "d"}});
  (void)ask(sample, two_masks, true, AnswerForm::open);
  EXPECT_EQ(answer_, "This cannot be known from what is drawn.");
}

TEST(AnswersByName, AreTheTextsOfOptions) {
  Question question{Asks::hidden_relation, {{"A", "capital"}, {"B", "region"}}, true};
  EXPECT_EQ(answer(question, graph_of(kHiddenRelation), false), "region");
  question.as_ranking = true;
  EXPECT_EQ(answer(question, graph_of(kHiddenRelation), false), "region\ncapital");
}

TEST(AnswersOfDecisions, HaveTheSpellingOfTheOptions) {
  Question question{Asks::is_wrong, {{"A", "Yes"}, {"B", "No"}}};
  EXPECT_EQ(answer(question, {}, false), "B");
  question.by_name = true;
  EXPECT_EQ(answer(question, {}, false), "No");
}

}  // namespace
}  // namespace stareval::reader
