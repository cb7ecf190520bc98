// Every row of the tables was labelled by hand.
// Options: A Paris, B Rome, C Berlin, D Madrid, E Bern.
#include "libstareval/extract/choice.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libstareval/extract/table_internal.h"

namespace stareval {
namespace {

using extract::kUnclear;
using extract::kUnread;
using extract::LabelledReply;

void expect_choices(std::span<const LabelledReply> table,
                    const std::vector<std::string>& options = {"Paris", "Rome", "Berlin", "Madrid",
                                                               "Bern"}) {
  extract::expect_table(
      table, [&](std::string_view reply) { return extract_choice(reply, options); },
      [](std::size_t index) { return std::string(1, static_cast<char>('A' + index)); });
}

TEST(ExtractChoice, ReadsLettersAndTexts) {
  constexpr LabelledReply kTable[] = {
      {"C", "C"},
      {"c", "C"},
      {"C.", "C"},
      {"(C)", "C"},
      {"[C]", "C"},
      {"(c)", "C"},
      {"C)", "C"},
      {"C:", "C"},
      {"**C**", "C"},
      {"**(C)**", "C"},
      {"A", "A"},
      {"A.", "A"},
      {"Option C", "C"},
      {"option (C).", "C"},
      {"C. Berlin", "C"},
      {"C) Berlin", "C"},
      {"C: Berlin", "C"},
      {"C - Berlin", "C"},
      {"(C) Berlin", "C"},
      {"C Berlin", "C"},
      {"A: Paris", "A"},
      {"Berlin", "C"},
      {"berlin.", "C"},
      {"\"Berlin\"", "C"},
      {"Berlin (C)", "C"},
      {"The answer is C", "C"},
      {"The answer is (C).", "C"},
      {"The answer is C because the arrow says so.", "C"},
      {"The answer is A because the arrow says so.", "A"},
      {"The correct answer is option C.", "C"},
      {"Answer: Berlin", "C"},
      {"The answer is Berlin, because it is the capital.", "C"},
      {"The answer is most likely Berlin (C).", "C"},
      {"The answer is **C**.", "C"},
      {"Final answer: C) Berlin", "C"},
      {"Rome is no capital here. The answer is: c", "C"},
      {"\\boxed{C}", "C"},
      {"\\boxed{\\text{C}}", "C"},
      {"\\boxed{C. Berlin}", "C"},
      {"<answer>C</answer>", "C"},
      {"<answer>Berlin</answer>", "C"},
      {"<answer>C. Berlin</answer>", "C"},
      {"<think>B, surely B</think><answer>C</answer>", "C"},
      {"I choose C.", "C"},
      {"C!", "C"},
      {"C\nIt is the capital.", "C"},
      {"D\nD", "D"},
      {"C is correct.", "C"},
      {"A is the right answer.", "A"},
      {"It must be (C), as the arrow says.", "C"},
      {"The picture shows that it is Berlin.", "C"},
      {"C. It is the capital of Germany.", "C"},
  };
  expect_choices(kTable);
}

// What is struck out, denied or replaced is never read.
TEST(ExtractChoice, DoesNotReadWhatIsTakenBack) {
  constexpr LabelledReply kTable[] = {
      {"~~C~~", kUnread},
      {"~~C~~ D", "D"},
      {"C (wrong)", kUnclear},
      {"\\boxed{C} is wrong", kUnclear},
      {"<answer>C</answer> (wrong)", kUnclear},
      {"C? No.", kUnread},
      {"Is it Berlin? No.", kUnclear},
      {"The answer is C? No", kUnclear},
      {"The answer is C \xE2\x9C\x97", kUnread},
      {"Option C is ruled out.", kUnclear},
      {"The answer is Berlin is not right.", kUnclear},
      {"It is not true that the answer is C.", kUnclear},
      {"It is false that the answer is Berlin.", kUnclear},
      {"The answer is not \\boxed{C}.", kUnclear},
      {"The answer isn't \\boxed{C}.", kUnclear},
      {"It is anything but Berlin.", kUnclear},
      {"It is something other than \\boxed{C}.", kUnclear},
      {"$\\neq$ \\boxed{C}", kUnclear},
      {"The answer is C, no, it's D.", kUnclear},
      {"I ruled out A and B, so the answer is C.", "C"},
      {"The answer is C, since the arrow is not at D.", "C"},
  };
  expect_choices(kTable);
}

// PITFALLS 1: no word end after the letter.
TEST(ExtractChoice, DoesNotReadLettersWithinWordsOrArticles) {
  constexpr LabelledReply kTable[] = {
      {"The answer is because of the arrow.", kUnread},
      {"The answer is clearly four.", kUnread},
      {"The answer is definitely the blue node.", kUnread},
      {"clearly four", kUnread},
      {"definitely the blue node", kUnread},
      {"because", kUnread},
      {"A graph shows several nodes.", kUnread},
      {"The answer is a country.", kUnread},
      {"The answer is A country.", kUnread},
      {"I think the node is blue.", kUnread},
      {"The answer is I think blue.", kUnread},
      {"Every Day counts", kUnread},
      {"D'accord", kUnread},
      {"C-3PO", kUnread},
      {"C++", kUnread},
      {"B flat", kUnread},
      {"The U.S.A. is there", kUnread},
      {"vitamin C is good", kUnread},
      {"F", kUnread},
      {"Z. Zebra", kUnread},
      {"", kUnread},
      {"Lisbon", kUnread},
      {"The answer is Lisbon.", kUnread},
      {"A: the blue node", kUnread},
      {"Parisian life", kUnread},
  };
  expect_choices(kTable);
}

TEST(ExtractChoice, FlagsWhatIsUnclear) {
  constexpr LabelledReply kTable[] = {
      {"C. Rome", kUnclear},
      {"Berlin (B)", kUnclear},
      {"(B) Berlin", kUnclear},
      {"A or B", kUnclear},
      {"A\nB\nC\nD", kUnclear},
      {"B. Rome is wrong", kUnclear},
      {"Answer: C, which is not correct", kUnclear},
      {"The answer can be A", kUnclear},
      {"A/B", kUnclear},
      {"A, B, C", kUnclear},
      {"Paris or Rome", kUnclear},
      {"Paris and Rome", kUnclear},
      {"The answer is A or B.", kUnclear},
      {"The answer is Paris or Rome.", kUnclear},
      {"The answer is C. The answer is D.", kUnclear},
      {"\\boxed{A} \\boxed{B}", kUnclear},
      {"\\boxed{Lisbon} \\boxed{B}", kUnclear},
      {"<answer>Lisbon</answer><answer>B</answer>", kUnclear},
      {"<answer>A</answer><answer>B</answer>", kUnclear},
      {"It is not (C).", kUnclear},
      {"Option C is wrong.", kUnclear},
      {"A. Paris B. Rome C. Berlin", kUnclear},
      {"A) First, I look. B) Then, I count.", kUnclear},
      {"The answer is C. Wait, it is D.", kUnclear},
      {"Either (A) or (B).", kUnclear},
  };
  expect_choices(kTable);
}

TEST(ExtractChoice, NeverReadsThinking) {
  constexpr LabelledReply kTable[] = {
      {"<think>The answer is C", kUnread},
      {"<think>(C)</think>", kUnread},
      {"The answer is B</think>C", "C"},
  };
  expect_choices(kTable);
}

TEST(ExtractChoice, TellsOverlappingNamesApart) {
  const std::vector<std::string> options{"Guinea", "Guinea-Bissau", "Ireland", "Niger", "Nigeria"};
  constexpr LabelledReply kTable[] = {
      {"Guinea-Bissau", "B"},
      {"The answer is Guinea-Bissau.", "B"},
      {"It is shown as Guinea-Bissau.", "B"},
      {"Guinea", "A"},
      {"The node is Northern Ireland", kUnread},
      {"The answer is Northern Ireland.", kUnread},
      {"The answer is Nigeria.", "E"},
      {"Equatorial Guinea", kUnread},
      {"The answer is Guinea Bissau.", kUnread},
  };
  expect_choices(kTable, options);
}

TEST(ExtractChoice, DoesNotTakeRelationsInProseForAChoice) {
  const std::vector<std::string> options{"borders", "located in", "capital"};
  constexpr LabelledReply kTable[] = {
      {"borders", "A"},
      {"The answer is borders.", "A"},
      {"The answer is \"located in\".", "B"},
      {"The hidden relation is located in.", "B"},
      {"The arrow is located in the middle of the picture.", kUnread},
      {"This borders on the impossible.", kUnread},
      {"**capital**", "C"},
      {"Located In", "B"},
      {"located_in", "B"},
  };
  expect_choices(kTable, options);
}

TEST(ExtractChoice, FlagsDuplicateTextsAndTextsThatAreLetters) {
  const std::vector<std::string> duplicates{"Paris", "Rome", "Paris"};
  constexpr LabelledReply kDuplicates[] = {{"Paris", kUnclear}, {"C", "C"}, {"C. Paris", "C"}};
  expect_choices(kDuplicates, duplicates);
  const std::vector<std::string> letters{"B", "A"};
  constexpr LabelledReply kLetters[] = {{"A", kUnclear}, {"B", kUnclear}};
  expect_choices(kLetters, letters);
}

TEST(ExtractChoice, HasNothingToReadWithoutOptions) {
  EXPECT_EQ(extract_choice("A", {}).status, ReadStatus::none);
}

}  // namespace
}  // namespace stareval
