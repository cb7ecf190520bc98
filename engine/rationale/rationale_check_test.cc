// By hand: what is kept, and a table of hostile texts with the fault of each. Property: every
// rationale by rule on the shipped atlas is kept, and rejected for the sample before.
#include "engine/rationale/rationale_check.h"

#include <gtest/gtest.h>

#include "engine/rationale/test_family_samples_internal.h"
#include "engine/tasks/test_samples_internal.h"
#include "libstareval/run/registry.h"
#include "protocols/protocols.h"

namespace stareval::engine {
namespace {

std::unique_ptr<Protocol> reader_for(const std::string& task) {
  Registry registry;
  register_protocols(registry);
  return registry.protocol_for_task(task, {}).value();
}

Sample counting() { return sample_of("EC", CountGold{3}); }

Sample clean() { return sample_of("ED", ErrorGold{}); }

Sample description() {
  Sample sample = sample_of("SD", {});
  sample.gold =
      DescriptionGold{sample.graph.triples, "Ann is a parent of Bob. Ann is married to Dan."};
  return sample;
}

CheckedRationale check(const Sample& sample, std::string_view text) {
  return check_rationale(sample, *reader_for(sample.task), text);
}

struct Case {
  const char* text;
  RationaleFault fault;
};

void expect_table(const Sample& sample, std::initializer_list<Case> table) {
  for (const Case& row : table) {
    const CheckedRationale checked = check(sample, row.text);
    EXPECT_EQ(to_string(checked.fault), to_string(row.fault))
        << sample.task << ": " << row.text << "\n"
        << checked.detail;
  }
}

using Fault = RationaleFault;

TEST(RationaleCheck, ReadsTheEndOfACount) {
  expect_table(
      counting(),
      {{"The nodes are Ann, Bob and Dan.\nSo the answer is 3.", Fault::none},
       {"The nodes are Ann, Bob and Dan. That makes three. So the answer is three.", Fault::none},
       {"(Ann, parent, Bob) shows Ann and Bob; (Ann, married, Dan) adds Dan.\nThe answer is 3.",
        Fault::none},
       // The gold stands in the middle alone, or is taken back.
       {"So the answer is 3. The nodes are Ann, Bob and Dan.", Fault::wrong_ending},
       {"There are Ann, Bob and Dan, that is 3.\nSo the answer is 4.", Fault::wrong_ending},
       {"There are Ann, Bob and Dan.\nSo the answer is not 3.", Fault::wrong_ending},
       {"There are Ann, Bob and Dan.\nThe answer is 3 or 4.", Fault::wrong_ending},
       {"There are Ann, Bob and Dan.\nIs the answer 3?", Fault::wrong_ending},
       {"There are Ann, Bob and Dan.\nSo the answer is B.", Fault::wrong_ending},
       {"There are Ann, Bob and Dan.", Fault::wrong_ending},
       {"At first sight the answer is 4. But Eve is not drawn.\nThe answer is 3.",
        Fault::contradiction},
       // No steps at all.
       {"", Fault::wrong_ending},
       {"3", Fault::no_steps},
       {"So the answer is 3.", Fault::no_steps},
       {"Answer:\nSo the answer is 3.", Fault::no_steps}});
}

TEST(RationaleCheck, RejectsTriplesOutsideOfTheGraph) {
  expect_table(
      counting(),
      {{"(Bob, parent, Ann) is drawn, and Dan.\nSo the answer is 3.", Fault::outside_triple},
       {"(Ann, married, Bob) is drawn, and Dan.\nSo the answer is 3.", Fault::outside_triple},
       {"(Ann, parent, Eve) is drawn, and Dan.\nSo the answer is 3.", Fault::outside_triple},
       {"(Ann, likes, Bob) is drawn, and Dan.\nSo the answer is 3.", Fault::outside_triple},
       {"(Zoe, hates, Max) is drawn, and Dan.\nSo the answer is 3.", Fault::outside_triple},
       {"Ann -parent-> Dan is drawn.\nSo the answer is 3.", Fault::outside_triple},
       {"{\"head\": \"Dan\", \"relation\": \"parent\", \"tail\": \"Ann\"}\nSo the answer is 3.",
        Fault::outside_triple},
       {"| Bob | parent | Dan |\nSo the answer is 3.", Fault::outside_triple},
       {"Not (Bob, parent, Ann), as the arrow leads the other way.\nSo the answer is 3.",
        Fault::outside_triple},
       {"Ann -parent-> Bob, and ANN -Married-> dan.\nSo the answer is 3.", Fault::none}});
  EXPECT_EQ(check(counting(), "(Bob, parent, Ann) is drawn.\nSo the answer is 3.").detail,
            "(Bob, parent, Ann)");
}

TEST(RationaleCheck, RejectsWhatTellsThatTheAnswerWasGiven) {
  for (const char* leak :
       {"The given answer is 3.", "As you told me, it is three.", "The correct answer given is 3.",
        "Since the answer is three, all nodes count.", "This matches the ground truth.",
        "From the list\n of   TRIPLES, there are three.", "I was told that there are three."})
    EXPECT_EQ(check(counting(), std::string(leak) + "\nSo the answer is 3.").fault, Fault::leak)
        << leak;
  for (const char* fair : {"Ann has given Bob her name.", "It was toldable that three are drawn.",
                           "Looking at the answer options is of no use here."})
    EXPECT_EQ(check(counting(), std::string(fair) + "\nSo the answer is 3.").fault, Fault::none)
        << fair;
  EXPECT_EQ(check(counting(), "The given answer fits.\nSo the answer is 3.").detail,
            "given answer");
}

TEST(RationaleCheck, RejectsTagsThatWouldEndTheThinking) {
  for (const char* tag : {"<answer>3</answer>", "</think>", "<THINK>", "< answer"})
    EXPECT_EQ(
        check(counting(), std::string("Ann, Bob, Dan. ") + tag + "\nSo the answer is 3.").fault,
        std::string_view(tag) == "< answer" ? Fault::none : Fault::tags)
        << tag;
}

TEST(RationaleCheck, ReadsTheWrongFact) {
  expect_table(
      corrupted(),
      {{"(Ann, married, Dan) is true. (Dan, parent, Bob) is false: (Ann, parent, Bob) would be "
        "true.\nSo the answer is (Dan, parent, Bob).",
        Fault::none},
       {"(Ann, married, Dan) is true.\nSo the answer is (Ann, parent, Bob).", Fault::wrong_ending},
       {"(Dan, parent, Bob) looks odd.\nSo the answer is none.", Fault::wrong_ending},
       {"(Dan, parent, Bob) looks odd.\nSo the answer is not (Dan, parent, Bob).",
        Fault::wrong_ending},
       {"(Dan, parent, Ann) would be odd.\nSo the answer is (Dan, parent, Bob).",
        Fault::outside_triple}});
  expect_table(clean(), {{"(Ann, parent, Bob) and (Ann, married, Dan) are true.\nSo the answer is "
                          "none.",
                          Fault::none},
                         {"(Ann, parent, Bob) and (Ann, married, Dan) are true.\nSo the answer is "
                          "(Ann, parent, Bob).",
                          Fault::wrong_ending}});
}

TEST(RationaleCheck, ReadsTheChoice) {
  expect_table(
      masked_entity(),
      {{"(?????, parent, Bob) asks for a parent of Bob. Fay is none of them; Ann is.\nSo the "
        "answer "
        "is B.",
        Fault::none},
       {"With Ann, (Ann, parent, Bob) holds.\nSo the answer is B. Ann.", Fault::none},
       {"(Fay, parent, Bob) is true.\nSo the answer is B.", Fault::outside_triple},
       {"(Fay, parent, Bob) is false.\nSo the answer is B.", Fault::outside_triple},
       {"(Bob, parent, ?????\x29 is drawn.\nSo the answer is B.", Fault::outside_triple},
       {"Ann is a parent of Bob, and Fay is not.\nSo the answer is A.", Fault::wrong_ending},
       {"Ann is a parent of Bob, and Fay is not.\nSo the answer is B. Fay.", Fault::wrong_ending},
       {"B is Ann. She is a parent of Bob.", Fault::wrong_ending}});
  expect_table(masked_relation(),
               {{"(Ann, ?????, Bob) links two people, and (Ann, parent, Bob) is so.\nSo the answer "
                 "is A.",
                 Fault::none},
                {"(Ann, married, Bob) is so.\nSo the answer is A.", Fault::outside_triple}});
}

TEST(RationaleCheck, ReadsTheDescription) {
  expect_table(
      description(),
      {{"(Ann, parent, Bob) and (Ann, married, Dan) are drawn.\nSo the answer is:\nAnn is a parent "
        "of Bob. Ann is married to Dan.",
        Fault::none},
       {"Two arrows are drawn.\nSo the answer is:\nAnn is a parent of Bob.", Fault::wrong_ending},
       {"Two arrows are drawn.\nSo the answer is:\n", Fault::wrong_ending},
       {"Two arrows are drawn. Ann is a parent of Bob. Ann is married to Dan.",
        Fault::wrong_ending},
       {"So the answer is:\nAnn is a parent of Bob. Ann is married to Dan.", Fault::no_steps},
       {"(Ann, parent, Dan) is drawn.\nSo the answer is:\nAnn is a parent of Bob. Ann is married "
        "to "
        "Dan.",
        Fault::outside_triple}});
}

TEST(RationaleCheck, TrimsTheTextThatIsKept) {
  EXPECT_EQ(check(counting(), "\n Ann, Bob and Dan.\nSo the answer is 3.\n\n").text,
            "Ann, Bob and Dan.\nSo the answer is 3.");
}

TEST(RationaleCheck, LeavesOutWhatTheModelThought) {
  const auto reader = reader_for("EC");
  const auto checked = check_rationale_reply(
      counting(), *reader,
      answered_reply("<think>I was told 3.</think>\nAnn, Bob and Dan.\nSo the answer is 3."));
  EXPECT_EQ(checked.fault, Fault::none);
  EXPECT_EQ(checked.text, "Ann, Bob and Dan.\nSo the answer is 3.");
}

TEST(RationaleCheck, TellsHowARequestEnded) {
  const auto reader = reader_for("EC");
  Reply reply = answered_reply("Ann, Bob and Dan.\nSo the answer is 3.");
  for (const auto& [outcome, fault] : {std::pair{Outcome::refused, Fault::refused},
                                       std::pair{Outcome::truncated, Fault::truncated},
                                       std::pair{Outcome::api_error, Fault::no_reply}}) {
    reply.outcome = outcome;
    EXPECT_EQ(check_rationale_reply(counting(), *reader, reply).fault, fault);
    EXPECT_EQ(check_rationale_reply(counting(), *reader, reply).text, "");
  }
}

TEST(AdoptRationale, NotesWhoWroteTheText) {
  Sample sample = counting();
  sample.rationale = "by rule";
  adopt_rationale({Fault::leak, "told", "was told"}, "openai", "m", sample);
  EXPECT_EQ(sample.rationale, "by rule");
  EXPECT_EQ(to_json(sample.meta.at("rationale")), R"({"by":"rule","rejected":"leak"})");
  adopt_rationale({Fault::none, "by model", ""}, "openai", "m", sample);
  EXPECT_EQ(sample.rationale, "by model");
  const std::string by_model = R"({"by":"backend","backend":"openai","model":"m"})";
  EXPECT_EQ(to_json(sample.meta.at("rationale")), by_model);
  adopt_rationale({Fault::tags, "<think>", ""}, "openai", "other", sample);
  EXPECT_EQ(sample.rationale, "by model");
  EXPECT_EQ(to_json(sample.meta.at("rationale")),
            R"({"by":"backend","backend":"openai","model":"m","rejected":"tags"})");
}

class EachTaskByRule : public testing::TestWithParam<const char*> {};

TEST_P(EachTaskByRule, IsKept) {
  const auto reader = reader_for(GetParam());
  for (const Sample& sample : samples_of(GetParam())) {
    const auto checked = check_rationale(sample, *reader, sample.rationale);
    EXPECT_EQ(to_string(checked.fault), "kept") << checked.detail << "\n" << sample.rationale;
  }
}

INSTANTIATE_TEST_SUITE_P(Star, EachTaskByRule,
                         testing::Values("EC", "RC", "IC", "TC", "SD", "ED", "ER", "RR"),
                         [](const auto& test) { return test.param; });

// The rationale of another sample names triples of another graph.
TEST(RationaleCheck, RejectsTheRationaleOfAnotherSample) {
  for (const char* task : {"RC", "TC", "SD", "ED", "ER"}) {
    const auto reader = reader_for(task);
    const auto& samples = samples_of(task);
    for (std::size_t i = 0; i + 1 < samples.size(); ++i)
      EXPECT_NE(check_rationale(samples[i], *reader, samples[i + 1].rationale).fault, Fault::none)
          << samples[i].id;
  }
}

}  // namespace
}  // namespace stareval::engine
