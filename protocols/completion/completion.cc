#include "protocols/completion/completion.h"

#include "libstareval/extract/choice.h"
#include "libstareval/protocol/scoring.h"
#include "libstareval/run/registry.h"
#include "libstareval/tasks/task.h"

namespace stareval {
namespace {

constexpr const char* kAccuracy = "accuracy";

// What a random choice would score: a property of the samples, not an estimate.
Metric chance_level(std::span<const Scored> scored) {
  Metric metric = mean_metric("chance", scored, [](const Scored& item) -> std::optional<double> {
    if (!is_scored(item.score.outcome) || item.sample->choices.empty()) return std::nullopt;
    return 1.0 / static_cast<double>(item.sample->choices.size());
  });
  metric.low = metric.value;
  metric.high = metric.value;
  metric.method = "exact";
  return metric;
}

ProtocolInfo make_info() {
  return {.name = "completion",
          .version = "1",
          .summary = "Which of the options is right?",
          .tasks = {"ER", "RR", "m3str-complete-entity", "m3str-complete-relation"},
          .headline = kAccuracy,
          .prompt_template = {},
          .prompt_digest = {}};
}

}  // namespace

CompletionProtocol::CompletionProtocol(const ProtocolOptions& options)
    : TemplateProtocol(make_info(),
                       make_template(options.mode, "the letter of the right option", true)) {}

Score CompletionProtocol::score(const Sample& sample, const Reply& reply) const {
  const auto* gold = std::get_if<ChoiceGold>(&sample.gold);
  if (gold == nullptr) return unscorable();
  const auto choice = extract_choice(reply.text, sample.choices);
  Score score = begin_score(choice, reply.text);
  if (choice.status != ReadStatus::found) return score;
  score.answer = std::string(1, choice_letter(choice.value));
  score.values = {{kAccuracy, choice.value == gold->index ? 1.0 : 0.0}};
  return score;
}

std::vector<Metric> CompletionProtocol::summarise(std::span<const Scored> scored) const {
  auto metrics = headline_metrics(kAccuracy, scored);
  metrics.push_back(chance_level(scored));
  return metrics;
}

void register_completion(Registry& registry) {
  registry.add_protocol([](const ProtocolOptions& options) -> std::unique_ptr<Protocol> {
    return std::make_unique<CompletionProtocol>(options);
  });
}

}  // namespace stareval
