#include "protocols/relation_extraction/relation_extraction.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "libstareval/data/more_labels.h"
#include "libstareval/extract/label.h"
#include "libstareval/protocol/scoring.h"
#include "libstareval/run/registry.h"
#include "protocols/relation_extraction/label_metrics.h"

namespace stareval {
namespace {

constexpr const char* kAccuracy = "accuracy";
constexpr const char* kPredicted = "predicted";

constexpr const char* kQuestion =
    "{question}\n\nThe labels, where per is a person, org an organisation, loc a location, misc "
    "anything else, and none no relation:\n{labels}\n\n";

constexpr const char* kDirect = "Answer with one label of the list, and nothing else.";

// The steps of MORE-R1, section 3 of the paper, in words of our own.
constexpr const char* kSteps =
    "Work in six steps between <think> and </think>:\n"
    "1. Describe both pictures: what does the whole show, and what is the object?\n"
    "2. Say whether the picture has to do with the text, and how.\n"
    "3. Find out what the object is in terms of the text: is it the entity itself, or somebody or "
    "something else that the text names or implies?\n"
    "4. Give the type of the object and that of the entity: per, org, loc or misc.\n"
    "5. Keep the labels that name these two types, in either order, and none, which always stays.\n"
    "6. Decide which of those that are left holds.\n"
    "Then answer between <answer> and </answer> with one label of the list, and nothing else.";

std::string template_of(Mode mode) {
  return std::string(kQuestion) + (mode == Mode::direct ? kDirect : kSteps);
}

ProtocolInfo make_info() {
  return {.name = "relation_extraction",
          .version = "1",
          .summary = "How are the object of the picture and the entity of the text related?",
          .tasks = {"MORE"},
          .headline = kAccuracy,
          .prompt_template = {},
          .prompt_digest = {}};
}

// All labels of the samples, numbered in the order in which they are first met.
class Labels {
 public:
  std::size_t number(const std::string& label) {
    const auto [entry, added] = numbers_.try_emplace(label, names_.size());
    if (added) names_.push_back(label);
    return entry->second;
  }

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::string> names_;
};

const std::string& gold_of(const Sample& sample) {
  return sample.choices[std::get<ChoiceGold>(sample.gold).index];
}

bool has_gold(const Sample& sample) {
  const auto* gold = std::get_if<ChoiceGold>(&sample.gold);
  return gold != nullptr && gold->index < sample.choices.size();
}

LabelPair pair_of(const Scored& item, Labels& labels) {
  const Sample& sample = *item.sample;
  for (const std::string& label : sample.choices) labels.number(label);
  LabelPair pair{labels.number(gold_of(sample)), std::nullopt, sample.cluster};
  if (const auto predicted = value_of(item.score, kPredicted))
    pair.predicted = labels.number(sample.choices[static_cast<std::size_t>(*predicted)]);
  return pair;
}

std::vector<LabelPair> pairs_of(std::span<const Scored> scored, Labels& labels) {
  std::vector<LabelPair> pairs;
  for (const Scored& item : scored)
    if (is_scored(item.score.outcome) && has_gold(*item.sample))
      pairs.push_back(pair_of(item, labels));
  return pairs;
}

// What always answering the most frequent label scores: a property of the samples, not an estimate.
Metric majority_level(std::span<const LabelPair> pairs) {
  std::map<std::size_t, std::size_t> counts;
  std::size_t most = 0;
  for (const LabelPair& pair : pairs) most = std::max(most, ++counts[pair.gold]);
  Metric metric;
  metric.name = "majority";
  metric.n = pairs.size();
  if (pairs.empty()) return metric;
  metric.value = static_cast<double>(most) / static_cast<double>(pairs.size());
  metric.low = metric.value;
  metric.high = metric.value;
  metric.method = "exact";
  return metric;
}

std::map<std::string, std::vector<Scored>> by_group(std::span<const Scored> scored) {
  std::map<std::string, std::vector<Scored>> groups;
  for (const Scored& item : scored)
    if (!item.sample->group.empty()) groups[item.sample->group].push_back(item);
  return groups;
}

}  // namespace

RelationExtraction::RelationExtraction(const ProtocolOptions& options)
    : TemplateProtocol(make_info(), template_of(options.mode)) {}

Score RelationExtraction::score(const Sample& sample, const Reply& reply) const {
  if (!has_gold(sample)) return unscorable();
  const auto label = extract_label(reply.text, sample.choices, more_aliases());
  Score score = begin_score(label, reply.text);
  if (label.status != ReadStatus::found) return score;
  score.answer = sample.choices[label.value];
  score.values = {{kAccuracy, score.answer == gold_of(sample) ? 1.0 : 0.0},
                  {kPredicted, static_cast<double>(label.value)}};
  return score;
}

std::vector<Metric> RelationExtraction::summarise(std::span<const Scored> scored) const {
  auto metrics = headline_metrics(kAccuracy, scored);
  Labels labels;
  const std::vector<LabelPair> pairs = pairs_of(scored, labels);
  const auto negative = negative_label(labels.names());
  for (Metric& metric : label_metrics(pairs, labels.names().size(), negative))
    metrics.push_back(std::move(metric));
  metrics.push_back(majority_level(pairs));
  for (const auto& [group, items] : by_group(scored)) {
    metrics.push_back(
        mean_metric(fmt::format("{}[{}]", kAccuracy, group), items, over_scored(kAccuracy)));
    metrics.push_back(
        micro_f1_metric(fmt::format("micro_f1[{}]", group), pairs_of(items, labels), negative));
  }
  return metrics;
}

void register_relation_extraction(Registry& registry) {
  registry.add_protocol([](const ProtocolOptions& options) -> std::unique_ptr<Protocol> {
    return std::make_unique<RelationExtraction>(options);
  });
}

}  // namespace stareval
