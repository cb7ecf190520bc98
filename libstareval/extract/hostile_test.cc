// Properties: no reply makes a reader crash, answer twice in different ways, or take more than
// linear time (256 KiB of any repeated piece). The limit is wide, for sanitizers and busy machines.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>

#include "libstareval/extract/choice.h"
#include "libstareval/extract/claims.h"
#include "libstareval/extract/hostile_internal.h"
#include "libstareval/extract/number.h"
#include "libstareval/extract/refusal.h"
#include "libstareval/extract/triple.h"
#include "libstareval/extract/yes_no.h"

namespace stareval {
namespace {

constexpr std::size_t kMany = 1 << 18;      // bytes
constexpr std::chrono::seconds kLimit{15};  // quadratic time takes minutes

const Graph& graph() {
  static const Graph kGraph{
      {{"France", true}, {"Spain", false}, {"St. Peter Port", false}},
      {{"France", "borders", "Spain"}, {"France", "capital", "St. Peter Port"}}};
  return kGraph;
}

template <class Read>
void survive(Read read) {
  for (const auto& [name, reply] : extract::hostile_replies(kMany)) {
    const auto start = std::chrono::steady_clock::now();
    const auto extraction = read(reply);
    EXPECT_LT(std::chrono::steady_clock::now() - start, kLimit) << name;
    EXPECT_LE(extraction.span.end, reply.size()) << name;
  }
  for (const auto& [name, reply] : extract::hostile_replies(3000)) {
    const auto first = read(reply);
    const auto second = read(reply);
    EXPECT_TRUE(first.status == second.status && first.value == second.value &&
                first.span == second.span && first.rule == second.rule)
        << name;
  }
}

TEST(HostileReplies, AreSurvivedByCounts) {
  survive([](const std::string& reply) { return extract_count(reply); });
}

TEST(HostileReplies, AreSurvivedByYesAndNo) {
  survive([](const std::string& reply) { return extract_yes_no(reply); });
  survive([](const std::string& reply) { return extract_yes_no(reply, Asks::fault); });
}

TEST(HostileReplies, AreSurvivedByChoices) {
  const std::vector<std::string> options{"France", "Spain", "a", "7", ""};
  survive([&](const std::string& reply) { return extract_choice(reply, options); });
}

TEST(HostileReplies, AreSurvivedByTriples) {
  const Vocabulary vocabulary(graph());
  survive([&](const std::string& reply) { return extract_triple_or_none(reply, vocabulary); });
}

TEST(HostileReplies, AreSurvivedByClaims) {
  const ClaimReader reader(graph(), graph().triples,
                           "France borders Spain. France has St. Peter Port as a capital.");
  survive([&](const std::string& reply) { return reader.extract(reply); });
}

TEST(HostileReplies, AreSurvivedByRefusals) {
  for (const auto& [name, reply] : extract::hostile_replies(kMany))
    EXPECT_FALSE(is_refusal(reply)) << name;
}

}  // namespace
}  // namespace stareval
