// What becomes of items that were not sent: skipped, or budget_stopped where the run folder says
// so. By hand.
#include <gtest/gtest.h>

#include "libstareval/base/file.h"
#include "libstareval/run/scoring.h"
#include "tests/support/errors.h"
#include "tests/support/fake_protocol.h"
#include "tests/support/samples.h"

namespace stareval {
namespace {

using testing::error_text;
using testing::TempFolder;

TEST(Unsent, is_skipped_where_the_folder_says_nothing) {
  const TempFolder folder;
  EXPECT_EQ(read_unsent(folder.path()).value(), Outcome::skipped);
  EXPECT_TRUE(write_unsent(folder.path(), Outcome::skipped).has_value()) << "nothing to remove";
  EXPECT_FALSE(file_exists(folder / "stopped.json"));
}

TEST(Unsent, is_what_the_last_run_wrote) {
  const TempFolder folder;
  ASSERT_TRUE(write_unsent(folder.path(), Outcome::budget_stopped).has_value());
  EXPECT_EQ(read_unsent(folder.path()).value(), Outcome::budget_stopped);
  ASSERT_TRUE(write_unsent(folder.path(), Outcome::skipped).has_value());
  EXPECT_EQ(read_unsent(folder.path()).value(), Outcome::skipped);
}

TEST(Unsent, refuses_a_note_that_it_does_not_know) {
  const TempFolder folder;
  testing::write_bytes(folder / "stopped.json",
                       R"({"schema": "stareval.stopped/1", "outcome": "answered"})");
  const std::string text = error_text(read_unsent(folder.path()));
  EXPECT_NE(text.find(R"(field "outcome": expected "budget_stopped", found "answered")"),
            std::string::npos)
      << text;
}

// What was sent and failed keeps its own outcome.
TEST(Unsent, is_the_outcome_of_items_without_an_attempt_only) {
  const Registry registry = testing::fake_registry();
  const Dataset dataset = testing::make_dataset(
      {testing::count_sample("a"), testing::count_sample("b"), testing::count_sample("c")});
  PlanOptions options;
  options.tasks = {"EC"};
  const Plan plan = Plan::make(registry, dataset, options).value();
  Journal journal = Journal::temporary().value();
  ASSERT_TRUE(
      journal.append({plan.key(plan.items()[0]), "EC", 1, answered_reply("4")}).has_value());
  ASSERT_TRUE(
      journal.append({plan.key(plan.items()[1]), "EC", 1, failed_reply(Failure::server, "503")})
          .has_value());
  const auto outcomes = [&](Outcome unsent) {
    std::string names;
    const ScoredRun run = score_run(plan, describe(plan), journal, unsent).value();
    for (const Scored& scored : run.scored)
      names += std::string(to_string(scored.score.outcome)) + " ";
    return names;
  };
  EXPECT_EQ(outcomes(Outcome::skipped), "answered api_error skipped ");
  EXPECT_EQ(outcomes(Outcome::budget_stopped), "answered api_error budget_stopped ");
}

}  // namespace
}  // namespace stareval
