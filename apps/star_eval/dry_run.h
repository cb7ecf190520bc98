// star-eval run --dry-run: what a run would send, cost and show. Needs no key and no network, and
// writes nothing.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "apps/star_eval/options.h"
#include "libstareval/base/result.h"
#include "libstareval/model/backend.h"
#include "libstareval/run/evaluation.h"
#include "libstareval/run/forecast.h"
#include "libstareval/run/prices.h"

namespace stareval::app {

// --dry-run, --budget, --prices.
void add_cost_options(OptionParser& parser);

// The price of the model at the endpoint of the backend, from the shipped list and --prices.
// Nothing where no list names it; an error of --prices itself.
[[nodiscard]] Result<std::optional<Price>> find_price(const OptionParser& parser,
                                                      const Evaluation& evaluation,
                                                      const Backend& backend);

// --budget, or nothing. usage: not an amount, or a model without a price.
[[nodiscard]] Result<std::optional<BudgetOptions>> read_budget(const OptionParser& parser,
                                                               const Evaluation& evaluation,
                                                               const Backend& backend);

// What stands around the numbers of a forecast.
struct DryRun {
  Forecast forecast;
  std::string dataset;
  std::string split;
  std::string digest;
  std::string backend;
  std::filesystem::path folder;           // where the run would be kept
  std::optional<std::int64_t> cap_nanos;  // --budget
  std::int64_t spent_nanos = 0;           // by the attempts in the run folder, at today's price
};

// Tables for people, at most 100 columns wide.
[[nodiscard]] std::string dry_run_text(const DryRun& run);

// "stareval.forecast/1" with dataset, backend, run folder and budget.
[[nodiscard]] json::object dry_run_json(const DryRun& run);

// What --dry-run prints on stdout.
[[nodiscard]] Result<int> print_dry_run(const OptionParser& parser, const Registry& registry,
                                        const Dataset& dataset, const Backend& backend,
                                        const Evaluation& evaluation);

}  // namespace stareval::app
