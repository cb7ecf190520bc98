// Datasets on disk, small and made here; M3STR as published, where it is there.
#include "engine/audit/input.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/audit/audit.h"
#include "libstareval/base/file.h"
#include "tests/support/real_data.h"
#include "tests/support/samples.h"

namespace stareval::engine {
namespace {

class AuditFolder : public ::testing::Test {
 protected:
  void write(const std::string& split, std::size_t samples) {
    std::vector<Sample> all;
    for (std::size_t i = 0; i < samples; ++i) {
      all.push_back(testing::count_sample(fmt::format("{}-{}", split, i)));
      testing::add_picture(all.back(), folder_.path());
    }
    Dataset dataset = testing::make_dataset(std::move(all), folder_.path());
    dataset.split = split;
    ASSERT_TRUE(write_dataset(dataset, {}).has_value());
  }

  Result<AuditInput> read(std::vector<std::string> splits = {}, bool open_pictures = true) {
    return read_for_audit({folder_.path(), std::move(splits), open_pictures, 2});
  }

  testing::TempFolder folder_;
};

TEST_F(AuditFolder, reads_each_split_and_its_pictures_once) {
  write("test", 3);
  write("train", 2);
  const AuditInput input = read().value();
  ASSERT_EQ(input.splits.size(), 2U);
  EXPECT_EQ(input.splits[0].items.size(), 3U);
  EXPECT_EQ(input.splits[0].pictures, 3U);
  EXPECT_TRUE(input.splits[0].broken_pictures.empty());
  const std::size_t bytes = read_file(folder_.path() / "images/test-0.png").value().size();
  EXPECT_EQ(input.splits[0].items[0].picture_bytes, static_cast<std::int64_t>(bytes));
}

TEST_F(AuditFolder, reads_the_named_splits_only) {
  write("test", 1);
  write("train", 1);
  EXPECT_EQ(read({"train"}).value().splits.at(0).name, "train");
  const auto wrong = read({"tset"});
  ASSERT_TRUE(wrong.has_error());
  EXPECT_EQ(wrong.error().code, ErrorCode::usage);
  EXPECT_EQ(wrong.error().message, "--split: little has no split \"tset\"");
}

TEST_F(AuditFolder, finds_missing_cut_and_changed_pictures) {
  write("test", 4);
  std::filesystem::remove(folder_.path() / "images/test-0.png");
  const auto cut = folder_.path() / "images/test-1.png";
  testing::write_bytes(cut, read_file(cut).value().substr(0, 20));
  testing::write_bytes(folder_.path() / "images/test-2.png",
                       read_file(folder_.path() / "images/test-3.png").value());
  const AuditSplit split = read().value().splits.at(0);
  ASSERT_EQ(split.broken_pictures.size(), 3U);
  EXPECT_EQ(split.broken_pictures[0].sample, "test-0");
  EXPECT_NE(split.broken_pictures[2].what.find("expected the digest"), std::string::npos);
  EXPECT_EQ(split.items[0].picture_bytes, -1);
}

TEST_F(AuditFolder, takes_a_broken_line_for_a_finding) {
  write("test", 2);
  const auto file = folder_.path() / "test.jsonl";
  testing::write_bytes(file, read_file(file).value() + "{\"id\": 7}\n");
  const AuditSplit split = read().value().splits.at(0);
  EXPECT_EQ(split.items.size(), 2U);
  ASSERT_EQ(split.unreadable.size(), 1U);
  EXPECT_NE(split.unreadable[0].find("test.jsonl:3"), std::string::npos);
}

TEST_F(AuditFolder, says_that_pictures_were_not_opened) {
  write("test", 1);
  const AuditInput input = read({}, false).value();
  EXPECT_EQ(input.splits[0].pictures, 0U);
  EXPECT_EQ(input.notes.size(), 1U);
}

TEST_F(AuditFolder, refuses_what_is_neither_a_dataset_nor_m3str) {
  EXPECT_EQ(read().error().code, ErrorCode::usage);
  testing::write_bytes(folder_.path() / "other.json", "{\"a\": 1}");
  EXPECT_EQ(read().error().code, ErrorCode::usage);
  EXPECT_EQ(read_for_audit({folder_.path() / "other.json", {}, true, 1}).error().code,
            ErrorCode::usage);
  EXPECT_EQ(read_for_audit({folder_.path() / "none.json", {}, true, 1}).error().code,
            ErrorCode::io);
}

TEST_F(AuditFolder, reads_files_of_m3str_beside_others) {
  testing::write_bytes(folder_.path() / "other.json", "{\"a\": 1}");
  testing::write_bytes(folder_.path() / "m.json",
                       R"([{"image_file": "0.png", "num_entity": 3, "num_relation": 1}])");
  const AuditInput input = read().value();
  ASSERT_EQ(input.splits.size(), 1U);
  EXPECT_EQ(input.splits[0].name, "m");
  EXPECT_FALSE(input.are_splits);
  EXPECT_FALSE(input.splits[0].items[0].impossible.has_value());
  EXPECT_TRUE(input.splits[0].items[1].impossible.has_value());
}

class M3strAudit : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::real_data_folder() / "m3str";
    if (!file_exists(folder_ / "task2_detection.json"))
      GTEST_SKIP() << "the files of M3STR are not in " << folder_
                   << "; set STAREVAL_REALDATA to the folder above them";
  }

