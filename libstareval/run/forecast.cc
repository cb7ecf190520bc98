#include "libstareval/run/forecast.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

namespace stareval {
namespace {

std::int64_t short_reply(Mode mode, int max_tokens) {
  const std::int64_t tokens = mode == Mode::cot ? kShortReplyCot : kShortReplyDirect;
  return std::min<std::int64_t>(tokens, max_tokens);
}

// Counts one task after the other, and the total of all.
class Forecaster {
  using Clusters = std::map<std::string_view, double>;  // samples by name

 public:
  Forecaster(const Plan& plan, const ForecastOptions& options) : plan_(plan), options_(options) {}

  ForecastRow row(const std::string& task) {
    ForecastRow row;
    row.task = task;
    if (rule() != nullptr) row.picture.emplace();
    if (options_.price != nullptr) row.cost.emplace();
    Clusters clusters;
    for (const PlanItem& item : plan_.items())
      if (item.sample->task == task) add(item, row, clusters);
    close(row, clusters);
    return row;
  }

  ForecastRow total(const std::vector<ForecastRow>& rows) const {
    ForecastRow total;
    if (rows.empty()) return total;
    if (rows.front().picture) total.picture.emplace();
    if (rows.front().cost) total.cost.emplace();
    for (const ForecastRow& row : rows) sum(row, total);
    close(total, clusters_);
    return total;
  }

 private:
  [[nodiscard]] const PictureRule* rule() const {
    return options_.price == nullptr ? nullptr : &options_.price->pictures;
  }

  void add(const PlanItem& item, ForecastRow& row, Clusters& clusters) {
    ++row.requests;
    if (item.repeat == 0) {
      ++row.samples;
      ++clusters[item.sample->cluster];
      ++clusters_[item.sample->cluster];
    }
    if (options_.journal != nullptr && options_.journal->state(plan_.key(item)).settled) return;
    ++row.to_send;
    const Request request = plan_.request(item);
    const RequestEstimate estimate = estimate_request(request, rule());
    const int most_output = request.decoding.max_tokens;
    const TokenRange output{short_reply(plan_.options().mode, most_output), most_output};
    row.pictures += estimate.pictures;
    row.text += estimate.text;
    row.output += output;
    if (row.picture) *row.picture += estimate.picture;
    if (options_.price == nullptr) return;
    const auto cost = [&](std::int64_t input, std::int64_t reply) {
      return cost_nanos(*options_.price, {input, reply, 0, 0});
    };
    row.cost->low_nanos += cost(estimate.text.low + estimate.picture.low, output.low);
    row.cost->high_nanos += cost(estimate.text.high + estimate.picture.high, output.high);
    row.most_nanos += cost(estimate.most_input, output.high);
  }

  void close(ForecastRow& row, const Clusters& clusters) const {
    std::vector<double> sizes;
    for (const auto& [name, size] : clusters) sizes.push_back(size);
    row.design_effect = design_effect(sizes, kClusterCorrelation);
    time(row);
    detect(row);
  }

  static void sum(const ForecastRow& row, ForecastRow& total) {
    total.samples += row.samples;
    total.requests += row.requests;
    total.to_send += row.to_send;
    total.pictures += row.pictures;
    total.text += row.text;
    total.output += row.output;
    if (total.picture) *total.picture += *row.picture;
    if (total.cost) {
      total.cost->low_nanos += row.cost->low_nanos;
      total.cost->high_nanos += row.cost->high_nanos;
    }
    total.most_nanos += row.most_nanos;
  }

  // How long so many requests take: what each limit asks for at the least.
  void time(ForecastRow& row) const {
    const TokenRange input =
        row.picture ? TokenRange{row.text.low + row.picture->low, row.text.high + row.picture->high}
                    : row.text;
    row.time.low = seconds(row, input.low + row.output.low, kFastestReplySeconds,
                           each(row.output.low, row) / kFastTokensPerSecond);
    row.time.high = seconds(row, input.high + row.output.high, kSlowestReplySeconds,
                            each(row.output.high, row) / kSlowTokensPerSecond);
  }

  static void detect(ForecastRow& row) {
    const double n = static_cast<double>(row.samples) / row.design_effect;
    row.detectable = detectable_difference(n);
    row.detectable_paired = detectable_paired_difference(n, kDiscordantShare);
  }

  static double each(std::int64_t tokens, const ForecastRow& row) {
    return row.to_send == 0 ? 0 : static_cast<double>(tokens) / static_cast<double>(row.to_send);
  }

