// Worked out by hand: which triples each text states.
#include "libstareval/extract/claims.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace stareval {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

Graph atlas() {
  return {{{"France", true},
           {"Spain", true},
           {"Germany", true},
           {"Paris", false},
           {"Madrid", false},
           {"Berlin", false},
           {"Western Europe", false},
           {"Europe", false},
           {"St. Peter Port", false},
           {"Washington D.C.", false},
           {"Guinea", false},
           {"Guinea-Bissau", false},
           {"Singapore", false},
           {"Singapore (city)", false},
           {"French", false},
           {"Western European and Others Group", false}},
          {{"France", "borders", "Spain"},
           {"France", "capital", "Paris"},
           {"France", "located in", "Western Europe"},
           {"France", "official language", "French"},
           {"Western Europe", "part of", "Europe"},
           {"France", "UN group", "Western European and Others Group"}}};
}

std::vector<std::string> claims(std::string_view text, std::span<const Triple> gold = {},
                                std::string_view reference = {}) {
  std::vector<std::string> stated;
  for (const Triple& triple : ClaimReader(atlas(), gold, reference).extract(text).value)
    stated.push_back(to_string(triple));
  return stated;
}

TEST(ClaimReader, ReadsOrdersOfNamesAndLabel) {
  EXPECT_THAT(claims("France borders Spain."), ElementsAre("(France, borders, Spain)"));
  EXPECT_THAT(claims("The capital of France is Paris."), ElementsAre("(France, capital, Paris)"));
  EXPECT_THAT(claims("Paris is the capital of France."), ElementsAre("(France, capital, Paris)"));
  EXPECT_THAT(claims("France's capital is Paris"), ElementsAre("(France, capital, Paris)"));
  EXPECT_THAT(claims("France has Paris as its capital."), ElementsAre("(France, capital, Paris)"));
  EXPECT_THAT(claims("France is located in Western Europe."),
              ElementsAre("(France, located in, Western Europe)"));
  EXPECT_THAT(claims("Western Europe is part of Europe."),
              ElementsAre("(Western Europe, part of, Europe)"));
  EXPECT_THAT(claims("An official language of France is French."),
              ElementsAre("(France, official language, French)"));
  EXPECT_THAT(claims("France and Spain share a border."), ElementsAre("(France, borders, Spain)"));
  EXPECT_THAT(claims("The UN group of France is Western European and Others Group."),
              ElementsAre("(France, UN group, Western European and Others Group)"));
}

TEST(ClaimReader, ReadsListsAndSeveralClauses) {
  EXPECT_THAT(claims("France borders Spain and Germany."),
              ElementsAre("(France, borders, Germany)", "(France, borders, Spain)"));
  EXPECT_THAT(claims("France and Spain are located in Europe."),
              ElementsAre("(France, located in, Europe)", "(Spain, located in, Europe)"));
  EXPECT_THAT(claims("Paris is the capital of France and Berlin is the capital of Germany."),
              ElementsAre("(France, capital, Paris)", "(Germany, capital, Berlin)"));
  EXPECT_THAT(claims("France borders Spain and has the capital Paris."),
              ElementsAre("(France, borders, Spain)", "(France, capital, Paris)"));
  EXPECT_THAT(claims("France borders Spain, whose capital is Madrid."),
              ElementsAre("(France, borders, Spain)", "(Spain, capital, Madrid)"));
  EXPECT_THAT(claims("- **France** borders **Spain**\n- the capital of `Spain` is Madrid"),
              ElementsAre("(France, borders, Spain)", "(Spain, capital, Madrid)"));
}

// A list has the form of a triple, and states nothing.
TEST(ClaimReader, TakesNoListOfEntitiesForATriple) {
  EXPECT_THAT(claims("Entities: (France, Spain, Paris)"), IsEmpty());
  EXPECT_THAT(claims("France -> Spain -> Paris"), IsEmpty());
  EXPECT_THAT(claims("(France, Spain, Paris)\n(France, capital, Paris)"),
              ElementsAre("(France, capital, Paris)"));
  EXPECT_THAT(claims("(France, neighbours, Spain)"), ElementsAre("(France, neighbours, Spain)"));
}

TEST(ClaimReader, CountsWrongClaimsToo) {
  EXPECT_THAT(claims("The capital of France is Madrid."), ElementsAre("(France, capital, Madrid)"));
  EXPECT_THAT(claims("(France, capital, Lyon)"), ElementsAre("(France, capital, Lyon)"));
}

TEST(ClaimReader, StatesNothingWhereTheTextDoesNot) {
  EXPECT_THAT(claims("France does not border Spain."), IsEmpty());
  EXPECT_THAT(claims("Is Paris the capital of France?"), IsEmpty());
  EXPECT_THAT(claims("France. Paris. Capital."), IsEmpty());
  EXPECT_THAT(claims("The picture shows France, Spain and Paris."), IsEmpty());
  EXPECT_THAT(claims("(red, green, blue)"), IsEmpty());
  EXPECT_THAT(claims("<think>France borders Spain."), IsEmpty());
  EXPECT_THAT(claims(""), IsEmpty());
}

