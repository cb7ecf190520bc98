#include "apps/star_eval/dry_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include "apps/star_eval/command.h"
#include "apps/star_eval/text_table.h"
#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/run/scoring.h"

namespace stareval::app {
namespace {

using Row = TextRow;

// The first column to the left, all others to the right.
std::string align_numbers(const std::vector<Row>& rows) {
  std::vector<bool> to_right(rows.front().size(), true);
  to_right.front() = false;
  return align(rows, to_right);
}

// In three digits: "850", "12.3k", "205k", "4.56M".
std::string short_count(std::int64_t count) {
  if (count < 1000) return fmt::format("{}", count);
  auto value = static_cast<double>(count) / 1e3;
  std::string_view unit = "k";
  for (const std::string_view larger : {"M", "G", "T"}) {
    if (value < 999.5) break;
    value /= 1e3;
    unit = larger;
  }
  return fmt::format("{:.{}f}{}", value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0, unit);
}

std::string between(const std::string& low, const std::string& high) {
  return low == high ? low : low + " to " + high;
}

std::string tokens(const std::optional<TokenRange>& range) {
  if (!range) return "unknown";
  return between(short_count(range->low), short_count(range->high));
}

// Both ends to the cent where that shows the lower one; to the dollar where cents are noise.
std::string money(const std::optional<MoneyRange>& range) {
  if (!range) return "unknown";
  constexpr std::int64_t kCent = kNanosOfUsd / 100;
  if (range->low_nanos < kCent && range->low_nanos > 0)
    return between(format_usd(range->low_nanos), format_usd(range->high_nanos));
  const int digits = range->high_nanos < 1000 * kNanosOfUsd ? 2 : 0;
  const auto usd = [digits](std::int64_t nanos) {
    return fmt::format("{:.{}f}", static_cast<double>(nanos) / static_cast<double>(kNanosOfUsd),
                       digits);
  };
  return between(usd(range->low_nanos), usd(range->high_nanos));
}

std::string duration(double seconds) {
  if (seconds < 10) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<std::int64_t>(std::ceil(std::min(seconds, 1e9)));
  if (whole < 120) return fmt::format("{} s", whole);
  if (whole < 7200) return fmt::format("{} min", (whole + 59) / 60);
  return fmt::format("{:.1f} h", static_cast<double>(whole) / 3600);
}

std::string points(const std::optional<double>& difference) {
  return difference ? fmt::format("{:.1f}", *difference * 100) : "none";
}

Row counts_of(const ForecastRow& row, const std::string& name) {
  return {name,
          fmt::format("{}", row.samples),
          fmt::format("{}", row.to_send),
          fmt::format("{}", row.pictures),
          tokens(row.text),
          tokens(row.picture),
          tokens(row.output),
          money(row.cost)};
}

std::vector<std::pair<std::string, const ForecastRow*>> named_rows(const Forecast& forecast) {
  std::vector<std::pair<std::string, const ForecastRow*>> rows;
  for (const ForecastRow& row : forecast.tasks) rows.emplace_back(row.task, &row);
  if (rows.size() > 1) rows.emplace_back("all", &forecast.total);
  return rows;
}

std::string counts_table(const Forecast& forecast) {
  std::vector<Row> rows{{"task", "samples", "to send", "pictures", "text tokens", "picture tokens",
                         "reply tokens", "cost in USD"}};
  for (const auto& [name, row] : named_rows(forecast)) rows.push_back(counts_of(*row, name));
  return align_numbers(rows);
}

Row power_of(const ForecastRow& row, const std::string& name) {
  return {name, fmt::format("{}", row.samples), fmt::format("{:.2f}", row.design_effect),
          points(row.detectable), points(row.detectable_paired)};
}

// Tasks of as many samples in as many clusters find as much: one row for all of them.
std::string power_table(const Forecast& forecast) {
  std::vector<Row> rows{
      {"task", "samples", "design effect", "on other samples", "on the same samples"}};
  const auto like_the_first = [&](const ForecastRow& row) {
    return power_of(row, "") == power_of(forecast.tasks.front(), "");
  };
  if (forecast.tasks.size() > 1 &&
      std::all_of(forecast.tasks.begin(), forecast.tasks.end(), like_the_first)) {
    rows.push_back(power_of(forecast.tasks.front(), "each"));
    rows.push_back(power_of(forecast.total, "all"));
    return align_numbers(rows);
  }
  for (const auto& [name, row] : named_rows(forecast)) rows.push_back(power_of(*row, name));
  return align_numbers(rows);
}

std::string price_text(const Forecast& forecast) {
  const Price* price = forecast.options.price;
  if (price == nullptr)
    return fmt::format("no price known for {}; give --prices FILE (docs/cost.md)", forecast.model);
  if (price->input == 0 && price->output == 0) return "free: " + price->source;
  return fmt::format("{} for input, {} for output, USD per million tokens, as of {}\n         {}",
                     format_usd(price->input * 1000), format_usd(price->output * 1000),
                     price->as_of, price->source);
}

std::string time_text(const Forecast& forecast) {
  const ForecastOptions& options = forecast.options;
  std::string text =
      fmt::format("{}, with {} requests at once",
                  between(duration(forecast.total.time.low), duration(forecast.total.time.high)),
                  options.concurrency);
  if (options.rpm) fmt::format_to(std::back_inserter(text), ", {} a minute", *options.rpm);
  if (options.tpm) fmt::format_to(std::back_inserter(text), ", {} tokens a minute", *options.tpm);
  return text;
}

std::string budget_text(const DryRun& run) {
  if (!run.cap_nanos) return "";
  const std::int64_t left = std::max<std::int64_t>(0, *run.cap_nanos - run.spent_nanos);
  std::string text = fmt::format("budget   {} USD, of which {} are spent",
                                 format_usd(*run.cap_nanos), format_usd(run.spent_nanos));
  const ForecastRow& total = run.forecast.total;
  if (!total.cost) return text + "; it cannot be kept without a price\n";
  if (left >= total.most_nanos) text += "; it is enough for every reply that can come";
  else if (left >= total.cost->high_nanos) text += "; it is enough, as far as can be told";
  else if (left >= total.cost->low_nanos) text += "; it may end before the run does";
  else text += "; it ends before the run does";
  return text + "\n";
}

std::string notes(const Forecast& forecast) {
  const auto reply = [&](std::int64_t tokens, double first, double rate) {
    return fmt::format("{} tokens in {}", tokens,
                       duration(first + static_cast<double>(tokens) / rate));
  };
  const std::int64_t requests =
      std::max<std::int64_t>(1, static_cast<std::int64_t>(forecast.total.to_send));
  return fmt::format(
      "A low figure is for replies of {}, a high one for {}\n"
      "(--set max_tokens=N). Retries are not counted. Token counts are estimates: docs/cost.md.\n",
      reply(forecast.total.output.low / requests, kFastestReplySeconds, kFastTokensPerSecond),
      reply(forecast.max_tokens, kSlowestReplySeconds, kSlowTokensPerSecond));
}

std::string answered_text(const Forecast& forecast) {
  const ForecastRow& total = forecast.total;
  const std::size_t answered = total.requests - total.to_send;
  if (answered == 0) return "";
  return fmt::format(", which holds {} of {} replies", answered, total.requests);
}

std::string endpoint_of(const Backend& backend) {
  const json::object identity = backend.identity();
  const json::value* endpoint = identity.if_contains("endpoint");
  const json::string* text = endpoint == nullptr ? nullptr : endpoint->if_string();
  return text == nullptr ? std::string() : std::string(*text);
}

}  // namespace

void add_cost_options(OptionParser& parser) {
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  parser.add()("budget", text("USD"), "send nothing that could cost more than this in all");
  parser.add()("prices", text("FILE"), "of models that have no price here: docs/cost.md");
  parser.add()("dry-run", "say what the run would send, cost and show; send nothing");
}

Result<std::optional<Price>> find_price(const OptionParser& parser, const Evaluation& evaluation,
                                        const Backend& backend) {
  STAREVAL_TRY(const PriceList prices, PriceList::read(parser.text("prices")));
  const Price* price = prices.find(evaluation.backend, evaluation.plan.model, endpoint_of(backend));
  return price == nullptr ? std::nullopt : std::optional<Price>(*price);
}

Result<std::optional<BudgetOptions>> read_budget(const OptionParser& parser,
                                                 const Evaluation& evaluation,
                                                 const Backend& backend) {
  if (!parser.has("budget")) return std::optional<BudgetOptions>();
  const auto cap = parse_usd(parser.text("budget"));
  if (cap.has_error()) return make_error(ErrorCode::usage, "--budget: {}", cap.error().message);
  STAREVAL_TRY(const std::optional<Price> price, find_price(parser, evaluation, backend));
  if (!price)
    return make_error(
        ErrorCode::usage,
        "--budget: no price known for the model {} of the backend {}{}; give --prices "
        "FILE with one, or leave --budget out",
        evaluation.plan.model, evaluation.backend,
        endpoint_of(backend).empty() ? "" : " at " + endpoint_of(backend));
  return std::optional<BudgetOptions>(BudgetOptions{*cap, *price});
}

std::string dry_run_text(const DryRun& run) {
  const Forecast& forecast = run.forecast;
  return fmt::format(
      "dry run: nothing is sent, nothing is written\n\n"
      "dataset  {}, split {}, sha256:{}\n"
      "model    {} {}, {}, max_tokens {}\n"
      "price    {}\n"
      "folder   {}{}\n"
      "{}\n"
      "{}\n"
      "time     {}\n\n"
      "{}\n"
      "Smallest difference of two models, in percentage points of accuracy, that a test finds\n"
      "(5 % level, 80 % power):\n\n"
      "{}",
      run.dataset, run.split, short_digest(run.digest, 12), run.backend, forecast.model,
      forecast.mode, forecast.max_tokens, price_text(forecast), run.folder.string(),
      answered_text(forecast), budget_text(run), counts_table(forecast), time_text(forecast),
      notes(forecast), power_table(forecast));
}

json::object dry_run_json(const DryRun& run) {
  json::object object = to_json_object(run.forecast);
  object["dataset"] =
      json::object{{"name", run.dataset}, {"split", run.split}, {"digest", run.digest}};
  object["backend"] = run.backend;
  object["run_folder"] = run.folder.string();
  const auto usd = [](std::int64_t nanos) {
    return static_cast<double>(nanos) / static_cast<double>(kNanosOfUsd);
  };
  object["budget_usd"] = run.cap_nanos ? json::value(usd(*run.cap_nanos)) : json::value(nullptr);
  object["spent_usd"] =
      run.forecast.options.price ? json::value(usd(run.spent_nanos)) : json::value(nullptr);
  return object;
}

namespace {

Result<DryRun> make_dry_run(const OptionParser& parser, const Plan& plan, const Backend& backend,
                            const Evaluation& evaluation, const std::optional<Price>& price) {
  const Dataset& dataset = plan.dataset();
  DryRun run{{},
             dataset.name,
             dataset.split,
             dataset.digest,
             evaluation.backend,
             run_folder(plan, backend, evaluation),
             {},
             0};
  ForecastOptions options;
  options.concurrency = evaluation.runner.concurrency;
  options.rpm = evaluation.runner.requests_per_minute;
  options.tpm = evaluation.runner.tokens_per_minute;
  options.price = price ? &*price : nullptr;
  const std::filesystem::path replies = run.folder / "replies.jsonl";
  std::optional<Journal> journal;
  if (file_exists(replies)) {
    STAREVAL_TRY(journal, Journal::open_for_reading(replies));
    STAREVAL_CHECK(check_journal(plan, *journal));
    options.journal = &*journal;
  }
  if (price) {
    STAREVAL_TRY(run.spent_nanos, spent_in_journal(replies, plan, *price));
  }
  if (parser.has("budget")) {
    STAREVAL_TRY(run.cap_nanos, parse_usd(parser.text("budget")));
  }
  run.forecast = forecast(plan, options);
  run.forecast.options.journal = nullptr;  // closed here
  return run;
}

}  // namespace

Result<int> print_dry_run(const OptionParser& parser, const Registry& registry,
                          const Dataset& dataset, const Backend& backend,
                          const Evaluation& evaluation) {
  STAREVAL_TRY(const Plan plan, Plan::make(registry, dataset, evaluation.plan));
  STAREVAL_TRY(const std::optional<Price> price, find_price(parser, evaluation, backend));
  STAREVAL_TRY(const DryRun run, make_dry_run(parser, plan, backend, evaluation, price));
  if (parser.has("json")) fmt::print("{}", to_pretty_json(dry_run_json(run)));
  else fmt::print("{}", dry_run_text(run));
  return kSuccess;
}

}  // namespace stareval::app
