#include "protocols/description/description.h"

#include "libstareval/base/text.h"
#include "libstareval/extract/claims.h"
#include "libstareval/extract/thinking.h"
#include "libstareval/metrics/chrf.h"
#include "libstareval/metrics/rouge_l.h"
#include "libstareval/metrics/triples.h"
#include "libstareval/protocol/scoring.h"
#include "libstareval/run/registry.h"

namespace stareval {
namespace {

constexpr const char* kF1 = "triple_f1";
constexpr const char* kPrecision = "triple_precision";
constexpr const char* kRecall = "triple_recall";
constexpr const char* kRouge = "rouge_l";
constexpr const char* kChrf = "chrf";

constexpr const char* kAnswer =
    "one sentence for each fact, which names both entities and the relation exactly as they are "
    "written in the picture";

std::string join(const std::vector<Triple>& triples) {
  std::string text;
  for (const Triple& triple : triples) text += (text.empty() ? "" : "; ") + to_string(triple);
  return text;
}

// What is compared with the reference: the reply less its thinking, and less tags.
std::string answer_of(const std::string& reply) {
  return std::string(trim(extract::without_reply_tags(extract::without_thinking(reply))));
}

ProtocolInfo make_info() {
  return {.name = "description",
          .version = "2",
          .summary = "Put the graph of the picture into words.",
          .tasks = {"SD"},
          .headline = kF1,
          .prompt_template = {},
          .prompt_digest = {}};
}

}  // namespace

Description::Description(const ProtocolOptions& options)
    : TemplateProtocol(make_info(), make_template(options.mode, kAnswer, false)) {}

Score Description::score(const Sample& sample, const Reply& reply) const {
  const auto* gold = std::get_if<DescriptionGold>(&sample.gold);
  if (gold == nullptr) return unscorable();
  const ClaimReader reader(drawn_graph(sample), gold->triples, gold->reference);
  const auto claims = reader.extract(reply.text);
  Score score = begin_score(claims, reply.text);
  if (claims.status != ReadStatus::found) return score;
  const std::string said = answer_of(reply.text);
  const TripleScore triples = score_triples(claims.value, gold->triples);
  score.answer = join(claims.value);
  score.values = {{kF1, triples.f1.value_or(0.0)},
                  {kPrecision, triples.precision.value_or(0.0)},
                  {kRecall, triples.recall.value_or(0.0)},
                  {kRouge, rouge_l(said, gold->reference).f1},
                  {kChrf, chrf(said, gold->reference) / 100}};
  return score;
}

std::vector<Metric> Description::summarise(std::span<const Scored> scored) const {
  auto metrics = headline_metrics(kF1, scored);
  for (const char* name : {kPrecision, kRecall, kRouge, kChrf})
    metrics.push_back(mean_metric(name, scored, over_scored(name)));
  return metrics;
}

void register_description(Registry& registry) {
  registry.add_protocol([](const ProtocolOptions& options) -> std::unique_ptr<Protocol> {
    return std::make_unique<Description>(options);
  });
}

}  // namespace stareval
