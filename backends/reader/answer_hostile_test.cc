// Properties, over messages and graphs made by a generator with a fixed seed: nothing crashes, and
// the same gives the same. And long messages, whose cost is held against that of shorter ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <random>
#include <string>

#include "backends/reader/answer_internal.h"
#include "libstareval/base/text.h"

namespace stareval::reader {
namespace {

const std::vector<std::string> kPieces{
    "How many ",  "which ",   "?????",      "entity ", "relations ", "\n",         "\n\n",
    "A. ",        "B. ",      "- ",         "wrong ",  "describe ",  "the graph ", "rank ",
    "Options: ",  "Answer ",  "(",          ")",       "\"",         "'s ",        "yes or no. ",
    "\xC3\x85re", "\xFF\xFE", "number of ", "hidden ", "between ",   ", ",         "the text "};

const std::vector<std::string> kNames{"",    "?????",   "77777",  "France", "France",
                                      "tea", "Francee", "\xFF",   "  ",     "no. 7",
                                      "yes", "a, b",    "(a, b)", "A",      "no. 8"};

std::string message(std::mt19937& random) {
  std::string text;
  for (auto i = random() % 20; i > 0; --i) text += kPieces[random() % kPieces.size()];
  return text;
}

ReadGraph graph(std::mt19937& random) {
  ReadGraph graph;
  const auto name = [&] { return kNames[random() % kNames.size()]; };
  const auto confidence = [&] { return static_cast<double>(random() % 11) / 10; };
  for (auto i = random() % 8; i > 0; --i)
    graph.nodes.push_back({{}, name(), confidence(), std::nullopt, 1.0});
  for (auto i = random() % 12; i > 0; --i) {
    const auto end = [&] { return static_cast<int>(random() % (graph.nodes.size() + 2)) - 1; };
    graph.edges.push_back({end(), end(), name(), confidence(), {}, {}, 1.0});
  }
  return graph;
}

TEST(Hostile, AnyMessageAndAnyGraphAreAnsweredOrNot) {
  std::mt19937 random(11);  // its numbers are those of the standard, on every platform
  int asked = 0;
  for (int i = 0; i < 5000; ++i) {
    const auto question = read_question(message(random));
    const ReadGraph read = graph(random);
    if (!question) continue;
    ++asked;
    for (const bool guess : {false, true}) {
      const std::string first = answer(*question, read, guess);
      EXPECT_FALSE(first.empty());
      EXPECT_EQ(answer(*question, read, guess), first);
    }
  }
  EXPECT_GT(asked, 500) << "the generator asks too little";
}

TEST(Hostile, EveryQuestionOfEveryGraph) {
  std::mt19937 random(12);
  for (int i = 0; i < 2000; ++i) {
    const ReadGraph read = graph(random);
    for (int asks = 0; asks <= static_cast<int>(Asks::hidden_relation); ++asks) {
      Question question{static_cast<Asks>(asks), {}};
      for (auto n = random() % 6; n > 0; --n) {
        const std::string& text = kNames[random() % kNames.size()];
        if (!trim(text).empty()) question.options.push_back({"", text});
      }
      question.as_ranking = random() % 2 == 0;
      for (const bool guess : {false, true})
        EXPECT_FALSE(answer(question, read, guess).empty()) << "asks " << asks;
    }
  }
}

// Of the processor, which does not count what else the machine does. Median of five.
double seconds_to_read(const std::string& text) {
  std::array<double, 5> taken{};
  for (double& seconds : taken) {
    const std::clock_t start = std::clock();
    EXPECT_TRUE(read_question(text));
    seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  }
  std::nth_element(taken.begin(), taken.begin() + 2, taken.end());
  return taken[2];
}

// Eight times the text, at most 40 times the time: a square would be 64.
TEST(Hostile, LongMessagesAreReadInLinearTime) {
  for (const char* piece :
       {"\n", "A.\n", "- x\n", "?", "??\n", "how many ", "(", "A. x\n\n\n", "'t"}) {
    const auto message = [&](int pieces) {
      std::string text = "How many nodes are there?\n";
      for (int i = 0; i < pieces; ++i) text += piece;
      return text;
    };
    const auto question = read_question(message(80000));
    ASSERT_TRUE(question) << piece;
    EXPECT_EQ(question->asks, Asks::entities) << piece;
    EXPECT_LT(seconds_to_read(message(80000)), 40 * seconds_to_read(message(10000))) << piece;
  }
}

}  // namespace
}  // namespace stareval::reader
