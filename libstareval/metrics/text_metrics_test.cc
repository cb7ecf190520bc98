// ROUGE-L, chrF and BLEU.
// By hand: the examples named so. Properties: ranges, equal texts, order of sentences.
// Published: figures of the documentation and tests of sacreBLEU and rouge-score.
// Reference: their scoring functions (tests/data/reference/text_metrics.json), on texts that are
// hard: empty, short, repeated words, numbers, CJK, emoji, signs, white space of Unicode.
#include <gtest/gtest.h>

#include <boost/json/value_to.hpp>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libstareval/base/random.h"
#include "libstareval/metrics/bleu.h"
#include "libstareval/metrics/chrf.h"
#include "libstareval/metrics/rouge_l.h"
#include "tests/support/reference.h"

namespace stareval {
namespace {

using Texts = std::vector<std::string_view>;

double number(const json::value& value) { return value.to_number<double>(); }

struct Pair {
  std::string_view text;
  Texts references;
};

Pair read_pair(const json::value& value) {
  Pair pair{value.at("text").as_string(), {}};
  for (const auto& reference : value.at("references").as_array())
    pair.references.push_back(reference.as_string());
  return pair;
}

TEST(TextReference, HasTheTokensOfSacrebleu) {
  const auto document = testing::read_reference("text_metrics");
  for (const auto& value : document.at("pairs").as_array())
    EXPECT_EQ(tokenize_13a(value.at("text").as_string()),
              json::value_to<std::vector<std::string>>(value.at("tokens_13a")))
        << value.at("text");
}

TEST(TextReference, HasTheSentenceScoresOfSacrebleu) {
  const auto document = testing::read_reference("text_metrics");
  for (const auto& value : document.at("pairs").as_array()) {
    const auto [text, references] = read_pair(value);
    const BleuCounts counts = count_bleu(text, references);
    EXPECT_NEAR(sentence_bleu(counts), number(value.at("bleu")), 1e-10) << text;
    EXPECT_NEAR(corpus_bleu(counts), number(value.at("bleu_all_orders")), 1e-10) << text;
    EXPECT_NEAR(chrf(count_chrf(text, references)), number(value.at("chrf")), 1e-10) << text;
  }
}

TEST(TextReference, HasTheRougeLOfGoogle) {
  const auto document = testing::read_reference("text_metrics");
  for (const auto& value : document.at("pairs").as_array()) {
    const auto [text, references] = read_pair(value);
    const RougeScore score = rouge_l(text, references.front());
    EXPECT_NEAR(score.precision, number(value.at("rouge_l").at(0)), 1e-14) << text;
    EXPECT_NEAR(score.recall, number(value.at("rouge_l").at(1)), 1e-14) << text;
    EXPECT_NEAR(score.f1, number(value.at("rouge_l").at(2)), 1e-14) << text;
  }
}

TEST(TextReference, HasTheCorpusScoresOfSacrebleu) {
  const auto document = testing::read_reference("text_metrics");
  const auto& pairs = document.at("pairs").as_array();
  for (const auto& corpus : document.at("corpora").as_array()) {
    BleuCounts bleu_first, bleu_all;
    ChrfCounts chrf_first, chrf_all;
    for (auto i = corpus.at("begin").to_number<std::size_t>();
         i < corpus.at("end").to_number<std::size_t>(); ++i) {
      const auto [text, references] = read_pair(pairs[i]);
      const Texts first{references.front()};
      bleu_first += count_bleu(text, first);
      bleu_all += count_bleu(text, references);
      chrf_first += count_chrf(text, first);
      chrf_all += count_chrf(text, references);
    }
    EXPECT_NEAR(corpus_bleu(bleu_first), number(corpus.at("bleu")), 1e-10);
    EXPECT_NEAR(corpus_bleu(bleu_all), number(corpus.at("bleu_all_references")), 1e-10);
    EXPECT_NEAR(chrf(chrf_first), number(corpus.at("chrf")), 1e-10);
    EXPECT_NEAR(chrf(chrf_all), number(corpus.at("chrf_all_references")), 1e-10);
  }
}

// Figures that sacreBLEU and rouge-score publish in their own documentation and tests.
TEST(TextPublished, HasTheCorpusBleuOfSacrebleusReadme) {
  const std::vector<std::pair<std::string_view, Texts>> corpus{
      {"The dog bit the man.", {"The dog bit the man.", "The dog had bit the man."}},
      {"It wasn't surprising.", {"It was not unexpected.", "No one was surprised."}},
      {"The man had just bitten him.", {"The man bit him first.", "The man had bitten the dog."}}};
  BleuCounts counts;
  for (const auto& [text, references] : corpus) counts += count_bleu(text, references);
  EXPECT_NEAR(corpus_bleu(counts), 48.530827, 1e-6);
}

TEST(TextPublished, HasTheSentenceScoresOfSacrebleusTests) {
  EXPECT_NEAR(
      sentence_bleu("Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;",
                    "producţia de zahăr brut se exprimă în zahăr alb;"),
      8.493, 1e-3);
  EXPECT_EQ(sentence_bleu("this is a cat", "okay thanks"), 0.0);
  EXPECT_NEAR(chrf("aa", "ab"), 25.0, 1e-10);
  EXPECT_NEAR(chrf("a b c", "abc"), 100.0, 1e-10);
}

TEST(TextPublished, HasTheRougeLOfRougeScoresTests) {
  EXPECT_DOUBLE_EQ(rouge_l("testing two", "testing one two").precision, 1.0);
  EXPECT_DOUBLE_EQ(rouge_l("testing two", "testing one two").recall, 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(rouge_l("testing two", "testing one two").f1, 0.8);
  EXPECT_EQ(rouge_l("/", "w1 w2 w3 w4 w5").f1, 0.0);
}

// "police kill the gunman" against "police killed the gunman": 3 of 4 words in order (Lin 2004).
TEST(RougeL, IsTheExampleByHand) {
  const RougeScore score = rouge_l("Police kill the gunman.", "police killed the gunman");
  EXPECT_DOUBLE_EQ(score.precision, 0.75);
  EXPECT_DOUBLE_EQ(score.recall, 0.75);
  EXPECT_DOUBLE_EQ(score.f1, 0.75);
  EXPECT_DOUBLE_EQ(rouge_l("the gunman kill police", "police killed the gunman").f1, 0.5);
}

// n = 1: 2 of 2 and 2 of 3; n = 2: 1 of 1 and 1 of 2; n = 3: the text has none.
TEST(Chrf, IsTheExampleByHand) {
  const double precision = 1.0;
  const double recall = (2.0 / 3.0 + 1.0 / 2.0) / 2.0;
  EXPECT_DOUBLE_EQ(chrf("a b", "abc"), 500.0 * precision * recall / (4.0 * precision + recall));
}

// Unigrams 3 of 3, bigrams 2 of 2, trigrams 1 of 1, brevity exp(1 - 4/3).
TEST(Bleu, IsTheExampleByHand) {
  EXPECT_NEAR(sentence_bleu("a b c", "a b c d"), 100.0 * std::exp(-1.0 / 3.0), 1e-10);
  const Texts reference{"a b c d"};
  EXPECT_EQ(corpus_bleu(count_bleu("a b c", reference)), 0.0);
}

// Of two references as close as one another the shorter counts: lengths 2 and 4 for a text of 3.
TEST(Bleu, TakesTheShorterOfTwoReferencesAsClose) {
  const Texts references{"one two three four", "one two"};
  EXPECT_EQ(count_bleu("one two three", references).reference_length, 2U);
}

TEST(TextMetrics, TakeNoReferenceForNoMatch) {
  EXPECT_EQ(sentence_bleu(count_bleu("a b", {})), 0.0);
  EXPECT_EQ(chrf(count_chrf("a b", {})), 0.0);
  EXPECT_EQ(sentence_bleu(BleuCounts{}), 0.0);
  EXPECT_EQ(chrf(ChrfCounts{}), 0.0);
}

TEST(TextMetrics, ReadBytesThatAreNotUtf8AsReplacements) {
  EXPECT_DOUBLE_EQ(chrf("a\xFF"
                        "b",
                        "a\uFFFDb"),
                   100.0);
  EXPECT_GT(chrf("\xE6\x9D", "\uFFFD\uFFFD"), 99.0);
  EXPECT_EQ(rouge_words("a\xFF"
                        "b"),
            (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(tokenize_13a("a \xFF."), (std::vector<std::string>{"a", "\xFF", "."}));
}

// What costs the square of its length elsewhere: marks to remove, entities, stops, one letter.
TEST(TextMetrics, TakeLongHostileTextsInTheirStride) {
  for (const char* part : {"<skipped>", "&amp;", "-\n", "...", "a", "\xF0\x9F", " x"}) {
    std::string text;
    while (text.size() < 100'000) text += part;
    const BleuCounts counts = count_bleu(text, Texts{"x a"});
    EXPECT_LE(counts.matches[0], 2U);
    EXPECT_LT(chrf(text, "x a"), 30.0);
    EXPECT_LE(rouge_l(text, "x a").recall, 0.5);
  }
}

std::string random_text(Random& random) {
  const std::vector<std::string> kParts{"Paris", " ", " ",  " ", "of", ".",
                                        ",",     "5", "東", "é", "-"};
  std::string text = "x";
  for (int i = random.between(0, 60); i > 0; --i) text += random.pick(kParts);
  return text;
}

TEST(TextProperties, ScoresStayInRangeAndEqualTextsAreAtTheTop) {
  Random random(8);
  for (int round = 0; round < 300; ++round) {
    const std::string a = random_text(random), b = random_text(random);
    for (const double score : {sentence_bleu(a, b), chrf(a, b), 100 * rouge_l(a, b).f1}) {
      EXPECT_GE(score, 0.0);
      EXPECT_LE(score, 100.0);
    }
    EXPECT_NEAR(sentence_bleu(a, a), 100.0, 1e-10) << a;
    EXPECT_NEAR(chrf(a, a), 100.0, 1e-10) << a;
    EXPECT_DOUBLE_EQ(rouge_l(a, a).f1, 1.0) << a;
    EXPECT_DOUBLE_EQ(rouge_l(a, b).precision, rouge_l(b, a).recall);
  }
}

TEST(TextProperties, AReferenceMoreNeverLowersAMatch) {
  Random random(9);
  for (int round = 0; round < 100; ++round) {
    const std::string text = random_text(random), a = random_text(random), b = random_text(random);
    const Texts one{a}, two{a, b};
    const BleuCounts few = count_bleu(text, one), more = count_bleu(text, two);
    for (std::size_t i = 0; i < kBleuOrder; ++i) EXPECT_GE(more.matches[i], few.matches[i]);
    EXPECT_GE(chrf(count_chrf(text, two)), chrf(count_chrf(text, one)));
  }
}

TEST(TextProperties, TheOrderOfSentencesChangesNoCorpusScore) {
  Random random(10);
  std::vector<std::pair<std::string, std::string>> corpus;
  corpus.reserve(40);
  for (int i = 0; i < 40; ++i) corpus.emplace_back(random_text(random), random_text(random));
  const auto score = [&] {
    BleuCounts bleu;
    ChrfCounts chars;
    for (const auto& [text, reference] : corpus) {
      const Texts references{reference};
      bleu += count_bleu(text, references);
      chars += count_chrf(text, references);
    }
    return std::pair(corpus_bleu(bleu), chrf(chars));
  };
  const auto before = score();
  random.shuffle(corpus);
  EXPECT_EQ(score(), before);
  EXPECT_GT(before.first, 0.0);
}

}  // namespace
}  // namespace stareval
