// Prices: costs by hand, look-ups, refusals, and the list that is shipped.
#include "libstareval/run/prices.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;

// An entry with these fields in the place of, or beside, those of a good one.
std::string entry(const std::string& fields) {
  return R"({"provider": "openai", "models": ["m"], "input": 2.5, "output": 10,
             "pictures": {"rule": "per_picture", "tile": 9}, "as_of": "2026-11-05",
             "source": "s")" +
         fields + "}";
}

std::string list(const std::string& entries) {
  return R"({"schema": "stareval.prices/1", "prices": [)" + entries + "]}";
}

TEST(Cost, is_exact_and_rounded_up_once) {
  Price price;
  price.input = 2'500'000;      // 2.50 USD per million: 2500 nano-dollars a token
  price.cached_input = 37'500;  // 37.5 nano-dollars a token
  price.output = 10'000'000;
  EXPECT_EQ(cost_nanos(price, {1000, 10, 0, 0}), 2'600'000);
  EXPECT_EQ(cost_nanos(price, {1000, 10, 999, 0}), 2500 + 37'463 + 100'000);  // 37462.5
  EXPECT_EQ(cost_nanos(price, {0, 0, 0, 0}), 0);
  EXPECT_EQ(cost_nanos(price, {5, 0, 7, 0}), 188) << "no more is cached than was read: 187.5";
}

TEST(Cost, of_counts_that_no_request_has_does_not_overflow) {
  Price price;
  price.input = price.cached_input = price.output = 10'000'000'000;  // the most a list may hold
  constexpr std::int64_t kHuge = INT64_MAX;
  EXPECT_EQ(cost_nanos(price, {kHuge, kHuge, 0, 0}), 2 * kMostTokens * 10'000'000);
  EXPECT_EQ(cost_nanos(price, {kHuge, 0, kHuge, 0}), kMostTokens * 10'000'000);
  EXPECT_EQ(cost_nanos(price, {-5, -kHuge, -1, 0}), 0);
}

