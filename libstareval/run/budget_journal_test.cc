// What the attempts of earlier runs count for in a budget. Cases by hand.
#include <gtest/gtest.h>

#include <fstream>

#include "libstareval/run/budget.h"
#include "tests/support/errors.h"
#include "tests/support/fake_protocol.h"
#include "tests/support/samples.h"

namespace stareval {
namespace {

using testing::error_text;

class BudgetJournalTest : public ::testing::Test {
 protected:
  BudgetJournalTest() {
    price_.input = 1'000'000;  // 1000 nano-dollars a token
    price_.cached_input = 100'000;
    price_.output = 2'000'000;
    PlanOptions options;
    options.tasks = {"EC"};
    options.decoding.max_tokens = 100;
    plan_.emplace(Plan::make(registry_, dataset_, options).value());
  }

  void write(std::size_t item, int attempt, const Reply& reply) {
    Journal journal = Journal::open(path_).value();
    ASSERT_TRUE(
        journal.append({plan_->key(plan_->items()[item]), "EC", attempt, reply}).has_value());
  }

  [[nodiscard]] std::int64_t spent() const {
    return spent_in_journal(path_, *plan_, price_).value();
  }

  [[nodiscard]] std::int64_t most(std::size_t item) const {
    return most_cost_nanos(price_, plan_->request(plan_->items()[item]));
  }

  const testing::TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "replies.jsonl";
  const Registry registry_ = testing::fake_registry();
  const Dataset dataset_ =
      testing::make_dataset({testing::count_sample("a"), testing::count_sample("b")});
  std::optional<Plan> plan_;
  Price price_;
};

TEST_F(BudgetJournalTest, a_run_that_has_not_begun_spent_nothing) { EXPECT_EQ(spent(), 0); }

TEST_F(BudgetJournalTest, counts_each_attempt_by_what_is_known_of_it) {
  write(0, 1, failed_reply(Failure::rate_limited, "429"));
  EXPECT_EQ(spent(), 0) << "turned away";
  write(0, 2, failed_reply(Failure::timeout, "120 s"));
  EXPECT_EQ(spent(), most(0)) << "may have been answered, and charged, too late";
  Reply reply = answered_reply("4");
  reply.usage = {200, 5, 100, 0};
  write(0, 3, reply);
  EXPECT_EQ(spent(), most(0) + 100'000 + 10'000 + 10'000);
  write(1, 1, answered_reply("no usage"));
  EXPECT_EQ(spent(), most(0) + 120'000 + most(1));
}

TEST_F(BudgetJournalTest, replies_from_the_cache_cost_nothing) {
  Reply reply = answered_reply("4");
  reply.usage = {200, 5, 0, 0};
  reply.cached = true;
  write(0, 1, reply);
  EXPECT_EQ(spent(), 0);
}

TEST_F(BudgetJournalTest, a_torn_last_line_counts_for_nothing_and_one_before_it_is_an_error) {
  write(0, 1, answered_reply("4"));
  const auto append = [&](const char* text) {
    std::ofstream(path_, std::ios::app | std::ios::binary) << text;
  };
  append(R"({"sample": "b", "ta)");
  EXPECT_EQ(spent(), most(0));
  append("\n{\"sample\": \"b\"}\n");
  const auto result = spent_in_journal(path_, *plan_, price_);
  EXPECT_NE(error_text(result).find("replies.jsonl:2"), std::string::npos) << error_text(result);
}

}  // namespace
}  // namespace stareval
