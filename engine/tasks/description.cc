#include "engine/tasks/description.h"

#include "engine/rationale/statement.h"

namespace stareval::engine {

bool make_description(const ItemContext& context, Random& random, Sample& sample) {
  std::string reference;
  for (const Triple& triple : sample.graph.triples)
    reference += (reference.empty() ? "" : " ") + statement(context.graph, triple);
  sample.question = pick_question("SD", random);
  sample.gold = DescriptionGold{sample.graph.triples, std::move(reference)};
  return true;
}

}  // namespace stareval::engine
