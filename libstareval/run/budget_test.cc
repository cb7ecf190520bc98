// The budget. Cases by hand; as a property, over random requests, replies and orders: what is spent
// and reserved never passes the cap, and where no bill is above its reservation, neither do the
// bills.
#include "libstareval/run/budget.h"

#include <gtest/gtest.h>

#include <vector>

#include "libstareval/base/random.h"
#include "tests/support/errors.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;

Price simple_price() {
  Price price;
  price.input = 1'000'000;  // 1000 nano-dollars a token
  price.cached_input = 100'000;
  price.output = 4'000'000;
  price.pictures = {PictureRule::Kind::per_picture, 0, 50, 0, 0, 1, 1};
  return price;
}

Request ask(const std::string& id, std::size_t bytes = 72, int max_tokens = 100) {
  Request request;
  request.sample_id = id;
  request.messages = {{"user", {TextPart{std::string(bytes, 'x')}}}};
  request.decoding.max_tokens = max_tokens;
  return request;
}

// 72 bytes and 128 of framing at 1000, 100 tokens at 4000.
constexpr std::int64_t kMost = 600'000;

Reply answer(std::int64_t input, std::int64_t output, std::int64_t cached = 0) {
  Reply reply = answered_reply("4");
  reply.usage = {input, output, cached, 0};
  return reply;
}

