// Plans: order, limit, repeats and requests, and the refusals, by hand.
#include "libstareval/run/plan.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/fake_protocol.h"
#include "tests/support/samples.h"

namespace stareval {
namespace {

using testing::count_sample;
using testing::error_code;
using testing::error_text;
using testing::fake_registry;
using testing::make_dataset;

Dataset mixed() {
  return make_dataset({count_sample("e1", "EC"), count_sample("r1", "RC"), count_sample("e2", "EC"),
                       count_sample("r2", "RC"), count_sample("e3", "EC")});
}

PlanOptions options_of(std::vector<std::string> tasks) {
  PlanOptions options;
  options.tasks = std::move(tasks);
  options.model = "m";
  return options;
}

std::string order_of(const Plan& plan) {
  std::string order;
  for (const PlanItem& item : plan.items())
    order += item.sample->id + "#" + std::to_string(item.repeat) + " ";
  return order;
}

TEST(Plan, asks_task_by_task_in_the_order_of_the_options_and_of_the_file) {
  const Dataset dataset = mixed();
  const Plan plan = Plan::make(fake_registry(), dataset, options_of({"RC", "EC"})).value();
  EXPECT_EQ(order_of(plan), "r1#0 r2#0 e1#0 e2#0 e3#0 ");
  EXPECT_EQ(&plan.dataset(), &dataset);
}

TEST(Plan, takes_the_first_samples_of_each_task_up_to_the_limit) {
  const Dataset dataset = mixed();
  PlanOptions options = options_of({"EC", "RC"});
  options.limit = 2;
  EXPECT_EQ(order_of(Plan::make(fake_registry(), dataset, options).value()),
            "e1#0 e2#0 r1#0 r2#0 ");
  options.limit = 100;
  EXPECT_EQ(Plan::make(fake_registry(), dataset, options)->items().size(), 5u);
}

// Asks with the text alone.
class BlindProtocol : public testing::FakeProtocol {
 public:
  using FakeProtocol::FakeProtocol;
  [[nodiscard]] Prompt prompt(const Sample& sample) const override {
    Prompt prompt = FakeProtocol::prompt(sample);
    prompt.pictures = false;
    return prompt;
  }
};

TEST(Plan, leaves_the_picture_out_where_the_prompt_says_so) {
  const testing::TempFolder folder;
  Sample sample = count_sample("e1", "EC");
  testing::add_picture(sample, folder.path());
  const Dataset dataset = make_dataset({sample}, folder.path());
  Registry blind;
  blind.add_protocol([](const ProtocolOptions& options) -> std::unique_ptr<Protocol> {
    return std::make_unique<BlindProtocol>(options);
  });
  const Plan without = Plan::make(blind, dataset, options_of({"EC"})).value();
  const Plan with = Plan::make(fake_registry(), dataset, options_of({"EC"})).value();
  EXPECT_EQ(with.request(with.items()[0]).messages[0].parts.size(), 2u);
  const Message message = without.request(without.items()[0]).messages[0];
  ASSERT_EQ(message.parts.size(), 1u);
  EXPECT_EQ(std::get<TextPart>(message.parts[0]).text, "How many are there? e1");
  EXPECT_NE(with.key(with.items()[0]).request, without.key(without.items()[0]).request);
}

TEST(Plan, asks_each_repeat_as_a_request_of_its_own) {
  const Dataset dataset = mixed();
  PlanOptions options = options_of({"RC"});
  options.repeats = 2;
  const Plan plan = Plan::make(fake_registry(), dataset, options).value();
  EXPECT_EQ(order_of(plan), "r1#0 r1#1 r2#0 r2#1 ");
  EXPECT_NE(plan.key(plan.items()[0]).request, plan.key(plan.items()[1]).request);
}

TEST(Plan, keys_each_item_by_the_digest_of_its_request) {
  const Dataset dataset = mixed();
  const Plan plan = Plan::make(fake_registry(), dataset, options_of({"EC"})).value();
  for (const PlanItem& item : plan.items())
    EXPECT_EQ(plan.key(item).request, request_digest(plan.request(item)));
}

TEST(Plan, makes_requests_of_the_pictures_and_then_the_text) {
  const testing::TempFolder folder;
  Sample sample = count_sample("e1");
  testing::add_picture(sample, folder.path());
  const Dataset dataset = make_dataset({sample}, folder.path());
  PlanOptions options = options_of({"EC"});
  options.decoding.max_tokens = 99;
  const Plan plan = Plan::make(fake_registry(), dataset, options).value();
  const Request request = plan.request(plan.items()[0]);
  EXPECT_EQ(request.sample_id, "e1");
  EXPECT_EQ(request.model, "m");
  EXPECT_EQ(request.decoding.max_tokens, 99);
  ASSERT_EQ(request.messages.size(), 1u);
  EXPECT_EQ(request.messages[0].role, "user");
  ASSERT_EQ(request.messages[0].parts.size(), 2u);
  const auto& image = std::get<ImagePart>(request.messages[0].parts[0]);
  EXPECT_EQ(image.path, folder / "images/e1.png");
  EXPECT_EQ(image.digest, sample.images[0].digest);
  EXPECT_EQ(std::get<TextPart>(request.messages[0].parts[1]).text, "How many are there? e1");
}

TEST(Plan, puts_a_system_prompt_into_each_request_that_has_one_and_no_other) {
  const Dataset dataset = mixed();
  PlanOptions options = options_of({"RC"});
  options.mode = Mode::cot;
  const Plan plan = Plan::make(fake_registry(), dataset, options).value();
  for (const PlanItem& item : plan.items()) {
    const Request request = plan.request(item);
    ASSERT_EQ(request.messages.size(), 2u);
    EXPECT_EQ(request.messages[0].role, "system");
    EXPECT_EQ(std::get<TextPart>(request.messages[0].parts.at(0)).text, "Think first.");
  }
}

TEST(Plan, stays_whole_when_it_is_moved) {
  const Dataset dataset = mixed();
  Plan first = Plan::make(fake_registry(), dataset, options_of({"EC", "RC"})).value();
  const Plan second = std::move(first);
  for (const PlanItem& item : second.items())
    EXPECT_EQ(item.protocol, &second.protocol(item.sample->task));
}

TEST(Plan, refuses_a_task_without_samples_with_those_there_are) {
  const Dataset dataset = make_dataset({count_sample("r1", "RC"), count_sample("x", "TC")});
  const auto plan = Plan::make(fake_registry(), dataset, options_of({"EC"}));
  EXPECT_EQ(error_code(plan), ErrorCode::usage);
  EXPECT_EQ(error_text(plan),
            "dataset little: no sample of the task EC in its split test; it has: RC, TC");
}

TEST(Plan, refuses_a_task_without_protocol) {
  const Dataset dataset = mixed();
  EXPECT_EQ(error_text(Plan::make(fake_registry(), dataset, options_of({"ZZ"}))),
            "no protocol scores the task \"ZZ\"; there are: EC, RC");
}

TEST(Plan, refuses_a_task_that_is_named_twice) {
  const Dataset dataset = mixed();
  const auto plan = Plan::make(fake_registry(), dataset, options_of({"EC", "RC", "EC"}));
  EXPECT_EQ(error_code(plan), ErrorCode::usage);
  EXPECT_EQ(error_text(plan), "the task EC is asked for twice");
}

TEST(Plan, refuses_no_repeats_and_no_samples) {
  const Dataset dataset = mixed();
  PlanOptions options = options_of({"EC"});
  options.repeats = 0;
  EXPECT_EQ(error_text(Plan::make(fake_registry(), dataset, options)),
            "repeats: expected at least 1, found 0");
  options.repeats = 1;
  options.limit = 0;
  EXPECT_EQ(error_text(Plan::make(fake_registry(), dataset, options)),
            "limit: expected at least 1, found 0");
}

TEST(Plan, refuses_to_begin_where_a_picture_is_missing) {
  const testing::TempFolder folder;
  for (const std::string& name : {std::string("images/e2.png"), std::string(5000, 'x')}) {
    Sample sample = count_sample("e2");
    sample.images = {{name, "sha256:1", 1, 1}};
    const Dataset dataset = make_dataset({count_sample("e1"), sample}, folder.path());
    const auto plan = Plan::make(fake_registry(), dataset, options_of({"EC"}));
    EXPECT_EQ(error_code(plan), ErrorCode::io);
    EXPECT_EQ(error_text(plan), "dataset little: sample e2: the picture " +
                                    (folder / name).string() +
                                    " is missing; restore it, or make the dataset anew");
  }
}

}  // namespace
}  // namespace stareval
