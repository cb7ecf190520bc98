#include "protocols/counting/counting.h"

#include <cmath>

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

ProtocolInfo make_info() {
  return {.name = "counting",
          .version = "1",
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
  return metrics;
}

void register_counting(Registry& registry) {
  registry.add_protocol([](const ProtocolOptions& options) -> std::unique_ptr<Protocol> {
    return std::make_unique<Counting>(options);
  });
}

}  // namespace stareval
