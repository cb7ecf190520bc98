#include "protocols/error_detection/error_detection.h"

#include "libstareval/extract/triple.h"
#include "libstareval/protocol/detection_metrics.h"
#include "libstareval/protocol/scoring.h"
#include "libstareval/run/registry.h"

namespace stareval {
namespace {

constexpr const char* kAccuracy = "accuracy";
constexpr const char* kHeadHit = "head_hit";
constexpr const char* kRelationHit = "relation_hit";
constexpr const char* kTailHit = "tail_hit";

constexpr const char* kAnswer =
    "the wrong triple, written as (head, relation, tail) with the names in the picture, or with "
    "none if every fact is true";

bool has_error(const Sample& sample) {
  const auto* gold = std::get_if<ErrorGold>(&sample.gold);
  return gold != nullptr && gold->wrong.has_value();
}

// Hits of one part of the triple, over the samples with an error.
Contribution hit_of(const char* value) {
  return [named = over_scored(value)](const Scored& item) -> std::optional<double> {
    return has_error(*item.sample) ? named(item) : std::nullopt;
  };
}

double hit(const std::string& named, const std::string& gold) { return named == gold ? 1.0 : 0.0; }

ProtocolInfo make_info() {
  return {.name = "error_detection",
          .version = "2",
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
  for (Metric& metric : detection_metrics(scored, has_error)) metrics.push_back(std::move(metric));
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
