#include "engine/rationale/rationale_protocol.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "libstareval/protocol/prompt.h"
#include "libstareval/protocol/scoring.h"
#include "libstareval/tasks/task.h"

namespace stareval::engine {
namespace {

constexpr const char* kKept = "kept";

constexpr const char* kTemplate =
    "A picture shows a knowledge graph. These are its arrows, as (head, relation, tail):\n"
    "{facts}\n\n"
    "Entities shown with an image: {images}.\n\n"
    "The question about the picture is:\n"
    "{question}{choices}\n\n"
    "The right answer is:\n"
    "{answer}{truth}\n\n"
    "Write how somebody who sees nothing but the picture works this answer out: step by step, in "
    "plain text, in at most 300 words. Where you use an arrow, name it as (head, relation, tail), "
    "exactly as above. Name nothing else in that form: what is not above is said in words alone. "
    "Do not say or hint that the answer or the arrows were given to you. Use no tags and no "
    "headings. {ending}";

constexpr const char* kEndInLine = "End with this line, word for word:\nSo the answer is {}.";
constexpr const char* kEndInText =
    "End with the line \"So the answer is:\" and below it the answer, word for word.";
constexpr const char* kTruth = "\nThe true fact in the place of the wrong one is {}.";

std::string list_facts(const Graph& drawn) {
  std::string text;
  for (const Triple& triple : drawn.triples) text += (text.empty() ? "" : "\n") + to_string(triple);
  return text;
}

std::string list_images(const Graph& drawn) {
  std::vector<std::string> names;
  for (const Entity& entity : drawn.entities)
    if (entity.picture) names.push_back(entity.name);
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

std::string truth_of(const Sample& sample) {
  const auto* gold = std::get_if<ErrorGold>(&sample.gold);
  if (gold == nullptr || !gold->wrong || sample.change.kind != Change::Kind::corrupt_triple)
    return "";
  return fmt::format(kTruth, to_string(sample.graph.triples.at(sample.change.index)));
}

std::string ending_of(const Sample& sample) {
  if (std::holds_alternative<DescriptionGold>(sample.gold)) return kEndInText;
  return fmt::format(kEndInLine, gold_answer(sample));
}

// The digest covers all the wording, also that of the parts which are put in.
ProtocolInfo make_info(std::vector<std::string> tasks) {
  ProtocolInfo info{.name = "rationale",
                    .version = "1",
                    .summary = "How is the answer worked out?",
                    .tasks = std::move(tasks),
                    .headline = kKept,
                    .prompt_template = {},
                    .prompt_digest = {}};
  set_prompt(info, fmt::format("{}\n---\n{}\n---\n{}\n---\n{}", kTemplate, kEndInLine, kEndInText,
                               kTruth));
  return info;
}

}  // namespace

RationaleProtocol::RationaleProtocol(std::vector<std::unique_ptr<Protocol>> readers)
    : readers_(std::move(readers)) {
  std::vector<std::string> tasks;
  for (const auto& reader : readers_)
    for (const std::string& task : reader->info().tasks)
      if (by_task_.emplace(task, reader.get()).second) tasks.push_back(task);
  info_ = make_info(std::move(tasks));
}

Prompt RationaleProtocol::prompt(const Sample& sample) const {
  const Graph drawn = drawn_graph(sample);
  const std::string choices = sample.choices.empty() ? "" : "\n\n" + list_choices(sample.choices);
  Prompt prompt;
  prompt.pictures = false;
  prompt.text =
      fmt::format(kTemplate, fmt::arg("facts", list_facts(drawn)),
                  fmt::arg("images", list_images(drawn)), fmt::arg("question", sample.question),
                  fmt::arg("choices", choices), fmt::arg("answer", gold_answer(sample)),
                  fmt::arg("truth", truth_of(sample)), fmt::arg("ending", ending_of(sample)));
  return prompt;
}

CheckedRationale RationaleProtocol::check(const Sample& sample, const Reply& reply) const {
  return check_rationale_reply(sample, *by_task_.at(sample.task), reply);
}

Score RationaleProtocol::score(const Sample& sample, const Reply& reply) const {
  const CheckedRationale checked = check(sample, reply);
  Score score;
  score.outcome = Outcome::answered;
  score.answer = checked.detail;
  score.rule = std::string(to_string(checked.fault));
  score.values = {{kKept, checked.fault == RationaleFault::none ? 1.0 : 0.0}};
  return score;
}

std::vector<Metric> RationaleProtocol::summarise(std::span<const Scored> scored) const {
  return headline_metrics(kKept, scored);
}

}  // namespace stareval::engine
