// Evaluate a model in process, and assert on its accuracy: a regression test for a model or for the
// code that serves it. No network, no files left behind.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "libstareval/data/dataset.h"
#include "libstareval/data/locations.h"
#include "libstareval/run/evaluation.h"
#include "stareval/stareval.h"

namespace {

using namespace stareval;

// The model under test. This one ignores the picture and takes the first choice; yours decodes the
// bytes of read_image(part), and may answer later, from any thread.
class FirstChoiceModel : public Backend {
 public:
  void submit(const Request& request, Completion done) override {
    const auto& parts = request.messages.back().parts;
    const bool has_picture = std::any_of(parts.begin(), parts.end(), [](const auto& part) {
      return std::holds_alternative<ImagePart>(part);
    });
    if (!has_picture) return done(failed_reply(Failure::permanent, "no picture to look at"));
    done(answered_reply("The answer is A."));
  }
};

TEST(FirstChoiceModel, IsNoBetterThanChanceOnEntityReasoning) {
  const auto folder = find_data("datasets", "atlas");
  ASSERT_TRUE(folder.has_value()) << folder.error().message;
  const auto dataset = read_dataset(*folder, "test");
  ASSERT_TRUE(dataset.has_value()) << dataset.error().message;

  FirstChoiceModel model;
  Evaluation evaluation;
  evaluation.plan.tasks = {"ER"};
  const auto result = evaluate(make_registry(), *dataset, model, evaluation);
  ASSERT_TRUE(result.has_value()) << result.error().message;

  const TaskSummary& task = result->summary.tasks.front();
  const Metric& accuracy = task.metrics.front();
  EXPECT_EQ(task.coverage(), 1.0);
  EXPECT_EQ(accuracy.name, "accuracy");
  EXPECT_GT(accuracy.n, 0U);
  EXPECT_LE(*accuracy.low, 0.2);  // five choices: chance lies within the interval
  EXPECT_GE(*accuracy.high, 0.2);
}

}  // namespace
