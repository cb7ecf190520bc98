// Forecasts. Cases by hand, with a price that makes the sums easy; the document as JSON.
#include "libstareval/run/forecast.h"

#include <gtest/gtest.h>

#include "tests/support/fake_protocol.h"
#include "tests/support/samples.h"

namespace stareval {
namespace {

class ForecastTest : public ::testing::Test {
 protected:
  ForecastTest() {
    price_.input = 1'000'000;  // 1000 nano-dollars a token
    price_.output = 10'000'000;
    price_.pictures = {PictureRule::Kind::openai_tiles, 85, 170, 0, 0, 1, 1};
    price_.as_of = "2026-11-05";
    options_.price = &price_;
    options_.concurrency = 2;
  }

  // Questions of "How many are there? x1": 22 bytes, so 3.5 to 8.8 tokens, and framing.
  void plan_for(std::vector<Sample> samples, std::vector<std::string> tasks, int repeats = 1) {
    dataset_ = testing::make_dataset(std::move(samples), folder_.path());
    PlanOptions options;
    options.tasks = std::move(tasks);
    options.repeats = repeats;
    options.decoding.max_tokens = 200;
    options.model = "m";
    plan_.emplace(Plan::make(registry_, dataset_, options).value());
  }

  Sample with_picture(const std::string& id, const std::string& task = "EC") {
    Sample sample = testing::count_sample(id, task);
    testing::add_picture(sample, folder_.path(), 1024, 1024);
    return sample;
  }

  [[nodiscard]] Forecast make() const { return forecast(*plan_, options_); }

