// Shards and their merging. Properties: every sample is in exactly one shard; merged in any order,
// the journal is byte for byte the same, and scores as the run in one piece does. Refusals by hand.
#include "libstareval/run/merge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "libstareval/run/evaluation.h"
#include "libstareval/run/manifest.h"
#include "libstareval/run/scoring.h"
#include "tests/support/errors.h"
#include "tests/support/fake_protocol.h"
#include "tests/support/samples.h"
#include "tests/support/scripted_backend.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;
using testing::error_code;
using testing::error_text;
using testing::ImmediateBackend;
using testing::read_bytes;
using testing::TempFolder;

class MergeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::vector<Sample> samples;
    for (int i = 0; i < 30; ++i) {
      samples.push_back(testing::count_sample("s" + std::to_string(i)));
      testing::add_picture(samples.back(), folder_.path());
    }
    dataset_ = testing::make_dataset(std::move(samples), folder_.path());
  }

  // Evaluate with these options into folder_/name; gives the summary as JSON.
  std::string run(const std::string& name, std::optional<Shard> shard,
                  const std::string& model = "m") {
    Evaluation evaluation;
    evaluation.plan.tasks = {"EC"};
    evaluation.plan.model = model;
    evaluation.plan.shard = shard;
    evaluation.keep = true;
    evaluation.folder = folder_ / name;
    evaluation.runner.retry.first_delay = std::chrono::milliseconds(1);
    ImmediateBackend backend([](const Request& request, int attempt) {
      if (request.sample_id == "s7" && attempt == 1) return failed_reply(Failure::server, "500");
      return answered_reply(request.sample_id.size() == 2 ? "3" : "4");
    });
    const auto result = evaluate(registry_, dataset_, backend, evaluation);
    EXPECT_EQ(error_text(result), "(no error)");
    return read_bytes(folder_ / name / "summary.json");
  }

  [[nodiscard]] std::vector<fs::path> folders(std::initializer_list<const char*> names) const {
    std::vector<fs::path> all;
    for (const char* name : names) all.push_back(folder_ / name);
    return all;
  }

  // The summary of a run folder, from its journal alone.
  [[nodiscard]] std::string score(const std::string& name) const {
    const Manifest manifest = read_manifest(folder_ / name).value();
    const Plan plan = Plan::make(registry_, dataset_, plan_options(manifest)).value();
    const Journal journal = Journal::open_for_reading(folder_ / name / "replies.jsonl").value();
    return score_run(plan, manifest, journal)->summary_json();
  }

  const TempFolder folder_;
  const Registry registry_ = testing::fake_registry();
  Dataset dataset_;
};

TEST(Shard, puts_each_sample_into_exactly_one_part) {
  std::map<int, int> sizes;
  for (int i = 0; i < 400; ++i) {
    int holders = 0;
    for (int index = 1; index <= 4; ++index)
      if (Shard{index, 4}.holds(testing::count_sample("s" + std::to_string(i)))) {
        ++holders;
        ++sizes[index];
      }
    ASSERT_EQ(holders, 1) << i;
  }
  for (const auto& [index, size] : sizes) EXPECT_NEAR(size, 100, 40) << index;
}

TEST(Shard, is_read_and_written_as_index_of_count) {
  const Shard shard = parse_shard("2/4").value();
  EXPECT_EQ(shard.index, 2);
  EXPECT_EQ(shard.count, 4);
  EXPECT_EQ(shard.text(), "2/4");
  for (const char* text : {"", "2", "0/4", "5/4", "2/", "/4", "2/4x", "-1/4", "1/10001", "a/b"})
    EXPECT_EQ(error_code(parse_shard(text)), ErrorCode::usage) << text;
}

TEST_F(MergeTest, shards_merge_in_any_order_to_the_summary_of_the_whole) {
  const std::string whole = run("whole", std::nullopt);
  for (int i = 1; i <= 3; ++i) run("part" + std::to_string(i), Shard{i, 3});
  auto order = folders({"part1", "part2", "part3"});
  std::string journal;
  do {
    fs::remove_all(folder_ / "merged");
    const auto report = merge_runs(order, folder_ / "merged");
    ASSERT_EQ(error_text(report), "(no error)");
    EXPECT_EQ(report->replies, 31u);  // one failed attempt
    EXPECT_EQ(report->duplicates, 0u);
    const std::string bytes = read_bytes(folder_ / "merged" / "replies.jsonl");
    if (journal.empty()) journal = bytes;
    EXPECT_EQ(bytes, journal);
    EXPECT_EQ(score("merged"), whole);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_F(MergeTest, writes_what_stands_in_several_parts_once) {
  const std::string whole = run("a", std::nullopt);
  fs::copy(folder_ / "a", folder_ / "b", fs::copy_options::recursive);
  const auto report = merge_runs(folders({"a", "b"}), folder_ / "merged");
  ASSERT_EQ(error_text(report), "(no error)");
  EXPECT_EQ(report->replies, 31u);
  EXPECT_EQ(report->duplicates, 31u);
  EXPECT_EQ(score("merged"), whole);
}

TEST_F(MergeTest, refuses_parts_of_different_runs_and_says_in_what_they_differ) {
  run("a", Shard{1, 2});
  run("b", Shard{2, 2}, "other");
  const auto report = merge_runs(folders({"a", "b"}), folder_ / "merged");
  EXPECT_EQ(error_code(report), ErrorCode::mismatch);
  EXPECT_NE(error_text(report).find(R"(model was "m", now "other")"), std::string::npos)
      << error_text(report);
  EXPECT_FALSE(fs::exists(folder_ / "merged"));
}

TEST_F(MergeTest, refuses_no_parts_a_part_as_result_and_a_result_that_holds_replies) {
  run("a", Shard{1, 2});
  run("b", Shard{2, 2});
  EXPECT_EQ(error_code(merge_runs({}, folder_ / "merged")), ErrorCode::usage);
  EXPECT_EQ(error_code(merge_runs(folders({"a", "b"}), folder_ / "a")), ErrorCode::usage);
  ASSERT_TRUE(merge_runs(folders({"a", "b"}), folder_ / "merged").has_value());
  EXPECT_EQ(error_code(merge_runs(folders({"a", "b"}), folder_ / "merged")), ErrorCode::usage);
}

TEST_F(MergeTest, refuses_a_part_that_is_named_twice_or_still_written) {
  run("a", Shard{1, 2});
  run("b", Shard{2, 2});
  EXPECT_EQ(error_code(merge_runs(folders({"a", "b", "a"}), folder_ / "merged")), ErrorCode::usage);
  const Journal writing = Journal::open(folder_ / "b" / "replies.jsonl").value();
  const auto report = merge_runs(folders({"a", "b"}), folder_ / "merged");
  EXPECT_EQ(error_code(report), ErrorCode::usage);
  EXPECT_NE(error_text(report).find("another star-eval is writing to"), std::string::npos);
}

TEST_F(MergeTest, a_shard_and_the_whole_do_not_share_a_folder) {
  run("a", Shard{1, 2});
  Manifest whole = read_manifest(folder_ / "a").value();
  EXPECT_EQ(whole.shard->text(), "1/2");
  whole.shard.reset();
  EXPECT_EQ(error_code(write_or_match(folder_ / "a", whole, true)), ErrorCode::mismatch);
}

}  // namespace
}  // namespace stareval
