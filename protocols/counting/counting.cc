#include "protocols/counting/counting.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "libstareval/extract/number.h"
#include "libstareval/metrics/counting.h"
#include "libstareval/protocol/scoring.h"
#include "libstareval/run/registry.h"

namespace stareval {
namespace {

constexpr const char* kAccuracy = "accuracy";
constexpr const char* kWithinOne = "within_1";
constexpr const char* kError = "error";

Counted counted_by(std::string_view task) {
  if (task == "EC" || task == "m3str-count-entity") return Counted::entities;
  if (task == "RC" || task == "m3str-count-relation") return Counted::relations;
  if (task == "IC") return Counted::images;
  return task == "TC" ? Counted::triples : Counted::anything;
}

Contribution absolute_error() {
  return [error = over_answered(kError)](const Scored& item) -> std::optional<double> {
    const auto value = error(item);
    if (!value) return std::nullopt;
    return std::abs(*value);
  };
}

std::optional<std::int64_t> gold_count(const Scored& item) {
  const auto* gold = std::get_if<CountGold>(&item.sample->gold);
  if (gold == nullptr || !is_scored(item.score.outcome)) return std::nullopt;
  return gold->value;
}

// The accuracy at each gold count: where does a model begin to lose count?
void add_curve(std::span<const Scored> scored, std::vector<Metric>& metrics) {
  std::set<std::int64_t> golds;
  for (const Scored& item : scored)
    if (const auto gold = gold_count(item)) golds.insert(*gold);
  for (const std::int64_t wanted : golds) {
    const auto at_gold = [&, hit = over_scored(kAccuracy)](const Scored& item) {
      return gold_count(item) == wanted ? hit(item) : std::nullopt;
    };
    metrics.push_back(mean_metric(fmt::format("accuracy[gold={}]", wanted), scored, at_gold));
  }
}

ProtocolInfo make_info() {
  return {.name = "counting",
          .version = "2",
          .summary = "How many entities, relations, pictures or triples are there?",
          .tasks = {"EC", "RC", "IC", "TC", "m3str-count-entity", "m3str-count-relation"},
          .headline = kAccuracy,
          .prompt_template = {},
          .prompt_digest = {}};
}

}  // namespace

Counting::Counting(const ProtocolOptions& options)
    : TemplateProtocol(make_info(),
                       make_template(options.mode, "one whole number in digits", false)) {}

Score Counting::score(const Sample& sample, const Reply& reply) const {
  const auto* gold = std::get_if<CountGold>(&sample.gold);
  if (gold == nullptr) return unscorable();
  const auto count = extract_count(reply.text, counted_by(sample.task));
  Score score = begin_score(count, reply.text);
  if (count.status != ReadStatus::found) return score;
  const double error = count_error(count.value, gold->value);
  score.answer = std::to_string(count.value);
  score.values = {{kAccuracy, count.value == gold->value ? 1.0 : 0.0},
                  {kWithinOne, std::abs(error) <= 1.0 ? 1.0 : 0.0},
                  {kError, error}};
  return score;
}

std::vector<Metric> Counting::summarise(std::span<const Scored> scored) const {
  auto metrics = headline_metrics(kAccuracy, scored);
  metrics.push_back(mean_metric(kWithinOne, scored, over_scored(kWithinOne)));
  metrics.push_back(mean_metric("mean_absolute_error", scored, absolute_error(), Range::unbounded));
  metrics.push_back(mean_metric("bias", scored, over_answered(kError), Range::unbounded));
  add_curve(scored, metrics);
  return metrics;
}

void register_counting(Registry& registry) {
  registry.add_protocol([](const ProtocolOptions& options) -> std::unique_ptr<Protocol> {
    return std::make_unique<Counting>(options);
  });
}

}  // namespace stareval
