// How many tokens a request takes, before it is sent: from the text and from the size of the
// pictures, without a tokenizer and without the network.
// Text      estimated from characters. Measured with the o200k_base vocabulary on the questions,
//           choices and rationales of the shipped dataset: 3.7 characters a token over all, 2.6 to
//           5.8 in single texts, so that 2.5 to 6 hold them all. Text in other scripts
//           takes 0.25 to 1.5 tokens a character.
// Most      no tokenizer that falls back to bytes makes more tokens than there are bytes.
// Pictures  by the rule of the vendor (PictureRule).
// Thread  pure functions; estimate_request reads the headers of the picture files.
#pragma once

#include <cstdint>
#include <string_view>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "libstareval/data/picture_check.h"
#include "libstareval/model/request.h"

namespace stareval {

struct TokenRange {
  std::int64_t low = 0;
  std::int64_t high = 0;

  TokenRange& operator+=(const TokenRange& other);
  friend bool operator==(const TokenRange&, const TokenRange&) = default;
};

// How a vendor counts the tokens of a picture of width x height.
struct PictureRule {
  enum class Kind {
    // Scale down into 2048 x 2048, then until the short side is at most 768; each begun square of
    // 512 takes `tile`, the picture `base`.
    openai_tiles,
    // Squares of 32, scaled down to at most `patches` of them, times a factor. Both factors stand
    // here where the vendor's guide and its bills differ.
    openai_patches,
    // Squares of 28, scaled down until the long side is at most `edge` and the squares at most
    // `patches`.
    anthropic_patches,
    // `tile` for both sides up to 384. Else at least `tile`; at most one for each begun square, of
    // a side of two thirds of the short side within 256 to 768.
    gemini_tiles,
    // `tile` for any picture.
    per_picture,
  };
  Kind kind = Kind::per_picture;
  std::int64_t base = 0;
  std::int64_t tile = 0;
  std::int64_t patches = 0;
  std::int64_t edge = 0;
  double factor_low = 1;
  double factor_high = 1;
};

// {"rule": "openai_tiles", "base": 85, "tile": 170}: the fields that its kind has.
[[nodiscard]] PictureRule read_picture_rule(ObjectReader in);

[[nodiscard]] TokenRange picture_tokens(const PictureRule& rule, PictureSize size);

[[nodiscard]] TokenRange text_tokens(std::string_view text);

// Of the tokens that stand around a message and are not its text: roles, separators, begin of the
// reply. Measured: 3 to 11 (OpenAI), 65 to 77 together with a short prompt (Claude).
inline constexpr TokenRange kFraming{4, 32};
inline constexpr std::int64_t kMostFraming = 128;

struct RequestEstimate {
  std::size_t pictures = 0;
  TokenRange text;              // framing included
  TokenRange picture;           // 0 where no rule is given
  std::int64_t most_input = 0;  // of text and pictures: never more, where the rule holds
};

// `rule` may be null: the tokens of pictures are not known then.
// A picture whose size cannot be read counts as one of 16384 x 16384, which every rule scales down.
[[nodiscard]] RequestEstimate estimate_request(const Request& request, const PictureRule* rule);

}  // namespace stareval