  // `first` and `rest`: seconds of one request until its reply begins, and while it goes on.
  [[nodiscard]] double seconds(const ForecastRow& row, std::int64_t tokens, double first,
                               double rest) const {
    const auto requests = static_cast<double>(row.to_send);
    const double latency = row.to_send == 0 ? 0 : first + rest;
    double longest = std::ceil(requests / options_.concurrency) * latency;
    const auto by_limit = [&](double amount, const std::optional<double>& a_minute) {
      if (a_minute)
        longest = std::max(longest, amount / static_cast<double>(*a_minute) * 60 + latency);
    };
    if (row.to_send == 0) return 0;
    by_limit(requests - 1, options_.rpm);
    by_limit(static_cast<double>(tokens) * (requests - 1) / requests, options_.tpm);
    return longest;
  }

  const Plan& plan_;
  const ForecastOptions& options_;
  Clusters clusters_;  // of all tasks: one graph may be asked for several things
};

double usd(std::int64_t nanos) {
  return static_cast<double>(nanos) / static_cast<double>(kNanosOfUsd);
}

json::object range(const TokenRange& tokens) {
  return {{"low", tokens.low}, {"high", tokens.high}};
}

json::value or_null(const std::optional<double>& value) {
  if (!value) return nullptr;
  const auto whole = static_cast<std::int64_t>(*value);
  if (static_cast<double>(whole) == *value) return whole;  // 60, not 6E1
  return *value;
}

json::object row_to_json(const ForecastRow& row) {
  json::object object{{"samples", row.samples},
                      {"requests", row.requests},
                      {"to_send", row.to_send},
                      {"pictures", row.pictures},
                      {"text_tokens", range(row.text)},
                      {"picture_tokens", nullptr},
                      {"output_tokens", range(row.output)},
                      {"cost_usd", nullptr},
                      {"most_usd", nullptr},
                      {"seconds", json::object{{"low", row.time.low}, {"high", row.time.high}}},
                      {"design_effect", row.design_effect},
                      {"detectable_difference", or_null(row.detectable)},
                      {"detectable_paired_difference", or_null(row.detectable_paired)}};
  if (row.picture) object["picture_tokens"] = range(*row.picture);
  if (row.cost) {
    object["cost_usd"] =
        json::object{{"low", usd(row.cost->low_nanos)}, {"high", usd(row.cost->high_nanos)}};
    object["most_usd"] = usd(row.most_nanos);
  }
  return object;
}

json::value price_to_json(const Price* price) {
  if (price == nullptr) return nullptr;
  const auto rate = [](std::int64_t micros) { return static_cast<double>(micros) / 1e6; };
  return json::object{{"input", rate(price->input)},   {"cached_input", rate(price->cached_input)},
                      {"output", rate(price->output)}, {"unit", "USD per million tokens"},
                      {"as_of", price->as_of},         {"source", price->source}};
}

json::object assumptions() {
  return {{"reply_seconds", {kFastestReplySeconds, kSlowestReplySeconds}},
          {"tokens_per_second", {kFastTokensPerSecond, kSlowTokensPerSecond}},
          {"alpha", TestPlan{}.alpha},
          {"power", TestPlan{}.power},
          {"discordant_share", kDiscordantShare},
          {"cluster_correlation", kClusterCorrelation}};
}

}  // namespace

Forecast forecast(const Plan& plan, const ForecastOptions& options) {
  Forecast result;
  result.model = plan.options().model;
  result.mode = std::string(to_string(plan.options().mode));
  result.max_tokens = plan.options().decoding.max_tokens;
  result.options = options;
  Forecaster forecaster(plan, options);
  for (const std::string& task : plan.options().tasks) result.tasks.push_back(forecaster.row(task));
  result.total = forecaster.total(result.tasks);
  return result;
}

json::object to_json_object(const Forecast& forecast) {
  json::object tasks;
  for (const ForecastRow& row : forecast.tasks) tasks[row.task] = row_to_json(row);
  return {{"schema", kForecastSchema},
          {"model", forecast.model},
          {"mode", forecast.mode},
          {"max_tokens", forecast.max_tokens},
          {"price", price_to_json(forecast.options.price)},
          {"limits", json::object{{"concurrency", forecast.options.concurrency},
                                  {"rpm", or_null(forecast.options.rpm)},
                                  {"tpm", or_null(forecast.options.tpm)}}},
          {"assumptions", assumptions()},
          {"tasks", std::move(tasks)},
          {"total", row_to_json(forecast.total)}};
}

}  // namespace stareval