TEST(Usd, is_read_and_printed) {
  EXPECT_EQ(parse_usd("5").value(), 5 * kNanosOfUsd);
  EXPECT_EQ(parse_usd("2.50").value(), 2'500'000'000);
  EXPECT_EQ(parse_usd("0.000000001").value(), 1);
  EXPECT_EQ(parse_usd("1000000").value(), 1'000'000 * kNanosOfUsd);
  for (const char* bad : {"", ".5", "5.", "-1", "1e3", "five", "1,5", "0.0000000001", "1000001",
                          "99999999", " 5", "5 USD"}) {
    EXPECT_EQ(error_text(parse_usd(bad)),
              fmt::format("expected an amount in USD such as 5 or 2.50, found \"{}\"", bad));
    EXPECT_EQ(error_code(parse_usd(bad)), ErrorCode::usage);
  }
  EXPECT_EQ(format_usd(0), "0.00");
  EXPECT_EQ(format_usd(12'345'678), "0.0123");
  EXPECT_EQ(format_usd(12'345'678'901), "12.35");
}

TEST(PriceList, finds_models_by_name_without_date_and_by_star) {
  const PriceList prices =
      PriceList::parse(list(R"({"provider": "openai", "models": ["*"], "input": 9, "output": 9,
                   "pictures": {"rule": "per_picture", "tile": 9}, "as_of": "2026-11-05",
                   "source": "s", "endpoints": ["https://mine/v1"]},)" +
                            entry(R"(, "models": ["gpt-4o", "claude-x"])") + "," +
                            entry(R"(, "models": ["gpt-4o-2024-05-13"], "input": 5)")),
                       "f")
          .value();
  const auto input = [&](const char* model, const char* endpoint = "https://e") -> std::int64_t {
    const Price* price = prices.find("openai", model, endpoint);
    return price == nullptr ? -1 : price->input;
  };
  EXPECT_EQ(input("gpt-4o"), 2'500'000);
  EXPECT_EQ(input("gpt-4o-2024-08-06"), 2'500'000);
  EXPECT_EQ(input("claude-x-20250929"), 2'500'000);
  EXPECT_EQ(input("gpt-4o-2024-05-13"), 5'000'000) << "the whole name comes first";
  EXPECT_EQ(input("gpt-4o-mini"), -1) << "a longer name is another model";
  EXPECT_EQ(input("gpt-4o-mini", "https://mine/v1"), 9'000'000);
  EXPECT_EQ(prices.find("gemini", "gpt-4o", ""), nullptr);
}

TEST(PriceList, takes_input_for_cached_input_where_that_is_not_stated) {
  EXPECT_EQ(PriceList::parse(list(entry("")), "f")->prices()[0].cached_input, 2'500'000);
  EXPECT_EQ(
      PriceList::parse(list(entry(R"(, "cached_input": 0.075)")), "f")->prices()[0].cached_input,
      75'000);
}

TEST(PriceList, refuses_what_is_not_a_list_of_prices) {
  const auto message = [](const std::string& text) {
    return error_text(PriceList::parse(text, "f"));
  };
  EXPECT_EQ(message(R"({"schema": "stareval.run/1", "prices": []})"),
            R"(f: field "schema": expected "stareval.prices/1", found "stareval.run/1")");
  EXPECT_EQ(message(list(entry(R"(, "input": -1)"))),
            R"(f: field "prices[0].input": expected USD per million tokens, from 0 to 10000, )"
            "found -1");
  EXPECT_EQ(message(list(entry("") + "," + entry(R"(, "output": null)"))),
            R"(f: field "prices[1].output": expected a number, found null)");
  EXPECT_EQ(message(list(entry(R"(, "models": [])"))),
            R"(f: field "prices[0].models": expected at least one name, found none)");
  EXPECT_EQ(message(list(entry(R"(, "as_of": "May 2026")"))),
            R"(f: field "prices[0].as_of": expected a date such as 2026-11-05, found "May 2026")");
  EXPECT_NE(message("no JSON").find("f:"), std::string::npos);
}

TEST(PriceList, puts_the_list_of_the_user_before_the_shipped_one) {
  const testing::TempFolder folder;
  testing::write_bytes(folder / "mine.json",
                       list(entry(R"(, "models": ["gpt-4o", "llama"], "input": 0.01)")));
  const PriceList prices = PriceList::read(folder / "mine.json").value();
  EXPECT_EQ(prices.find("openai", "gpt-4o", "https://api.openai.com/v1")->input, 10'000);
  EXPECT_EQ(prices.find("openai", "llama", "http://127.0.0.1:8000/v1")->input, 10'000);
  EXPECT_EQ(error_code(PriceList::read(folder / "none.json")), ErrorCode::io);
}

TEST(ShippedPrices, have_a_source_each_and_hold_at_the_vendors_own_endpoint_only) {
  const PriceList prices = PriceList::read("").value();
  EXPECT_GT(prices.prices().size(), 20u);
  for (const Price& price : prices.prices()) {
    EXPECT_GT(price.source.size(), 10u);
    const bool free = price.input == 0;
    EXPECT_EQ(price.endpoints.empty(), free) << price.models.front();
    EXPECT_EQ(free, price.models.front() == "*");
    EXPECT_LE(price.cached_input, price.input);
    EXPECT_GE(price.output, price.input);
  }
  EXPECT_EQ(prices.find("openai", "gpt-4o-2024-08-06", "https://api.openai.com/v1")->input,
            2'500'000);
  EXPECT_EQ(prices.find("openai", "gpt-4o", "http://127.0.0.1:8000/v1"), nullptr)
      << "a local server of that name is not OpenAI";
  EXPECT_EQ(prices.find("openai", "no-such-model", "https://api.openai.com/v1"), nullptr);
  EXPECT_EQ(prices.find("baseline", "majority", "")->output, 0);
}

}  // namespace
}  // namespace stareval
