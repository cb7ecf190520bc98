// Differential tests: a step that spares the long way never says "no" where the long way says
// "yes". Over the labelled replies, and over texts made at random of the pieces that matter.
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "libstareval/extract/number_scan_internal.h"
#include "libstareval/extract/refusal_internal.h"
#include "tests/support/labelled_replies.h"

namespace stareval::extract {
namespace {

constexpr int kTexts = 5000;

std::string random_text(std::mt19937& random, const std::vector<std::string>& pieces) {
  std::string text;
  for (auto left = random() % 9; left > 0; --left) text += pieces[random() % pieces.size()];
  return text;
}

std::vector<std::string> labelled_texts() {
  std::vector<std::string> texts;
  for (const char* kind : {"count", "yes_no", "choice", "triple"})
    for (const auto& row : testing::read_labelled_replies(kind)) texts.push_back(row.reply);
  return texts;
}

void expect_refusals_kept(const std::string& text) {
  EXPECT_TRUE(may_refuse(text) || !is_refusal_in_full(text)) << text;
}

TEST(Shortcuts, MissNoRefusal) {
  for (const std::string& text : labelled_texts()) expect_refusals_kept(text);
  const std::vector<std::string> pieces{"I",
                                        "i",
                                        "I'm",
                                        " ",
                                        "  ",
                                        "\n",
                                        "_",
                                        "*",
                                        "can",
                                        "can't",
                                        "CAN",
                                        "not",
                                        "n",
                                        "'t",
                                        "'",
                                        "\xE2\x80\x99",
                                        "\xE2\x80\x8B",
                                        "\xC2\xAD",
                                        "\xE2\x80\x94",
                                        "am ",
                                        "m ",
                                        "unable to ",
                                        "not able to ",
                                        "won't",
                                        "will ",
                                        "must decline",
                                        "afraid i can't",
                                        " help",
                                        " see",
                                        " the image",
                                        "sorry, ",
                                        "\xEF\xBC\xA9",
                                        "<b>",
                                        "~~",
                                        "hi",
                                        ".",
                                        ","};
  std::mt19937 random(1);
  int refusals = 0;
  for (int i = 0; i < kTexts; ++i) {
    const std::string text = random_text(random, pieces) + " help";
    refusals += is_refusal_in_full(text) ? 1 : 0;
    expect_refusals_kept(text);
  }
  EXPECT_GT(refusals, 20);
}

void expect_numbers_kept(const std::string& text) {
  EXPECT_TRUE(may_hold_number(text) || numbers(text, {0, text.size()}).empty()) << text;
}

TEST(Shortcuts, MissNoNumber) {
  for (const std::string& text : labelled_texts()) expect_numbers_kept(lower_copy(text));
  const std::vector<std::string> pieces{"seven", "twenty",   "-",   "'",   " ",       "7", "x",
                                        "_",     "\xC3\xA9", "ten", "one", "hundred", "*", ","};
  std::mt19937 random(3);
  for (int i = 0; i < kTexts; ++i) expect_numbers_kept(random_text(random, pieces));
}

}  // namespace
}  // namespace stareval::extract