  Audit audit_of(const std::string& file) {
    return audit(read_for_audit({folder_ / file, {}, true, 1}).value());
  }

  std::filesystem::path folder_;
};

const Prior& prior_named(const Audit& audit, const std::string& task, const std::string& name) {
  return *std::find_if(audit.priors.begin(), audit.priors.end(), [&](const Prior& prior) {
    return prior.task == task && prior.name == name;
  });
}

std::size_t found(const Audit& audit, const std::string& what) {
  return std::find_if(audit.checks.begin(), audit.checks.end(),
                      [&](const Check& check) { return check.what == what; })
      ->found;
}

// 56.9 % and 143 are published of these files.
TEST_F(M3strAudit, of_relation_choices_finds_what_is_known_of_them) {
  const Audit audit = audit_of("task3_relation_with_answer.json");
  EXPECT_EQ(found(audit, "duplicate options"), 143U);
  const Prior& prior = prior_named(audit, "m3str-complete-relation", "option frequency");
  EXPECT_NEAR(prior.accuracy, 0.56875, 1e-9);
  EXPECT_DOUBLE_EQ(prior.chance, 0.2);
  EXPECT_EQ(prior.verdict, Verdict::biased);
  EXPECT_EQ(prior_named(audit, "m3str-complete-relation", "gold position").verdict, Verdict::fair);
}

TEST_F(M3strAudit, of_entity_choices_finds_two_duplicate_options) {
  EXPECT_EQ(found(audit_of("task3_entity_with_answer.json"), "duplicate options"), 2U);
}

// "Always no" is known to be right 66.7 and 83.5 % of the time, of those whose picture opens.
TEST_F(M3strAudit, of_detection_finds_the_majority) {
  const Audit audit = audit_of("task2_detection.json");
  EXPECT_NEAR(prior_named(audit, "m3str-detect-entity", "majority answer").accuracy, 0.666, 0.001);
  EXPECT_NEAR(prior_named(audit, "m3str-detect-relation", "majority answer").accuracy, 0.835,
              0.001);
  EXPECT_EQ(prior_named(audit, "m3str-detect-any", "majority answer").verdict, Verdict::fair);
}

// The golds of counting stand in the results of a model only: 500 of 4,482 relation counts are 1.
TEST_F(M3strAudit, of_counting_finds_golds_that_may_not_be_answered) {
  const Audit audit = audit_of("qwen2.5-vl-3b_task1.json");
  EXPECT_EQ(found(audit, "impossible golds"), 505U);
  const auto golds = std::find_if(audit.checks.begin(), audit.checks.end(), [](const Check& check) {
    return check.what == "impossible golds";
  });
  EXPECT_EQ(golds->note, "5 of 4139 m3str-count-entity, 500 of 4482 m3str-count-relation");
}

}  // namespace
}  // namespace stareval::engine
