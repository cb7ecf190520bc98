// By hand: what is asked, and how replies are scored and summarised.
#include "engine/rationale/rationale_protocol.h"

#include <gmock/gmock.h>

#include "libstareval/run/registry.h"
#include "libstareval/tasks/task.h"
#include "protocols/protocols.h"
#include "tests/support/samples.h"

namespace stareval::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

RationaleProtocol make_protocol() {
  Registry registry;
  register_protocols(registry);
  std::vector<std::unique_ptr<Protocol>> readers;
  for (const std::string& task : known_task_ids())
    readers.push_back(registry.protocol_for_task(task, {}).value());
  return RationaleProtocol(std::move(readers));
}

std::string asked(const Sample& sample) { return make_protocol().prompt(sample).text; }

TEST(RationaleProtocol, AsksFromTheTextOfTheGraphWithoutThePicture) {
  const Sample sample = testing::count_sample("a");
  const Prompt prompt = make_protocol().prompt(sample);
  EXPECT_FALSE(prompt.pictures);
  EXPECT_EQ(prompt.system, "");
  EXPECT_TRUE(prompt.text.starts_with(
      "A picture shows a knowledge graph. These are its arrows, as (head, relation, tail):\n"
      "(France, capital, Paris)\n(Spain, capital, Madrid)\n(France, borders, Spain)\n\n"
      "Entities shown with an image: France.\n\n"
      "The question about the picture is:\nHow many are there?\n\n"
      "The right answer is:\n4\n\nWrite how"))
      << prompt.text;
  EXPECT_TRUE(prompt.text.ends_with("word for word:\nSo the answer is 4.")) << prompt.text;
}

TEST(RationaleProtocol, ShowsOptionsAndTheMask) {
  Sample sample = testing::count_sample("a", "ER");
  sample.choices = {"Italy", "France"};
  sample.gold = ChoiceGold{1};
  sample.change = {Change::Kind::mask_entity, 0, {}, false};
  EXPECT_THAT(asked(sample), HasSubstr("How many are there?\n\nA. Italy\nB. France\n\n"));
  EXPECT_THAT(asked(sample), HasSubstr("(?????, capital, Paris)"));
  EXPECT_THAT(asked(sample), Not(HasSubstr("(France, capital, Paris)")));
  EXPECT_THAT(asked(sample), HasSubstr("with an image: none."));
}

TEST(RationaleProtocol, TellsTheTruthBehindAWrongFact) {
  Sample sample = testing::count_sample("a", "ED");
  sample.change = {Change::Kind::corrupt_triple, 0, {"France", "capital", "Madrid"}, false};
  sample.gold = ErrorGold{sample.change.replacement};
  EXPECT_THAT(asked(sample),
              HasSubstr("The right answer is:\n(France, capital, Madrid)\nThe true fact in the "
                        "place of the wrong one is (France, capital, Paris).\n\n"));
  sample.change = {};
  sample.gold = ErrorGold{};
  EXPECT_THAT(asked(sample), HasSubstr("The right answer is:\nnone\n\n"));
}

TEST(RationaleProtocol, AsksForTheDescriptionWordForWord) {
  Sample sample = testing::count_sample("a", "SD");
  sample.gold = DescriptionGold{sample.graph.triples, "It {facts} so."};
  EXPECT_THAT(asked(sample), HasSubstr("The right answer is:\nIt {facts} so.\n"));
  EXPECT_THAT(asked(sample), HasSubstr("below it the answer, word for word."));
}

TEST(RationaleProtocol, ScoresWhetherTheReplyIsKept) {
  const RationaleProtocol protocol = make_protocol();
  const Sample sample = testing::count_sample("a");
  const Score kept = protocol.score(
      sample, answered_reply("France, Paris, Spain and Madrid are drawn.\nSo the answer is 4."));
  EXPECT_EQ(kept.outcome, Outcome::answered);
  EXPECT_EQ(kept.rule, "kept");
  EXPECT_EQ(headline_value(kept), 1.0);
  const Score outside = protocol.score(
      sample, answered_reply("(Paris, capital, France) is drawn.\nSo the answer is 4."));
  EXPECT_EQ(outside.rule, "outside_triple");
  EXPECT_EQ(outside.answer, "(Paris, capital, France)");
  EXPECT_EQ(headline_value(outside), 0.0);
  const std::vector<Scored> scored{{&sample, 0, kept}, {&sample, 0, outside}};
  EXPECT_EQ(protocol.summarise(scored).front().name, "kept");
  EXPECT_EQ(protocol.summarise(scored).front().value, 0.5);
}

TEST(RationaleProtocol, AsksForEveryTaskOfItsReaders) {
  EXPECT_THAT(make_protocol().info().tasks, ::testing::UnorderedElementsAreArray(known_task_ids()));
  EXPECT_EQ(make_protocol().info().name, "rationale");
  EXPECT_EQ(make_protocol().info().prompt_digest.substr(0, 7), "sha256:");
}

}  // namespace
}  // namespace stareval::engine
