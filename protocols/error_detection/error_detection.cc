#include "protocols/error_detection/error_detection.h"

#include <array>
#include <map>

#include "libstareval/extract/triple.h"
#include "libstareval/metrics/detection.h"
#include "libstareval/protocol/scoring.h"
#include "libstareval/run/registry.h"
#include "libstareval/statistics/bootstrap.h"

namespace stareval {
namespace {

constexpr const char* kAccuracy = "accuracy";
constexpr const char* kFlagged = "flagged";
constexpr const char* kHeadHit = "head_hit";
constexpr const char* kRelationHit = "relation_hit";
constexpr const char* kTailHit = "tail_hit";

constexpr const char* kAnswer =
    "the wrong triple, written as (head, relation, tail) with the names in the picture, or with "
    "none if every fact is true";

bool has_error(const Scored& item) {
  const auto* gold = std::get_if<ErrorGold>(&item.sample->gold);
  return gold != nullptr && gold->wrong.has_value();
}

// An attempt with no readable answer is a wrong decision: a miss or a false alarm.
bool decides_right(const Scored& item) {
  const auto flagged = value_of(item.score, kFlagged);
  return flagged && (*flagged > 0) == has_error(item);
}

// Contribution of the samples with an error, or of the clean ones: is the decision right?
Contribution right_where(bool error) {
  return [error](const Scored& item) -> std::optional<double> {
    if (!is_scored(item.score.outcome) || has_error(item) != error) return std::nullopt;
    return decides_right(item) ? 1.0 : 0.0;
  };
}

// Hits of one part of the triple, over the samples with an error.
Contribution hit_of(const char* value) {
  return [named = over_scored(value)](const Scored& item) -> std::optional<double> {
    return has_error(item) ? named(item) : std::nullopt;
  };
}

Confusion confusion_of(std::span<const double> sums) {
  return {sums[0], sums[1], sums[2], sums[3]};
}

// TP, FP, FN, TN of each cluster, sorted by its name.
ClusterSums confusion_by_cluster(std::span<const Scored> scored) {
  std::map<std::string_view, std::array<double, 4>> tables;
  for (const Scored& item : scored) {
    if (!is_scored(item.score.outcome)) continue;
    const std::size_t column =
        decides_right(item) ? (has_error(item) ? 0 : 3) : (has_error(item) ? 2 : 1);
    tables[item.sample->cluster][column] += 1.0;
  }
  ClusterSums sums{4, {}, {}};
  for (const auto& [cluster, table] : tables)
    sums.rows.insert(sums.rows.end(), table.begin(), table.end());
  return sums;
}

// A statistic of the confusion table, with a bootstrap interval. Its seed is the default of
// BootstrapOptions, as a protocol knows no other.
Metric table_metric(std::string name, const ClusterSums& sums,
                    std::optional<double> (*statistic)(const Confusion&)) {
  std::vector<double> total(sums.width, 0.0);
  double n = 0;
  for (std::size_t i = 0; i < sums.rows.size(); ++i) {
    total[i % sums.width] += sums.rows[i];
    n += sums.rows[i];
  }
  Metric metric;
  metric.name = std::move(name);
  metric.n = static_cast<std::size_t>(n);
  metric.value = statistic(confusion_of(total));
  if (!metric.value) return metric;
  const auto interval = cluster_bootstrap(
      sums, [&](std::span<const double> drawn) { return statistic(confusion_of(drawn)); });
  if (!interval) return metric;
  metric.low = interval->low;
  metric.high = interval->high;
  metric.method = interval->method;
  return metric;
}

double hit(const std::string& named, const std::string& gold) { return named == gold ? 1.0 : 0.0; }

ProtocolInfo make_info() {
  return {.name = "error_detection",
          .version = "1",
          .summary = "Which fact of the picture is wrong, if one is?",
          .tasks = {"ED"},
          .headline = kAccuracy,
          .prompt_template = {},
          .prompt_digest = {}};
}

}  // namespace

ErrorDetection::ErrorDetection(const ProtocolOptions& options)
    : TemplateProtocol(make_info(), make_template(options.mode, kAnswer, false)) {}

Score ErrorDetection::score(const Sample& sample, const Reply& reply) const {
  const auto* gold = std::get_if<ErrorGold>(&sample.gold);
  if (gold == nullptr) return unscorable();
  const auto answer = extract_triple_or_none(reply.text, Vocabulary(drawn_graph(sample)));
  Score score = begin_score(answer, reply.text);
  if (answer.status != ReadStatus::found) return score;
  const auto& named = answer.value;
  score.answer = named ? to_string(*named) : "none";
  const bool right = named && gold->wrong ? same_triple(*named, *gold->wrong)
                                          : named.has_value() == gold->wrong.has_value();
  score.values = {{kAccuracy, right ? 1.0 : 0.0}, {kFlagged, named ? 1.0 : 0.0}};
  if (!gold->wrong) return score;
  const Triple said = normalise_triple(named.value_or(Triple{}));
  const Triple truth = normalise_triple(*gold->wrong);
  score.values.emplace_back(kHeadHit, hit(said.head, truth.head));
  score.values.emplace_back(kRelationHit, hit(said.relation, truth.relation));
  score.values.emplace_back(kTailHit, hit(said.tail, truth.tail));
  return score;
}

std::vector<Metric> ErrorDetection::summarise(std::span<const Scored> scored) const {
  auto metrics = headline_metrics(kAccuracy, scored);
  const ClusterSums sums = confusion_by_cluster(scored);
  metrics.push_back(table_metric("balanced_accuracy", sums, balanced_accuracy));
  metrics.push_back(table_metric("mcc", sums, matthews_correlation));
  metrics.push_back(mean_metric("sensitivity", scored, right_where(true)));
  metrics.push_back(mean_metric("specificity", scored, right_where(false)));
  metrics.push_back(mean_metric("yes_rate", scored, over_answered(kFlagged)));
  for (const char* name : {kHeadHit, kRelationHit, kTailHit})
    metrics.push_back(mean_metric(name, scored, hit_of(name)));
  return metrics;
}

void register_error_detection(Registry& registry) {
  registry.add_protocol([](const ProtocolOptions& options) -> std::unique_ptr<Protocol> {
    return std::make_unique<ErrorDetection>(options);
  });
}

}  // namespace stareval
