// Token counts of pictures and texts. The counts of pictures are the vendors' worked examples, or
// measured bills that were published; which, stands at each. The texts were counted by hand with
// the o200k_base vocabulary (gpt-tokenizer 3). Properties: low is never above high, high never
// above what the reservation holds, and larger pictures never take fewer tokens than a rule caps.
#include "libstareval/run/token_estimate.h"

#include <gtest/gtest.h>

#include "libstareval/base/random.h"
#include "tests/support/errors.h"
#include "tests/support/samples.h"

namespace stareval {
namespace {

using Kind = PictureRule::Kind;
using testing::error_text;

PictureRule tiles(std::int64_t base, std::int64_t tile) {
  return {Kind::openai_tiles, base, tile, 0, 0, 1, 1};
}
PictureRule patches(double low, double high, std::int64_t most = 1536) {
  return {Kind::openai_patches, 0, 0, most, 0, low, high};
}
PictureRule claude(std::int64_t edge = 1568, std::int64_t most = 1568) {
  return {Kind::anthropic_patches, 0, 0, most, edge, 1, 1};
}
const PictureRule kGemini{Kind::gemini_tiles, 0, 258, 0, 0, 1, 1};

std::int64_t count(const PictureRule& rule, int width, int height) {
  return picture_tokens(rule, {width, height}).high;
}

// The examples of OpenAI's guide: 4 tiles of 768 x 768, 6 tiles of 768 x 1536.
TEST(PictureTokens, openai_tiles) {
  EXPECT_EQ(count(tiles(85, 170), 1024, 1024), 765);
  EXPECT_EQ(count(tiles(85, 170), 2048, 4096), 1105);
  // Measured bills: 128 x 64 takes one tile and is not scaled up (267 less 12 of text; 8512 less
  // 12); 2049 x 513 takes 8 tiles (1453 less 8).
  EXPECT_EQ(count(tiles(85, 170), 128, 64), 255);
  EXPECT_EQ(count(tiles(2833, 5667), 128, 64), 8500);
  EXPECT_EQ(count(tiles(85, 170), 2049, 513), 1445);
}

// The examples of OpenAI's guide: 32 x 32 patches; 1800 x 2400 is scaled to 33 x 44 = 1452.
TEST(PictureTokens, openai_patches) {
  EXPECT_EQ(count(patches(1, 1), 1024, 1024), 1024);
  EXPECT_EQ(picture_tokens(patches(1, 1), {1800, 2400}).low, 1452);
  EXPECT_EQ(picture_tokens(patches(1, 1), {1800, 2400}).high, 1536);
  // Measured bills of gpt-5-mini, at 1.2 tokens a patch.
  EXPECT_EQ(picture_tokens(patches(1.2, 1.62), {256, 256}).low, 77);
  EXPECT_EQ(picture_tokens(patches(1.2, 1.62), {768, 1024}).low, 922);
  EXPECT_EQ(picture_tokens(patches(1.2, 1.62), {2048, 768}).low, 1844);
  // Of gpt-4.1-mini: 4000 x 1474 was billed as the whole limit, 1536 x 1.62.
  EXPECT_EQ(count(patches(1.62, 1.62), 4000, 1474), 2489);
}

// Measured for Claude 4.5, less 65 of text: 165, 1434, 1625 (1920 x 1080, 1560 after scaling).
TEST(PictureTokens, anthropic_patches) {
  EXPECT_EQ(count(claude(), 256, 256), 100);
  EXPECT_EQ(count(claude(), 1024, 1024), 1369);
  EXPECT_GE(count(claude(), 1920, 1080), 1560);
  EXPECT_LE(count(claude(), 1920, 1080), 1568);
  EXPECT_GE(count(claude(2576, 4784), 1920, 1080), 2691);  // Claude 5.5, less 77 of text
  EXPECT_EQ(count(claude(2576, 4784), 3840, 2160), 4784);
}

// Google's guide: 258 up to 384 x 384; 960 x 540 has squares of 360, of which 6.
TEST(PictureTokens, gemini_tiles) {
  EXPECT_EQ(count(kGemini, 384, 384), 258);
  EXPECT_EQ(count(kGemini, 960, 540), 6 * 258);
  EXPECT_EQ(picture_tokens(kGemini, {960, 540}).low, 258);
}

TEST(PictureTokens, of_a_flat_rule_are_the_same_for_all) {
  const PictureRule flat{Kind::per_picture, 0, 1120, 0, 0, 1, 1};
  EXPECT_EQ(picture_tokens(flat, {1, 1}), (TokenRange{1120, 1120}));
  EXPECT_EQ(picture_tokens(flat, {9000, 10}), (TokenRange{1120, 1120}));
}

// Of any picture; 9000 x 9000 is the largest below, in squares of 768 for Gemini.
std::int64_t largest_of(const PictureRule& rule) {
  switch (rule.kind) {
    case Kind::openai_tiles: return rule.base + rule.tile * 8;
    case Kind::gemini_tiles: return rule.tile * 9000 * 9000 / 256;
    default: return static_cast<std::int64_t>(static_cast<double>(rule.patches) * 2.46) + 1;
  }
}

TEST(PictureTokens, low_is_never_above_high_nor_high_above_the_largest_picture) {
  Random random(11);
  for (const PictureRule& rule :
       {tiles(85, 170), patches(1.2, 2.46), patches(1, 1.62, 10000), claude(), kGemini})
    for (int i = 0; i < 2000; ++i) {
      const TokenRange range =
          picture_tokens(rule, {random.between(1, 9000), random.between(1, 9000)});
      EXPECT_GT(range.low, 0);
      EXPECT_LE(range.low, range.high);
      EXPECT_LE(range.high, largest_of(rule));
    }
}

// 13, 8, 9, 9 and 19 tokens of o200k_base.
TEST(TextTokens, hold_what_a_tokenizer_counts) {
  const auto holds = [](std::string_view text, std::int64_t tokens) {
    const TokenRange range = text_tokens(text);
    EXPECT_LE(range.low, tokens) << text;
    EXPECT_GE(range.high, tokens) << text;
    EXPECT_LE(range.high, static_cast<std::int64_t>(text.size()) + 1) << text;
  };
  holds("How many different entities appear in the knowledge graph in the picture?", 13);
  holds("कितनी अलग-अलग इकाइयाँ", 8);
  holds("Wie viele verschiedene Entitäten sind zu sehen?", 9);
  holds("图中有多少个不同的实体？", 9);
  holds("図の知識グラフには異なる実体がいくつありますか。", 19);
  EXPECT_EQ(text_tokens(""), (TokenRange{0, 0}));
}

TEST(RequestEstimate, adds_text_pictures_and_framing) {
  const testing::TempFolder folder;
  testing::write_bytes(folder / "a.png", testing::make_png(1024, 1024));
  Request request;
  request.messages = {{"system", {TextPart{std::string(100, 'a')}}},
                      {"user", {ImagePart{folder / "a.png", ""}, TextPart{std::string(50, 'b')}}}};
  const PictureRule rule = tiles(85, 170);
  const RequestEstimate estimate = estimate_request(request, &rule);
  EXPECT_EQ(estimate.pictures, 1u);
  EXPECT_EQ(estimate.text, (TokenRange{24 + kFraming.low, 60 + kFraming.high}));
  EXPECT_EQ(estimate.picture, (TokenRange{765, 765}));
  EXPECT_EQ(estimate.most_input, 150 + 765 + kMostFraming);

  const RequestEstimate unknown = estimate_request(request, nullptr);
  EXPECT_EQ(unknown.pictures, 1u);
  EXPECT_EQ(unknown.picture, (TokenRange{0, 0}));
}

// What cannot be read is not sent, or is sent by a backend that knows more: either way the bound
// holds.
TEST(RequestEstimate, takes_a_picture_that_cannot_be_read_for_the_largest) {
  Request request;
  request.messages = {{"user", {ImagePart{"/no/such/picture.png", ""}}}};
  const PictureRule rule = claude();
  EXPECT_EQ(estimate_request(request, &rule).picture.high, 1568);
}

std::string rule_error(const std::string& text) {
  const json::object object = parse_json_object(text, "f").value();
  ObjectReader in(object, "f");
  (void)read_picture_rule(in);
  return error_text(in.status());
}

TEST(PictureRules, are_read_by_kind) {
  EXPECT_EQ(rule_error(R"({"rule": "openai_tiles", "base": 85, "tile": 170})"), "(no error)");
  EXPECT_EQ(rule_error(R"({"rule": "anthropic_patches", "edge": 9, "patches": 9})"), "(no error)");
  EXPECT_EQ(rule_error(R"({"rule": "openai_tiles", "base": 85})"),
            R"(f: field "tile": expected an integer, found nothing)");
  EXPECT_EQ(rule_error(R"({"rule": "by_weight"})"),
            R"(f: field "rule": expected openai_tiles, openai_patches, anthropic_patches, )"
            R"(gemini_tiles or per_picture, found "by_weight")");
  EXPECT_EQ(rule_error(R"({"rule": "openai_patches", "patches": 9, "factor": 1, "factor_low": 2})"),
            R"(f: field "factor": expected a number above 0 and up to 100, no less than )"
            R"(factor_low, found another)");
}

}  // namespace
}  // namespace stareval