  const testing::TempFolder folder_;
  const Registry registry_ = testing::fake_registry();
  Dataset dataset_;
  std::optional<Plan> plan_;
  Price price_;
  ForecastOptions options_;
};

constexpr TokenRange kText{3 + kFraming.low, 9 + kFraming.high};

TEST_F(ForecastTest, adds_up_tokens_and_money) {
  plan_for({with_picture("e1"), with_picture("e2"), testing::count_sample("r1", "RC")},
           {"EC", "RC"});
  const Forecast result = make();
  const ForecastRow& ec = result.tasks[0];
  EXPECT_EQ(ec.task, "EC");
  EXPECT_EQ(ec.samples, 2u);
  EXPECT_EQ(ec.requests, 2u);
  EXPECT_EQ(ec.to_send, 2u);
  EXPECT_EQ(ec.pictures, 2u);
  EXPECT_EQ(ec.text, (TokenRange{2 * kText.low, 2 * kText.high}));
  EXPECT_EQ(ec.picture, (TokenRange{2 * 765, 2 * 765}));
  EXPECT_EQ(ec.output, (TokenRange{2 * kShortReplyDirect, 2 * 200}));
  EXPECT_EQ(ec.cost->low_nanos, 2 * ((765 + kText.low) * 1000 + kShortReplyDirect * 10'000));
  EXPECT_EQ(ec.cost->high_nanos, 2 * ((765 + kText.high) * 1000 + 200 * 10'000));
  EXPECT_EQ(ec.most_nanos, 2 * ((765 + 22 + kMostFraming) * 1000 + 200 * 10'000));
  EXPECT_EQ(result.tasks[1].pictures, 0u);
  EXPECT_EQ(result.total.requests, 3u);
  EXPECT_EQ(result.total.cost->high_nanos, ec.cost->high_nanos + result.tasks[1].cost->high_nanos);
  EXPECT_EQ(result.total.text.high, 3 * kText.high);
}

TEST_F(ForecastTest, is_never_free_where_the_price_is_not_known) {
  plan_for({with_picture("e1")}, {"EC"});
  options_.price = nullptr;
  const ForecastRow total = make().total;
  EXPECT_FALSE(total.cost.has_value());
  EXPECT_FALSE(total.picture.has_value());
  EXPECT_EQ(total.pictures, 1u);
  EXPECT_TRUE(to_json_object(make()).at("total").at("cost_usd").is_null());
  EXPECT_TRUE(to_json_object(make()).at("price").is_null());
}

TEST_F(ForecastTest, leaves_out_what_the_journal_settles) {
  plan_for({with_picture("e1"), with_picture("e2"), with_picture("e3")}, {"EC"}, 2);
  Journal journal = Journal::temporary().value();
  const auto& items = plan_->items();
  ASSERT_TRUE(journal.append({plan_->key(items[0]), "EC", 1, answered_reply("4")}).has_value());
  ASSERT_TRUE(journal.append({plan_->key(items[1]), "EC", 1, failed_reply(Failure::server, "503")})
                  .has_value());
  options_.journal = &journal;
  const ForecastRow total = make().total;
  EXPECT_EQ(total.samples, 3u);
  EXPECT_EQ(total.requests, 6u);
  EXPECT_EQ(total.to_send, 5u) << "what failed is sent again";
  EXPECT_EQ(total.pictures, 5u);
}

TEST_F(ForecastTest, takes_nothing_where_all_is_settled) {
  plan_for({testing::count_sample("e1")}, {"EC"});
  Journal journal = Journal::temporary().value();
  ASSERT_TRUE(
      journal.append({plan_->key(plan_->items()[0]), "EC", 1, answered_reply("4")}).has_value());
  options_.journal = &journal;
  options_.rpm = 1;
  const ForecastRow total = make().total;
  EXPECT_EQ(total.time.high, 0);
  EXPECT_EQ(total.cost->high_nanos, 0);
}

// 3 requests, 2 at once: two rounds of 1 s + 5 / 100 s, of 5 s + 200 / 20 s.
TEST_F(ForecastTest, takes_the_time_of_the_tightest_limit) {
  plan_for({testing::count_sample("e1"), testing::count_sample("e2"), testing::count_sample("e3")},
           {"EC"});
  EXPECT_NEAR(make().total.time.low, 2 * 1.05, 1e-9);
  EXPECT_NEAR(make().total.time.high, 2 * 15.0, 1e-9);
  options_.rpm = 1;  // the third is sent after two minutes
  EXPECT_NEAR(make().total.time.low, 120 + 1.05, 1e-9);
  options_.rpm.reset();
  options_.tpm = 10;
  const double tokens = static_cast<double>(kText.low + kShortReplyDirect);
  EXPECT_NEAR(make().total.time.low, 2 * tokens / 10 * 60 + 1.05, 1e-9);
}

TEST_F(ForecastTest, says_what_difference_can_be_seen) {
  std::vector<Sample> samples;
  for (int i = 0; i < 100; ++i) samples.push_back(testing::count_sample("e" + std::to_string(i)));
  plan_for(samples, {"EC"}, 3);
  EXPECT_DOUBLE_EQ(make().total.detectable.value(), detectable_difference(100).value())
      << "repeats of a sample are not samples";
  EXPECT_DOUBLE_EQ(make().total.detectable_paired.value(),
                   detectable_paired_difference(100, kDiscordantShare).value());
  for (std::size_t i = 0; i < samples.size(); ++i) samples[i].cluster = std::to_string(i / 2);
  plan_for(samples, {"EC"});
  EXPECT_DOUBLE_EQ(make().total.design_effect, 1 + kClusterCorrelation);
  EXPECT_DOUBLE_EQ(make().total.detectable.value(),
                   detectable_difference(100 / (1 + kClusterCorrelation)).value());
}

TEST_F(ForecastTest, is_a_document_with_a_schema) {
  plan_for({with_picture("e1")}, {"EC"});
  options_.rpm = 60;
  const json::object object = to_json_object(make());
  EXPECT_EQ(object.at("schema"), kForecastSchema);
  EXPECT_EQ(object.at("limits"), (json::value{{"concurrency", 2}, {"rpm", 60u}, {"tpm", nullptr}}));
  const json::object& row = object.at("tasks").at("EC").as_object();
  EXPECT_EQ(row, object.at("total").as_object());
  EXPECT_EQ(row.at("picture_tokens"), (json::value{{"low", 765}, {"high", 765}}));
  EXPECT_DOUBLE_EQ(row.at("cost_usd").at("low").as_double(),
                   ((765 + kText.low) * 1e-6 + kShortReplyDirect * 1e-5));
  EXPECT_EQ(object.at("price").at("as_of"), "2026-11-05");
}

}  // namespace
}  // namespace stareval
