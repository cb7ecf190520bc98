#include "libstareval/run/prices.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "libstareval/base/file.h"
#include "libstareval/base/json.h"
#include "libstareval/data/locations.h"

namespace stareval {
namespace {

constexpr double kMostUsdPerMillion = 10'000;

// USD per million tokens, as micro-dollars.
std::int64_t read_rate(ObjectReader& in, std::string_view key) {
  const double usd = in.number(key);
  if (!(usd >= 0 && usd <= kMostUsdPerMillion)) {
    in.fail(key, "USD per million tokens, from 0 to 10000", fmt::format("{}", usd));
    return 0;
  }
  return std::llround(usd * 1e6);
}

std::vector<std::string> read_names(ObjectReader& in, std::string_view key) {
  std::vector<std::string> names;
  for (const json::value& value : in.array_or_empty(key)) {
    if (const json::string* name = value.if_string()) names.emplace_back(*name);
    else in.fail(key, "a list of names", describe_kind(value));
  }
  return names;
}

bool is_date(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  return text.size() == kShape.size() &&
         std::equal(text.begin(), text.end(), kShape.begin(), [](char c, char shape) {
           return shape == 'd' ? c >= '0' && c <= '9' : c == shape;
         });
}

Price read_price(ObjectReader in) {
  Price price;
  price.provider = in.string("provider");
  price.models = read_names(in, "models");
  if (price.models.empty()) in.fail("models", "at least one name", "none");
  price.endpoints = read_names(in, "endpoints");
  price.input = read_rate(in, "input");
  price.cached_input = in.has("cached_input") ? read_rate(in, "cached_input") : price.input;
  price.output = read_rate(in, "output");
  if (in.has("batch_discount")) price.batch_discount = in.number("batch_discount");
  if (in.has("up_to_input_tokens"))
    price.up_to_input_tokens = in.integer_in("up_to_input_tokens", 1, 1'000'000'000);
  price.pictures = read_picture_rule(in.child("pictures"));
  price.as_of = in.string("as_of");
  if (!is_date(price.as_of))
    in.fail("as_of", "a date such as 2026-11-05", "\"" + price.as_of + "\"");
  price.source = in.string("source");
  return price;
}

// The name without "-2024-08-06" or "-20250929" at its end; "" where none is there.
std::string without_date(const std::string& model) {
  constexpr std::size_t kDashed = 10;
  constexpr std::size_t kPlain = 8;
  const auto ends_in = [&](std::size_t digits, auto&& fits) {
    return model.size() > digits + 1 && model[model.size() - digits - 1] == '-' &&
           fits(std::string_view(model).substr(model.size() - digits));
  };
  if (ends_in(kDashed, is_date)) return model.substr(0, model.size() - kDashed - 1);
  const auto digits = [](std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return ends_in(kPlain, digits) ? model.substr(0, model.size() - kPlain - 1) : "";
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::int64_t cost_nanos(const Price& price, const Usage& usage) {
  const auto sane = [](std::int64_t tokens) {
    return std::clamp<std::int64_t>(tokens, 0, kMostTokens);
  };
  const std::int64_t input = sane(usage.input_tokens);
  const std::int64_t cached = std::min(sane(usage.cached_tokens), input);
  const std::int64_t picos = (input - cached) * price.input + cached * price.cached_input +
                             sane(usage.output_tokens) * price.output;
  return (picos + 999) / 1000;
}

Result<std::int64_t> parse_usd(const std::string& text) {
  constexpr std::size_t kDigits = 9;
  const auto bad = [&] {
    return make_error(ErrorCode::usage, "expected an amount in USD such as 5 or 2.50, found \"{}\"",
                      text);
  };
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string whole = text.substr(0, point);
  std::string fraction = point < text.size() ? text.substr(point + 1) : "";
  const auto digits = [](const std::string& part) {
    return part.find_first_not_of("0123456789") == std::string::npos;
  };
  if (whole.empty() || whole.size() > 7 || fraction.size() > kDigits || !digits(whole) ||
      !digits(fraction) || (point < text.size() && fraction.empty()))
    return bad();
  fraction.resize(kDigits, '0');
  const std::int64_t nanos = std::stoll(whole) * kNanosOfUsd + std::stoll(fraction);
  if (nanos > 1'000'000 * kNanosOfUsd) return bad();
  return nanos;
}

std::string format_usd(std::int64_t nanos) {
  const double usd = static_cast<double>(nanos) / static_cast<double>(kNanosOfUsd);
  return usd != 0 && usd < 1 ? fmt::format("{:.4f}", usd) : fmt::format("{:.2f}", usd);
}

Result<PriceList> PriceList::parse(std::string_view text, const std::string& where) {
  STAREVAL_TRY(const json::object object, parse_json_object(text, where));
  ObjectReader in(object, where);
  if (const std::string schema = in.string("schema"); schema != kPricesSchema)
    in.fail("schema", fmt::format("\"{}\"", kPricesSchema), "\"" + schema + "\"");
  PriceList list;
  std::size_t index = 0;
  for (const json::value& value : in.array("prices"))
    list.prices_.push_back(read_price(in.element("prices", index++, value)));
  STAREVAL_CHECK(in.status());
  return list;
}

Result<PriceList> PriceList::read(const std::filesystem::path& own) {
  PriceList list;
  if (!own.empty()) {
    STAREVAL_TRY(const std::string text, read_file(own));
    STAREVAL_TRY(list, parse(text, own.string()));
  }
  STAREVAL_TRY(const std::filesystem::path share, shipped_data_folder());
  const std::filesystem::path path = share / "prices.json";
  STAREVAL_TRY(const std::string text, read_file(path));
  STAREVAL_TRY(PriceList shipped, parse(text, path.string()));
  std::move(shipped.prices_.begin(), shipped.prices_.end(), std::back_inserter(list.prices_));
  return list;
}

const Price* PriceList::find(const std::string& provider, const std::string& model,
                             const std::string& endpoint) const {
  const std::string undated = without_date(model);
  for (const std::string& name : {model, undated, std::string("*")})
    for (const Price& price : prices_)
      if (!name.empty() && price.provider == provider && holds(price.models, name) &&
          (price.endpoints.empty() || holds(price.endpoints, endpoint)))
        return &price;
  return nullptr;
}

}  // namespace stareval
