// Evaluates a backend of its own against the dataset that the package ships, and says its accuracy.
#include <cstdio>

#include "libstareval/data/dataset.h"
#include "libstareval/data/locations.h"
#include "libstareval/run/evaluation.h"
#include "stareval/stareval.h"

namespace {

class AlwaysThree : public stareval::Backend {
 public:
  void submit(const stareval::Request&, stareval::Completion done) override {
    done(stareval::answered_reply("3"));
  }
};

int fail(const stareval::Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return 1;
}

}  // namespace

int main() {
  const auto folder = stareval::find_data("datasets", "atlas");
  if (folder.has_error()) return fail(folder.error());
  const auto dataset = stareval::read_dataset(*folder, "test");
  if (dataset.has_error()) return fail(dataset.error());
  AlwaysThree model;
  stareval::Evaluation evaluation;
  evaluation.plan.tasks = {"RC"};
  const auto result = stareval::evaluate(stareval::make_registry(), *dataset, model, evaluation);
  if (result.has_error()) return fail(result.error());
  const auto& accuracy = result->summary.tasks.front().metrics.front();
  std::printf("%s %.4f n=%zu\n", accuracy.name.c_str(), *accuracy.value, accuracy.n);
  return accuracy.n > 0 ? 0 : 1;
}
