// Properties: no reply makes the readers of rankings, labels and names crash, answer twice in
// different ways, or take more than linear time (256 KB of any repeated piece).
#include <gtest/gtest.h>

#include <chrono>

#include "libstareval/extract/hostile_internal.h"
#include "libstareval/extract/label.h"
#include "libstareval/extract/name.h"
#include "libstareval/extract/ranking.h"

namespace stareval {
namespace {

constexpr std::size_t kLong = 1 << 18;
constexpr std::chrono::seconds kLimit{
    30};  // quadratic time takes many minutes; sanitizers are slow

// Pieces that lists are made of, besides those of hostile_internal.h.
std::vector<std::pair<std::string, std::string>> replies(std::size_t bytes) {
  auto all = extract::hostile_replies(bytes);
  for (const std::string_view unit :
       {"France > ", "1. France\n", "1. x\n", "- France\n", "| 1 | France |\n", "answer:\n1. x\n",
        "[\"France\"]", "[\"France\",", "relation: ", "relation is /a/b ", "/a/b ", "/", "a_",
        "\"a\" ", "entity is ", "Entity: France\n", "France: ", "France - ", "or "})
    all.emplace_back("many " + std::string(unit), extract::repeated(unit, bytes));
  return all;
}

template <class Read>
void survive(Read read) {
  for (const auto& [name, reply] : replies(kLong)) {
    const auto start = std::chrono::steady_clock::now();
    const auto extraction = read(reply);
    EXPECT_LT(std::chrono::steady_clock::now() - start, kLimit) << name;
    EXPECT_LE(extraction.span.end, reply.size()) << name;
  }
  for (const auto& [name, reply] : replies(3000)) {
    const auto first = read(reply);
    const auto second = read(reply);
    EXPECT_TRUE(first.status == second.status && first.span == second.span) << name;
  }
}

TEST(HostileReplies, AreSurvivedByRankings) {
  const std::vector<std::string> candidates{"France", "Spain", "St. Peter Port", "a", "x", ""};
  survive([&](const std::string& reply) { return extract_ranking(reply, candidates, true); });
}

TEST(HostileReplies, AreSurvivedByLabels) {
  const std::vector<std::string> labels{"/a/b", "none", "place of birth", ""};
  const LabelSet set(labels, {});
  survive([&](const std::string& reply) { return extract_label(reply, set); });
}

TEST(HostileReplies, AreSurvivedByNames) {
  survive([](const std::string& reply) { return extract_name(reply); });
}

}  // namespace
}  // namespace stareval
