// Outcomes and failures: their names and what counts, by hand.
#include "libstareval/model/outcome.h"

#include <gtest/gtest.h>

#include <set>

#include "libstareval/model/reply.h"

namespace stareval {
namespace {

TEST(Outcome, stands_in_the_list_at_the_place_of_its_value) {
  for (std::size_t i = 0; i < kOutcomes.size(); ++i)
    EXPECT_EQ(static_cast<std::size_t>(kOutcomes[i]), i);
}

TEST(Outcome, is_read_back_from_its_name) {
  std::set<std::string_view> names;
  for (const Outcome outcome : kOutcomes) {
    names.insert(to_string(outcome));
    EXPECT_EQ(parse_outcome(to_string(outcome)), outcome);
  }
  EXPECT_EQ(names.size(), kOutcomes.size());
}

TEST(Outcome, is_nothing_for_another_name) {
  for (const char* name : {"", "Answered", "answered ", "unknown"})
    EXPECT_EQ(parse_outcome(name), std::nullopt) << name;
}

TEST(Outcome, counts_where_the_model_is_what_failed) {
  const std::set<Outcome> scored{Outcome::answered, Outcome::unparsed, Outcome::ambiguous,
                                 Outcome::refused};
  for (const Outcome outcome : kOutcomes)
    EXPECT_EQ(is_scored(outcome), scored.contains(outcome)) << to_string(outcome);
}

TEST(Failure, is_worth_another_attempt_unless_it_is_permanent) {
  for (const Failure failure :
       {Failure::rate_limited, Failure::server, Failure::connection, Failure::timeout})
    EXPECT_TRUE(is_transient(failure));
  EXPECT_FALSE(is_transient(Failure::permanent));
  EXPECT_FALSE(is_transient(Failure::none));
}

TEST(Reply, that_failed_is_an_api_error_without_text) {
  const Reply reply = failed_reply(Failure::server, "500");
  EXPECT_EQ(reply.outcome, Outcome::api_error);
  EXPECT_EQ(reply.failure, Failure::server);
  EXPECT_EQ(reply.error, "500");
  EXPECT_EQ(reply.text, "");
}

TEST(Reply, that_answers_has_no_failure) {
  const Reply reply = answered_reply("7");
  EXPECT_EQ(reply.outcome, Outcome::answered);
  EXPECT_EQ(reply.failure, Failure::none);
  EXPECT_EQ(reply.text, "7");
}

}  // namespace
}  // namespace stareval
