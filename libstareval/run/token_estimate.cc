#include "libstareval/run/token_estimate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <variant>

#include "libstareval/data/picture_size.h"

namespace stareval {
namespace {

using Kind = PictureRule::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 5> kKinds{{
    {"openai_tiles", Kind::openai_tiles},
    {"openai_patches", Kind::openai_patches},
    {"anthropic_patches", Kind::anthropic_patches},
    {"gemini_tiles", Kind::gemini_tiles},
    {"per_picture", Kind::per_picture},
}};
constexpr PictureSize kLargest{16384, 16384};

struct Sides {
  double width;
  double height;

  [[nodiscard]] double longer() const { return std::max(width, height); }
  [[nodiscard]] double shorter() const { return std::min(width, height); }
  [[nodiscard]] Sides times(double scale) const { return {width * scale, height * scale}; }
};

// How many squares of that side cover the picture. What rounding adds to a side that is whole is
// not a square.
std::int64_t squares(Sides sides, double side) {
  const auto count = [side](double length) {
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(length / side - 1e-9)));
  };
  return count(sides.width) * count(sides.height);
}

// Rounded up: the bill may be rounded down, and the bound must hold.
std::int64_t scaled(std::int64_t tokens, double factor) {
  return static_cast<std::int64_t>(std::ceil(static_cast<double>(tokens) * factor - 1e-9));
}

TokenRange exactly(std::int64_t tokens) { return {tokens, tokens}; }

TokenRange openai_tiles(const PictureRule& rule, Sides sides) {
  sides = sides.times(std::min(1.0, 2048 / sides.longer()));
  sides = sides.times(std::min(1.0, 768 / sides.shorter()));
  return exactly(rule.base + rule.tile * squares(sides, 512));
}

// A picture with too many patches is scaled to an area of exactly so many, then a little further,
// until its width or height is a whole number of patches.
TokenRange openai_patches(const PictureRule& rule, Sides sides) {
  std::int64_t patches = squares(sides, 32);
  std::int64_t most = patches;
  if (patches > rule.patches) {
    const double area = 32.0 * 32.0 * static_cast<double>(rule.patches);
    const Sides fitted = sides.times(std::sqrt(area / (sides.width * sides.height)));
    const double across = fitted.width / 32;
    const double down = fitted.height / 32;
    const double shrink = std::min(std::floor(across) / across, std::floor(down) / down);
    patches = std::clamp<std::int64_t>(squares(fitted.times(shrink), 32), 1, rule.patches);
    most = rule.patches;  // some bills are of the whole limit
  }
  return {scaled(patches, rule.factor_low), scaled(most, rule.factor_high)};
}

TokenRange anthropic_patches(const PictureRule& rule, Sides sides) {
  sides = sides.times(std::min(1.0, static_cast<double>(rule.edge) / sides.longer()));
  const std::int64_t patches = squares(sides, 28);
  return exactly(std::min(patches, rule.patches));
}

TokenRange gemini_tiles(const PictureRule& rule, Sides sides) {
  if (sides.longer() <= 384) return exactly(rule.tile);
  const double side = std::clamp(std::floor(sides.shorter() / 1.5), 256.0, 768.0);
  return {rule.tile, rule.tile * squares(sides, side)};
}

class RequestReader {
 public:
  RequestReader(RequestEstimate& out, const PictureRule* rule) : out_(out), rule_(rule) {}

  void operator()(const TextPart& part) {
    out_.text += text_tokens(part.text);
    out_.most_input += static_cast<std::int64_t>(part.text.size());
  }

  void operator()(const ImagePart& part) {
    ++out_.pictures;
    if (rule_ == nullptr) return;
    const auto size = rule_->kind == Kind::per_picture ? Result<PictureSize>(kLargest)
                                                       : read_picture_size(part.path);
    const TokenRange tokens = picture_tokens(*rule_, size.has_value() ? *size : kLargest);
    out_.picture += tokens;
    out_.most_input += tokens.high;
  }

 private:
  RequestEstimate& out_;
  const PictureRule* rule_;
};

// The fields of a kind: those that it does not have are an error nowhere, those it has must be
// there.
void read_fields(ObjectReader& in, PictureRule& rule) {
  constexpr std::int64_t kMost = 10'000'000;
  const auto count = [&](std::string_view key) { return in.integer_in(key, 1, kMost); };
  if (rule.kind == Kind::openai_tiles) rule.base = count("base");
  if (rule.kind == Kind::openai_patches || rule.kind == Kind::anthropic_patches)
    rule.patches = count("patches");
  else rule.tile = count("tile");
  if (rule.kind == Kind::anthropic_patches) rule.edge = count("edge");
  if (rule.kind != Kind::openai_patches) return;
  rule.factor_high = in.number("factor");
  rule.factor_low = in.has("factor_low") ? in.number("factor_low") : rule.factor_high;
  if (!(rule.factor_low > 0 && rule.factor_low <= rule.factor_high && rule.factor_high <= 100))
    in.fail("factor", "a number above 0 and up to 100, no less than factor_low", "another");
}

}  // namespace

TokenRange& TokenRange::operator+=(const TokenRange& other) {
  low += other.low;
  high += other.high;
  return *this;
}

PictureRule read_picture_rule(ObjectReader in) {
  PictureRule rule;
  const std::string name = in.string("rule");
  const auto* hit = std::find_if(kKinds.begin(), kKinds.end(),
                                 [&](const auto& kind) { return kind.first == name; });
  if (hit == kKinds.end()) {
    in.fail("rule", "openai_tiles, openai_patches, anthropic_patches, gemini_tiles or per_picture",
            "\"" + name + "\"");
    return rule;
  }
  rule.kind = hit->second;
  read_fields(in, rule);
  return rule;
}

TokenRange picture_tokens(const PictureRule& rule, PictureSize size) {
  const Sides sides{static_cast<double>(size.width), static_cast<double>(size.height)};
  switch (rule.kind) {
    case Kind::openai_tiles: return openai_tiles(rule, sides);
    case Kind::openai_patches: return openai_patches(rule, sides);
    case Kind::anthropic_patches: return anthropic_patches(rule, sides);
    case Kind::gemini_tiles: return gemini_tiles(rule, sides);
    case Kind::per_picture: return exactly(rule.tile);
  }
  return {};
}

TokenRange text_tokens(std::string_view text) {
  std::int64_t ascii = 0;
  std::int64_t other = 0;  // characters, each by its first byte
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) ++ascii;
    else if (byte >= 0xc0) ++other;
  }
  // Hundredths of a token, so that the sum is rounded once.
  const std::int64_t low = ascii * 16 + other * 25;
  const std::int64_t high = ascii * 40 + other * 150;
  return {low / 100, (high + 99) / 100};
}

RequestEstimate estimate_request(const Request& request, const PictureRule* rule) {
  RequestEstimate out;
  out.text = kFraming;
  out.most_input = kMostFraming;
  RequestReader reader(out, rule);
  for (const Message& message : request.messages)
    for (const auto& part : message.parts) std::visit(reader, part);
  const auto& extra = request.decoding.extra;  // a schema is charged as input
  if (!extra.empty()) out.most_input += static_cast<std::int64_t>(to_json(extra).size());
  return out;
}

}  // namespace stareval
