#include "protocols/completion/completion.h"

#include "libstareval/extract/choice.h"
#include "libstareval/protocol/scoring.h"
#include "libstareval/run/registry.h"
#include "libstareval/tasks/task.h"
#include "protocols/completion/open_form.h"
#include "protocols/completion/option_logprobs.h"
#include "protocols/completion/ranking_form.h"

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

// The place of the letter with which the reply chose; nothing where it chose by a text.
std::optional<Span> letter_of(const Score& score) {
  if (!score.span || score.span->end - score.span->begin != 1) return std::nullopt;
  return score.span;
}

// What the log-probabilities say, over the attempts that have them, if any does.
void add_logprob_metrics(std::vector<Metric>& metrics, std::span<const Scored> scored) {
  for (const auto& [name, value] : {std::pair("accuracy_by_logprob", "logprob_accuracy"),
                                    std::pair("mrr_by_logprob", "logprob_reciprocal_rank"),
                                    std::pair("mean_gold_probability", "gold_probability")}) {
    Metric metric = mean_metric(name, scored, over_answered(value));
    if (metric.n > 0) metrics.push_back(std::move(metric));
  }
}

ProtocolInfo make_info() {
  return {.name = "completion",
          .version = "2",
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
  const auto letter = letter_of(score);
  if (!letter || reply.logprobs.empty() || gold->index >= sample.choices.size()) return score;
  const auto likely = option_probabilities(reply, *letter, sample.choices.size());
  if (!likely) return score;
  const auto values = option_values(*likely, gold->index);
  score.values.insert(score.values.end(), values.begin(), values.end());
  return score;
}

std::vector<Metric> CompletionProtocol::summarise(std::span<const Scored> scored) const {
  auto metrics = headline_metrics(kAccuracy, scored);
  metrics.push_back(chance_level(scored));
  add_logprob_metrics(metrics, scored);
  return metrics;
}

void register_completion(Registry& registry) {
  registry.add_protocol([](const ProtocolOptions& options) -> std::unique_ptr<Protocol> {
    switch (options.form) {
      case AnswerForm::choice: break;
      case AnswerForm::ranking:
        return std::make_unique<RankingCompletion>(make_info(), options.mode);
      case AnswerForm::open: return std::make_unique<OpenCompletion>(make_info(), options.mode);
    }
    return std::make_unique<CompletionProtocol>(options);
  });
}

}  // namespace stareval
