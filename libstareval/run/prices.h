// What tokens cost: a list read from JSON, and the cost of a request in whole nano-dollars.
//     {"schema": "stareval.prices/1", "prices": [{"provider": "openai", "models": ["gpt-4o"],
//      "endpoints": ["https://api.openai.com/v1"], "input": 2.5, "cached_input": 1.25, "output":
//      10, "batch_discount": 0.5, "up_to_input_tokens": 272000, "pictures": {"rule":
//      "openai_tiles", "base": 85, "tile": 170}, "as_of": "2026-11-05", "source": "..."}]}
// Units     USD per million tokens in the file; here micro-dollars per million tokens, which are
//           pico-dollars a token. Costs are nano-dollars, rounded up once a request.
// Unknown   a model that no entry names has no price. It is never 0.
// Thread    values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/model/reply.h"
#include "libstareval/run/token_estimate.h"

namespace stareval {

inline constexpr const char* kPricesSchema = "stareval.prices/1";
inline constexpr std::int64_t kNanosOfUsd = 1'000'000'000;

struct Price {
  std::string provider;                // name of the backend
  std::vector<std::string> models;     // "gpt-4o"; "*" for any
  std::vector<std::string> endpoints;  // that charge it; empty: any
  std::int64_t input = 0;              // micro-dollars per million tokens
  std::int64_t cached_input = 0;       // of tokens read from the provider's prompt cache
  std::int64_t output = 0;             // reasoning included
  double batch_discount = 0;           // of batch interfaces; nothing here sends batches
  // A request with more input has another price, which is not known here.
  std::optional<std::int64_t> up_to_input_tokens;
  PictureRule pictures;
  std::string as_of;   // "2026-11-05": when the price was read
  std::string source;  // where
};

// Of a request: servers state their usage in 64 bits, and the sums must not overflow.
inline constexpr std::int64_t kMostTokens = 100'000'000;

// Rounded up to a nano-dollar. Counts outside 0 to kMostTokens count as the nearest of the two.
[[nodiscard]] std::int64_t cost_nanos(const Price& price, const Usage& usage);

// "12.50" or "0.25" to nano-dollars; usage where it is not an amount from 0 to a million, or finer
// than a nano-dollar.
[[nodiscard]] Result<std::int64_t> parse_usd(const std::string& text);

// "0.0123": to four digits behind the point below a dollar, else two.
[[nodiscard]] std::string format_usd(std::int64_t nanos);

class PriceList {
 public:
  // bad_data with the entry and the field.
  [[nodiscard]] static Result<PriceList> parse(std::string_view text, const std::string& where);

  // The list that is shipped (share/prices.json), behind that of `own` where it is not empty: the
  // first entry that names a model counts.
  // Errors  io: a file cannot be read. bad_data.
  [[nodiscard]] static Result<PriceList> read(const std::filesystem::path& own);

  // The price of a model as the backend `provider` calls it, at an endpoint ("" for backends that
  // have none). An entry that names the model itself comes before one that names it without its
  // date ("gpt-4o" for "gpt-4o-2024-08-06", "claude-sonnet-4-5" for "claude-sonnet-4-5-20250929"),
  // and that before "*".
  [[nodiscard]] const Price* find(const std::string& provider, const std::string& model,
                                  const std::string& endpoint) const;

  [[nodiscard]] const std::vector<Price>& prices() const { return prices_; }

 private:
  std::vector<Price> prices_;
};

}  // namespace stareval