TEST(Budget, reserves_every_byte_every_picture_and_max_tokens) {
  EXPECT_EQ(most_cost_nanos(simple_price(), ask("a")), kMost);
  Request request = ask("a");
  request.messages[0].parts.emplace_back(ImagePart{"a.png", ""});
  EXPECT_EQ(most_cost_nanos(simple_price(), request), kMost + 50'000);
}

TEST(Budget, admits_up_to_the_cap_and_not_a_nano_dollar_above) {
  Budget exact(2 * kMost, simple_price(), 0);
  EXPECT_TRUE(exact.admit(ask("a")));
  EXPECT_TRUE(exact.admit(ask("b")));
  EXPECT_EQ(exact.reserved(), 2 * kMost);
  EXPECT_FALSE(exact.exhausted());
  EXPECT_FALSE(exact.admit(ask("c")));
  EXPECT_TRUE(exact.exhausted());
  Budget short_by_one(2 * kMost - 1, simple_price(), 0);
  EXPECT_TRUE(short_by_one.admit(ask("a")));
  EXPECT_FALSE(short_by_one.admit(ask("b")));
}

TEST(Budget, counts_what_earlier_runs_spent) {
  Budget budget(2 * kMost, simple_price(), kMost + 1);
  EXPECT_FALSE(budget.admit(ask("a")));
  EXPECT_EQ(budget.spent(), kMost + 1);
}

TEST(Budget, settling_makes_room_for_what_was_turned_down) {
  Budget budget(kMost + 100'000, simple_price(), 0);
  EXPECT_TRUE(budget.admit(ask("a")));
  EXPECT_FALSE(budget.admit(ask("b")));
  budget.settle(ask("a"), answer(60, 10));
  EXPECT_EQ(budget.spent(), 100'000);
  EXPECT_EQ(budget.reserved(), 0);
  EXPECT_TRUE(budget.admit(ask("b")));
  EXPECT_FALSE(budget.exhausted());
}

TEST(Budget, repeats_of_a_sample_are_attempts_of_their_own) {
  Budget budget(2 * kMost, simple_price(), 0);
  Request second = ask("a");
  second.repeat = 1;
  EXPECT_TRUE(budget.admit(ask("a")));
  EXPECT_TRUE(budget.admit(second));
  budget.settle(second, answer(60, 10));
  EXPECT_EQ(budget.reserved(), kMost);
  budget.settle(second, answer(60, 10));
  EXPECT_EQ(budget.spent(), 100'000) << "an attempt settles once";
}

TEST(Budget, charges_each_ending_by_what_is_known_of_it) {
  const Price price = simple_price();
  const auto charged = [&](const Reply& reply) { return charged_nanos(price, reply, kMost); };
  EXPECT_EQ(charged(answer(60, 10)), 100'000);
  EXPECT_EQ(charged(answer(60, 10, 50)), 55'000);
  EXPECT_EQ(charged(answer(0, 10)), kMost) << "half a usage is none";
  EXPECT_EQ(charged(answer(60, 0)), kMost);
  EXPECT_EQ(charged(answered_reply("4")), kMost);
  for (const Failure failure :
       {Failure::server, Failure::connection, Failure::timeout, Failure::permanent})
    EXPECT_EQ(charged(failed_reply(failure, "")), kMost);
  EXPECT_EQ(charged(failed_reply(Failure::rate_limited, "429")), 0);
  Reply truncated = answer(60, 100);
  truncated.outcome = Outcome::truncated;
  EXPECT_EQ(charged(truncated), 460'000);
  Reply cached = answered_reply("4");
  cached.cached = true;
  EXPECT_EQ(charged(cached), 0);
}

// The tariff above is not in the list.
TEST(Budget, turns_down_input_whose_price_is_not_known) {
  Price price = simple_price();
  price.up_to_input_tokens = 200;
  Budget budget(100 * kMost, price, 0);
  EXPECT_TRUE(budget.admit(ask("a", 72)));
  EXPECT_FALSE(budget.admit(ask("b", 73)));
}

// A picture rule that is out of date: the first bill shows it, and what follows reserves as much.
TEST(Budget, learns_from_a_bill_above_its_reservation) {
  Budget budget(10 * kMost, simple_price(), 0);
  EXPECT_TRUE(budget.admit(ask("a")));
  budget.settle(ask("a"), answer(500, 100));  // 200 were reserved
  EXPECT_EQ(budget.spent(), 900'000) << "the bill, not the reservation";
  EXPECT_TRUE(budget.admit(ask("b")));
  EXPECT_EQ(budget.reserved(), 500'000 + 400'000);
}

TEST(Budget, stops_at_a_bill_that_is_beyond_all_sense) {
  Budget budget(10 * kMost, simple_price(), 0);
  EXPECT_TRUE(budget.admit(ask("a")));
  budget.settle(ask("a"), answer(INT64_MAX, INT64_MAX));
  EXPECT_GT(budget.spent(), budget.cap());
  EXPECT_FALSE(budget.admit(ask("b")));
}

TEST(Budget, refuses_decoding_that_no_cap_can_hold) {
  Decoding decoding;
  EXPECT_EQ(error_text(check_boundable(decoding)), "(no error)");
  decoding.extra["seed"] = 1;
  EXPECT_EQ(error_text(check_boundable(decoding)), "(no error)");
  decoding.extra["n"] = 4;
  EXPECT_EQ(error_text(check_boundable(decoding)),
            "--budget: with \"n\" in the request it cannot be said what a reply costs at most; "
            "leave one of the two out");
  EXPECT_EQ(error_code(check_boundable(decoding)), ErrorCode::usage);
}

struct UnderWay {
  Request request;
  std::int64_t most;
};

// An ending as a server might give it; `bill` is what is truly charged, at most `most`.
Reply random_reply(Random& random, const UnderWay& attempt, std::int64_t& bill) {
  const auto bytes = std::get<TextPart>(attempt.request.messages[0].parts[0]).text.size();
  const int input = random.between(1, static_cast<int>(bytes) + 128);
  const int output = random.between(1, attempt.request.decoding.max_tokens);
  Reply reply = answer(input, output, random.between(0, input));
  bill = cost_nanos(simple_price(), reply.usage);
  switch (random.below(6)) {
    case 0: return failed_reply(Failure::timeout, "");  // charged, and not told
    case 1: bill = 0; return failed_reply(Failure::rate_limited, "");
    case 2: reply.usage = {}; return reply;
    case 3:
      bill = 0;
      reply.cached = true;
      return reply;
    default: return reply;
  }
}

TEST(Budget, is_never_crossed) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    const std::int64_t cap = random.between(0, 20'000'000);
    Budget budget(cap, simple_price(), 0);
    std::vector<UnderWay> under_way;
    std::int64_t billed = 0;
    for (int step = 0; step < 300; ++step) {
      if (under_way.empty() || random.chance(0.55)) {
        const Request request =
            ask(std::to_string(step), random.below(3000), random.between(1, 900));
        if (budget.admit(request))
          under_way.push_back({request, most_cost_nanos(simple_price(), request)});
      } else {
        const std::size_t which = random.below(under_way.size());
        std::int64_t bill = 0;
        const Reply reply = random_reply(random, under_way[which], bill);
        ASSERT_LE(bill, under_way[which].most);
        billed += bill;
        budget.settle(under_way[which].request, reply);
        under_way.erase(under_way.begin() + static_cast<std::ptrdiff_t>(which));
      }
      ASSERT_LE(budget.spent() + budget.reserved(), cap) << "seed " << seed;
      ASSERT_LE(billed, budget.spent()) << "seed " << seed;
    }
    EXPECT_LE(billed, cap);
  }
}

}  // namespace
}  // namespace stareval
