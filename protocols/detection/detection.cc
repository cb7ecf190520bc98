#include "protocols/detection/detection.h"

#include <optional>

#include "libstareval/base/text.h"
#include "libstareval/extract/yes_no.h"
#include "libstareval/protocol/detection_metrics.h"
#include "libstareval/protocol/scoring.h"
#include "libstareval/run/registry.h"

namespace stareval {
namespace {

constexpr const char* kAccuracy = "accuracy";

// The gold is one of the choices "yes" and "no", in either order; nothing where it is neither.
std::optional<bool> gold_decision(const Sample& sample) {
  const auto* gold = std::get_if<ChoiceGold>(&sample.gold);
  if (gold == nullptr || gold->index >= sample.choices.size()) return std::nullopt;
  const std::string text = normalise_name(sample.choices[gold->index]);
  if (text != "yes" && text != "no") return std::nullopt;
  return text == "yes";
}

bool is_positive(const Sample& sample) { return gold_decision(sample).value_or(false); }

ProtocolInfo make_info() {
  return {.name = "detection",
          .version = "1",
          .summary = "Is something wrong in the picture, yes or no?",
          .tasks = {"m3str-detect-entity", "m3str-detect-relation", "m3str-detect-any"},
          .headline = kAccuracy,
          .prompt_template = {},
          .prompt_digest = {}};
}

}  // namespace

Detection::Detection(const ProtocolOptions& options)
    : TemplateProtocol(make_info(), make_template(options.mode, "yes or no", false)) {}

Score Detection::score(const Sample& sample, const Reply& reply) const {
  const auto gold = gold_decision(sample);
  if (!gold) return unscorable();
  const auto says_yes = extract_yes_no(reply.text, Asks::fault);
  Score score = begin_score(says_yes, reply.text);
  if (says_yes.status != ReadStatus::found) return score;
  score.answer = says_yes.value ? "yes" : "no";
  score.values = {{kAccuracy, says_yes.value == *gold ? 1.0 : 0.0},
                  {kFlagged, says_yes.value ? 1.0 : 0.0}};
  return score;
}

std::vector<Metric> Detection::summarise(std::span<const Scored> scored) const {
  auto metrics = headline_metrics(kAccuracy, scored);
  for (Metric& metric : detection_metrics(scored, is_positive))
    metrics.push_back(std::move(metric));
  return metrics;
}

void register_detection(Registry& registry) {
  registry.add_protocol([](const ProtocolOptions& options) -> std::unique_ptr<Protocol> {
    return std::make_unique<Detection>(options);
  });
}

}  // namespace stareval
