#include "engine/tasks/item.h"

#include <algorithm>
#include <string>

#include "libstareval/tasks/task.h"

namespace stareval::engine {

std::string pick_question(std::string_view task, Random& random) {
  return std::string(random.pick(question_wordings(task)));
}

void set_choices(Sample& sample, std::size_t gold_position, const std::string& gold,
                 const std::vector<std::string>& distractors) {
  const std::size_t index = gold_position % (distractors.size() + 1);
  sample.choices = distractors;
  sample.choices.insert(sample.choices.begin() + static_cast<std::ptrdiff_t>(index), gold);
  sample.gold = ChoiceGold{index};
}

}  // namespace stareval::engine
