// Every row of the tables was labelled by hand.
#include "libstareval/extract/triple.h"

#include <gtest/gtest.h>

#include <string>

#include "libstareval/extract/table_internal.h"

namespace stareval {
namespace {

using extract::kUnclear;
using extract::kUnread;
using extract::LabelledReply;

Graph atlas() {
  return {{{"France", false},
           {"Berlin", false},
           {"Germany", false},
           {"Singapore", false},
           {"Singapore (city)", false},
           {"Guinea-Bissau", false},
           {"Washington D.C.", false},
           {"Bonaire, Saba", false}},
          {{"France", "capital", "Berlin"},
           {"Germany", "capital", "Berlin"},
           {"France", "borders", "Germany"},
           {"Singapore", "capital", "Singapore (city)"},
           {"Guinea-Bissau", "part of", "Bonaire, Saba"},
           {"France", "located in", "Washington D.C."}}};
}

void expect_triples(std::span<const LabelledReply> table) {
  const Vocabulary vocabulary(atlas());
  extract::expect_table(
      table, [&](std::string_view reply) { return extract_triple_or_none(reply, vocabulary); },
      [](const std::optional<Triple>& triple) { return triple ? to_string(*triple) : "none"; });
}

constexpr const char* kWrong = "(France, capital, Berlin)";

TEST(ExtractTriple, ReadsEachNotation) {
  constexpr LabelledReply kTable[] = {
      {"(France, capital, Berlin)", kWrong},
      {"(france, Capital, BERLIN)", kWrong},
      {"( \"France\" , \"capital\" , \"Berlin\" )", kWrong},
      {"(France; capital; Berlin)", kWrong},
      {"(France | capital | Berlin)", kWrong},
      {"<France, capital, Berlin>", kWrong},
      {"[France, capital, Berlin]", kWrong},
      {"[\"France\", \"capital\", \"Berlin\"]", kWrong},
      {"France -capital-> Berlin", kWrong},
      {"France --capital--> Berlin", kWrong},
      {"France -[capital]-> Berlin", kWrong},
      {"France \xE2\x86\x92 capital \xE2\x86\x92 Berlin", kWrong},
      {"France -> capital -> Berlin", kWrong},
      {"{\"head\": \"France\", \"relation\": \"capital\", \"tail\": \"Berlin\"}", kWrong},
      {"```json\n{\"subject\": \"France\", \"predicate\": \"capital\", \"object\": "
       "\"Berlin\"}\n```",
       kWrong},
      {"{\"answer\": [\"France\", \"capital\", \"Berlin\"]}", kWrong},
      {"| head | relation | tail |\n|---|---|---|\n| France | capital | Berlin |", kWrong},
      {"| France | capital | Berlin |", kWrong},
      {"1. (France, capital, Berlin)", kWrong},
      {"head: France\nrelation: capital\ntail: Berlin", kWrong},
      {"**Head:** France, **Relation:** capital, **Tail:** Berlin", kWrong},
      {"France, capital, Berlin", kWrong},
      {"France | capital | Berlin", kWrong},
      {"France - capital - Berlin", kWrong},
      {"head=France, relation=capital, tail=Berlin", kWrong},
      {"<answer>(France, capital, Berlin)</answer>", kWrong},
      {"The wrong fact is (France, capital, Berlin).", kWrong},
      {"Answer: (France, capital, Berlin)", kWrong},
      {"Answer: France -capital-> Berlin because it is Germany's.", kWrong},
      {"I looked at all arrows. (France, capital, Berlin) is incorrect.", kWrong},
      {"<think>(Germany, capital, Berlin)?</think>(France, capital, Berlin)", kWrong},
      {"\\boxed{(France, capital, Berlin)}", kWrong},
      {"(France, capital, Lyon)", "(France, capital, Lyon)"},
  };
  expect_triples(kTable);
}

TEST(ExtractTriple, CutsNamesWithCommasBracketsAndHyphens) {
  constexpr LabelledReply kTable[] = {
      {"(Singapore, capital, Singapore (city))", "(Singapore, capital, Singapore (city))"},
      {"(Guinea-Bissau, part of, Bonaire, Saba)", "(Guinea-Bissau, part of, Bonaire, Saba)"},
      {"Guinea-Bissau, part of, Bonaire, Saba", "(Guinea-Bissau, part of, Bonaire, Saba)"},
      {"Guinea-Bissau -part of-> Bonaire, Saba", "(Guinea-Bissau, part of, Bonaire, Saba)"},
      {"Singapore --capital--> Singapore (city).", "(Singapore, capital, Singapore (city))"},
      {"(France, located in, Washington D.C.)", "(France, located in, Washington D.C.)"},
      {"The wrong fact is (France, located in, Washington D.C.). It is in Europe.",
       "(France, located in, Washington D.C.)"},
  };
  expect_triples(kTable);
}

TEST(ExtractTriple, ReadsNone) {
  constexpr LabelledReply kTable[] = {
      {"none", "none"},
      {"None.", "none"},
      {"**none**", "none"},
      {"No", "none"},
      {"No error", "none"},
      {"Nothing.", "none"},
      {"None - all facts are correct.", "none"},
      {"none, every fact is true", "none"},
      {"There isn't any error.", "none"},
      {"I find no error.", "none"},
      {"I can't see any error.", "none"},
      {"I can\xE2\x80\x99t see any error in the picture.", "none"},
      {"I cannot see any wrong fact", "none"},
      {"I can not see an error.", "none"},
      {"I can't see anything wrong.", "none"},
      {"I don't see anything wrong in the graph.", "none"},
      {"I am unable to find any error.", "none"},
      {"I'm not able to see any wrong triple.", "none"},
      {"I could not find any wrong fact.", "none"},
      {"The knowledge graph does not contain any errors.", "none"},
      {"There is no error.", "none"},
      {"There is no wrong fact in the graph.", "none"},
      {"There are no errors in this knowledge graph.", "none"},
      {"All facts are correct.", "none"},
      {"All of the facts shown in the picture are correct.", "none"},
      {"Every triple is true.", "none"},
      {"Everything seems to be correct.", "none"},
      {"Nothing is wrong.", "none"},
      {"None of the triples is wrong.", "none"},
      {"The graph contains no errors.", "none"},
      {"No, there is no wrong triple.", "none"},
      {"I think that all the facts are true.", "none"},
      {"<answer>none</answer>", "none"},
      {"\\boxed{\\text{none}}", "none"},
      {"Answer: none", "none"},
      {"The answer is none.", "none"},
      {"I checked each arrow. There is no error.", "none"},
  };
  expect_triples(kTable);
}

TEST(ExtractTriple, PassesOverWhatIsCheckedOrStruckOut) {
  constexpr LabelledReply kTable[] = {
      {"~~(France, capital, Berlin)~~", kUnread},
      {"~~(France, borders, Germany)~~ (France, capital, Berlin)", kWrong},
      {"(France, capital, Berlin) \xE2\x9C\x93", kUnread},
      {"(France, capital, Berlin) \xE2\x9C\x85", kUnread},
      {"France -capital-> Berlin \xE2\x9C\x85", kUnread},
      {"France, capital, Berlin \xE2\x9C\x93", kUnread},
      {"(France, borders, Germany) \xE2\x9C\x93\n(France, capital, Berlin) \xE2\x9D\x8C", kWrong},
      {R"({"correct": ["France", "capital", "Berlin"]})", kUnread},
      {R"({"checked": [["France", "capital", "Berlin"]], "wrong": null})", "none"},
      {R"({"right": ["France", "borders", "Germany"], "wrong": ["France", "capital", "Berlin"]})",
       kWrong},
      {R"({"wrong": null})", "none"},
      {R"({"wrong": "none"})", "none"},
      {"No error: (France, capital, Berlin)", "none"},
      {"No error: (France, capital, Berlin) is correct.", "none"},
      {"No error: (France, capital, Berlin) is wrong.", kUnclear},
      {"No error: (France, borders, Germany). (France, capital, Berlin) is wrong.", kUnclear},
      {"I see no error in (France, capital, Berlin).", kUnclear},
      {"Answer: (France, capital, Berlin) is not wrong.", kUnclear},
  };
  expect_triples(kTable);
}

TEST(ExtractTriple, FlagsOrLeavesTheRest) {
  constexpr LabelledReply kTable[] = {
      {"(France, capital, Berlin) and (France, borders, Germany)", kUnclear},
      {"<answer>(France, capital, Berlin); (France, borders, Germany)</answer>", kUnclear},
      {"The wrong fact is (France, capital, Berlin), it should be (Germany, capital, Berlin).",
       kUnclear},
      {"I checked (France, borders, Germany) and it is fine.", kUnclear},
      {"(France, capital, Berlin) is not wrong.", kUnclear},
      {"There is no error. (France, capital, Berlin) is wrong.", kUnclear},
      {"<answer>none</answer><answer>(France, capital, Berlin)</answer>", kUnclear},
      {"<answer>(red, green, blue)</answer><answer>none</answer>", kUnclear},
      {"None of the facts are correct.", kUnread},
      {"I can't see anything right.", kUnread},
      {"I did find an error.", kUnread},
      {"I could see a mistake.", kUnread},
      {"I can't see any fact.", kUnread},
      {"I cannot see the image.", kUnread},
      {"Not all facts are correct.", kUnread},
      {"There is no error in France.", kUnread},
      {"All facts are correct except one.", kUnread},
      {"All facts are correct except (France, capital, Berlin), which is wrong.", kWrong},
      {"(red, green, blue)", kUnread},
      {"Is (France, capital, Berlin) wrong?", kUnclear},
      {"If (France, capital, Berlin) were wrong, it would be odd.", kUnclear},
      {"I doubt that (France, capital, Berlin) is wrong.", kUnclear},
      {"No, there is a wrong one.", kUnread},
      {"All facts are false.", kUnread},
      {"no one", kUnread},
      {"nothing is correct", kUnread},
      {"(France, capital", kUnread},
      {"<think>(France, capital, Berlin)", kUnread},
      {"<think>none", kUnread},
      {"", kUnread},
      {"nonetheless", kUnread},
      {"One, two, three", kUnread},
  };
  expect_triples(kTable);
}

}  // namespace
}  // namespace stareval