TEST(ClaimReader, ClaimsNothingThatIsDeniedOrDoubted) {
  for (const char* text :
       {"France hardly borders Spain.",
        "I doubt that France borders Spain.",
        "France might border Spain.",
        "France may border Spain.",
        "Perhaps France borders Spain.",
        "Maybe France borders Spain.",
        "If France borders Spain, fine.",
        "I wonder whether France borders Spain.",
        "Nothing says that France borders Spain.",
        "Unlike Germany, France borders Spain.",
        "France borders Spain? No.",
        "France borders either Spain or Germany.",
        "France borders Spain or Germany.",
        "France never borders Spain.",
        "It is false that France borders Spain.",
        "It is untrue that France borders Spain.",
        "~~France borders Spain.~~",
        "The picture does not show (France, borders, Spain).",
        "(France, borders, Spain) is missing.",
        "(France, borders, Spain) is false.",
        "(France, borders, Spain) \xE2\x9C\x97",
        "France -borders-> Spain \xE2\x9D\x8C",
        "It is not true that France -borders-> Spain.",
        "Not shown:\n- France borders Spain\n- (France, capital, Paris)",
        "Not shown: (France, borders, Spain)",
        "**False facts:**\n\n- France borders Spain",
        "None of these holds:\nFrance borders Spain. The capital of France is Paris.",
        "The picture does not show:\n(France, borders, Spain)\n(France, capital, Paris)",
        R"({"not_shown": [["France", "borders", "Spain"]]})",
        R"({"false": {"head": "France", "relation": "borders", "tail": "Spain"}})",
        R"({"missing": [["France", "borders", "Spain"]]})"})
    EXPECT_THAT(claims(text), IsEmpty()) << text;
}

TEST(ClaimReader, ClaimsAgainAfterADeniedList) {
  EXPECT_THAT(claims("Not shown:\n- France borders Spain\n\nThe capital of France is Paris."),
              ElementsAre("(France, capital, Paris)"));
  EXPECT_THAT(claims("Not shown:\n- France borders Spain\nShown:\n- (France, capital, Paris)"),
              ElementsAre("(France, capital, Paris)"));
  EXPECT_THAT(claims(R"({"facts": [["France", "capital", "Paris"]], "wrong":
              [["France", "borders", "Spain"]]})"),
              ElementsAre("(France, capital, Paris)"));
  EXPECT_THAT(claims("The picture shows:\n\n- France borders Spain.\n- Spain borders Germany."),
              ElementsAre("(France, borders, Spain)", "(Spain, borders, Germany)"));
}

TEST(ClaimReader, TakesTheLongestNamesAndWholeWords) {
  EXPECT_THAT(claims("Guinea-Bissau borders Spain."),
              ElementsAre("(Guinea-Bissau, borders, Spain)"));
  EXPECT_THAT(claims("Singapore has the capital Singapore (city)."),
              ElementsAre("(Singapore, capital, Singapore (city))"));
  EXPECT_THAT(claims("Parisian life borders Spain."), IsEmpty());
}

TEST(ClaimReader, KeepsNamesWithFullStopsWhole) {
  EXPECT_THAT(claims("The capital of France is St. Peter Port. France borders Spain."),
              ElementsAre("(France, borders, Spain)", "(France, capital, St. Peter Port)"));
  EXPECT_THAT(claims("The capital of France is Washington D.C. Spain borders Germany."),
              ElementsAre("(France, capital, Washington D.C.)", "(Spain, borders, Germany)"));
  EXPECT_THAT(claims("France has Washington D.C. as a capital."),
              ElementsAre("(France, capital, Washington D.C.)"));
}

TEST(ClaimReader, ReadsNotationsOnce) {
  EXPECT_THAT(
      claims("(France, borders, Spain), (Spain, borders, Germany)\nFrance -capital-> Paris"),
      UnorderedElementsAre("(France, borders, Spain)", "(Spain, borders, Germany)",
                           "(France, capital, Paris)"));
  EXPECT_THAT(claims("[[\"France\",\"borders\",\"Spain\"],[\"France\",\"capital\",\"Paris\"]]"),
              UnorderedElementsAre("(France, borders, Spain)", "(France, capital, Paris)"));
  EXPECT_THAT(claims("| head | relation | tail |\n|--|--|--|\n| France | borders | Spain |"),
              ElementsAre("(France, borders, Spain)"));
}

// The reference words relations without their labels; a reply in its words is understood.
TEST(ClaimReader, LearnsTheWordingOfTheReference) {
  const std::vector<Triple> gold{{"France", "UN group", "Western European and Others Group"},
                                 {"France", "borders", "Spain"},
                                 {"Spain", "borders", "France"}};
  const std::string reference =
      "France belongs to the Western European and Others Group of the United Nations. "
      "France and Spain are neighbours. Spain and France are neighbours.";
  EXPECT_THAT(claims(reference, gold, reference),
              UnorderedElementsAre("(France, UN group, Western European and Others Group)",
                                   "(France, borders, Spain)", "(Spain, borders, France)"));
  EXPECT_THAT(claims("Germany and Spain are neighbours.", gold, reference),
              ElementsAre("(Germany, borders, Spain)"));
  EXPECT_THAT(claims("Spain and France are friends.", gold, reference), IsEmpty());
}

TEST(ClaimReader, ReadsTheAnswerTagWhereThereIsOne) {
  EXPECT_THAT(claims("France borders Germany. <answer>France borders Spain.</answer>"),
              ElementsAre("(France, borders, Spain)"));
  const ClaimReader reader(atlas(), {}, {});
  const auto twice = reader.extract(
      "<answer>France borders Spain.</answer><answer>Spain borders France.</answer>");
  EXPECT_EQ(twice.status, ReadStatus::ambiguous);
  const auto unread =
      reader.extract("<answer>It is pretty.</answer><answer>Spain borders France.</answer>");
  EXPECT_EQ(unread.status, ReadStatus::ambiguous);
  EXPECT_EQ(reader.extract("<answer>France borders Spain.</answer>").rule, "answer_tag");
}

}  // namespace
}  // namespace stareval
