#include "engine/tasks/m3str.h"

#include "engine/tasks/error_detection.h"

namespace stareval::engine {

bool asks_for(std::string_view task, TriplePart part) {
  const bool relation = part == TriplePart::relation;
  if (task == "m3str-detect-entity") return !relation;
  if (task == "m3str-detect-relation") return relation;
  return true;
}

bool make_detection(const ItemContext& context, Random& random, Sample& sample) {
  if (!make_error_detection(context, random, sample)) return false;
  const bool wrong = !context.plan.clean && asks_for(sample.task, *context.plan.corrupt);
  sample.choices = {"yes", "no"};
  random.shuffle(sample.choices);
  sample.gold = ChoiceGold{sample.choices.front() == (wrong ? "yes" : "no") ? 0U : 1U};
  return true;
}

}  // namespace stareval::engine
