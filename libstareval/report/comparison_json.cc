// A comparison as "stareval.comparison/1".
#include "libstareval/report/comparison.h"

namespace stareval {
namespace {

json::value or_null(const std::optional<double>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

json::value to_json(const std::optional<Interval>& interval) {
  if (!interval) return nullptr;
  return json::object{
      {"low", interval->low}, {"high", interval->high}, {"method", interval->method}};
}

json::value to_json(const std::optional<McNemar>& test, bool independent) {
  if (!test) return nullptr;
  return json::object{{"exact", test->exact}, {"mid_p", test->mid_p}, {"independent", independent}};
}

json::value to_json(const std::optional<SignFlipTest>& test) {
  if (!test) return nullptr;
  return json::object{{"p", test->p},
                      {"method", test->replicates == 0 ? "exact" : "drawn"},
                      {"replicates", test->replicates}};
}

json::value to_json(const std::optional<Equivalence>& test) {
  if (!test) return nullptr;
  return json::object{{"margin", test->margin},
                      {"p", test->p},
                      {"p_not_worse", test->p_not_worse},
                      {"p_not_better", test->p_not_better}};
}

json::object to_json(const DiscordantPair::Side& side) {
  return {{"value", side.value}, {"answer", side.answer}, {"outcome", to_string(side.outcome)}};
}

json::array to_json(const std::vector<DiscordantPair>& pairs) {
  json::array array;
  for (const DiscordantPair& pair : pairs)
    array.push_back(json::object{{"sample", pair.sample},
                                 {"repeat", pair.repeat},
                                 {"gold", pair.gold},
                                 {"a", to_json(pair.a)},
                                 {"b", to_json(pair.b)}});
  return array;
}

json::object to_json(const ComparisonRow& row) {
  return {{"headline", row.headline},
          {"n", row.n},
          {"clusters", row.clusters},
          {"attempts", row.attempts},
          {"left_out", json::object{{"only_a", row.left_out.only_a},
                                    {"only_b", row.left_out.only_b},
                                    {"neither", row.left_out.neither}}},
          {"a", or_null(row.a)},
          {"b", or_null(row.b)},
          {"difference", or_null(row.difference)},
          {"interval", to_json(row.interval)},
          {"bootstrap", to_json(row.bootstrap)},
          {"a_higher", row.a_higher},
          {"b_higher", row.b_higher},
          {"sign_flips", to_json(row.flips)},
          {"p_adjusted", or_null(row.adjusted)},
          {"mcnemar", to_json(row.mcnemar, row.independent)},
          {"equivalence", to_json(row.equivalence)},
          {"design_effect", row.design_effect},
          {"detectable_difference", or_null(row.detectable)},
          {"discordant", to_json(row.discordant)}};
}

json::object to_json(const Comparison::Side& side) {
  return {{"run", side.name},
          {"backend", side.backend},
          {"model", side.model},
          {"decoding", side.decoding},
          {"other_tasks", json::array(side.others.begin(), side.others.end())}};
}

}  // namespace

json::object to_json_object(const Comparison& comparison) {
  const std::vector<std::string> sentences = reading(comparison);
  json::object tasks;
  for (const ComparisonRow& row : comparison.tasks) tasks[row.task] = to_json(row);
  json::object object{{"schema", kComparisonSchema},
                      {"dataset", json::object{{"name", comparison.dataset},
                                               {"split", comparison.split},
                                               {"digest", comparison.digest}}},
                      {"mode", comparison.mode},
                      {"repeats", comparison.repeats},
                      {"limit", nullptr},
                      {"a", to_json(comparison.a)},
                      {"b", to_json(comparison.b)},
                      {"margin", or_null(comparison.options.margin)},
                      {"seed", comparison.options.seed},
                      {"replicates", comparison.options.replicates},
                      {"tasks", std::move(tasks)},
                      {"average", nullptr},
                      {"reading", json::array(sentences.begin(), sentences.end())}};
  if (comparison.limit) object["limit"] = *comparison.limit;
  if (comparison.average) object["average"] = to_json(*comparison.average);
  return object;
}

}  // namespace stareval
