#include "engine/tasks/item.h"

#include <algorithm>
#include <string>

#include "libstareval/tasks/task.h"

namespace stareval::engine {

std::string pick_question(std::string_view task, Random& random) {
  return std::string(random.pick(question_wordings(task)));
}

void set_choices(const ItemContext& context, const std::string& gold,
                 const std::vector<std::string>& distractors, Random& random, Sample& sample) {
  const auto first = [&](std::size_t count) {
    const auto taken = std::min(distractors.size(), count - 1);
    return std::vector<std::string>(distractors.begin(),
                                    distractors.begin() + static_cast<std::ptrdiff_t>(taken));
  };
  sample.choices = first(context.options.choices);
  random.shuffle(sample.choices);
  const std::size_t index = context.plan.gold_position % (sample.choices.size() + 1);
  sample.choices.insert(sample.choices.begin() + static_cast<std::ptrdiff_t>(index), gold);
  sample.gold = ChoiceGold{index};
  if (context.options.candidates == 0) return;
  sample.candidates = first(context.options.candidates);
  sample.candidates.push_back(gold);
  random.shuffle(sample.candidates);
}

}  // namespace stareval::engine
