#include "protocols/completion/open_form.h"

#include <algorithm>

#include "libstareval/base/text.h"
#include "libstareval/extract/name.h"
#include "libstareval/protocol/scoring.h"

namespace stareval {
namespace {

constexpr const char* kExactMatch = "exact_match";

// Questions speak of options; there are none to see.
constexpr std::string_view kAnswer = "the name itself, since no options are shown";

ProtocolInfo with_headline(ProtocolInfo info) {
  info.headline = kExactMatch;
  return info;
}

bool is_right(const Sample& sample, const ChoiceGold& gold, const std::string& name) {
  const auto same = [&, normal = normalise_name(name)](const std::string& spelling) {
    return normalise_name(spelling) == normal;
  };
  return same(sample.choices[gold.index]) ||
         std::any_of(gold.aliases.begin(), gold.aliases.end(), same);
}

}  // namespace

OpenCompletion::OpenCompletion(ProtocolInfo info, Mode mode)
    : TemplateProtocol(with_headline(std::move(info)), make_template(mode, kAnswer, false)) {}

Score OpenCompletion::score(const Sample& sample, const Reply& reply) const {
  const auto* gold = std::get_if<ChoiceGold>(&sample.gold);
  if (gold == nullptr || gold->index >= sample.choices.size()) return unscorable();
  const auto name = extract_name(reply.text);
  Score score = begin_score(name, reply.text);
  if (name.status != ReadStatus::found) return score;
  score.answer = normalise_name(name.value);
  score.values = {{kExactMatch, is_right(sample, *gold, name.value) ? 1.0 : 0.0}};
  return score;
}

std::vector<Metric> OpenCompletion::summarise(std::span<const Scored> scored) const {
  return headline_metrics(kExactMatch, scored);
}

}  // namespace stareval
