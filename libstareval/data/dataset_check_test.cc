// The check of a whole dataset: each kind of fault is named, worked out by hand, and none hides
// another.
#include "libstareval/data/dataset_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/samples.h"

namespace stareval {
namespace {

using testing::count_sample;
using ::testing::ElementsAre;
using testing::error_code;
using testing::error_text;
using ::testing::IsEmpty;
using testing::read_bytes;
using testing::TempFolder;
using testing::write_bytes;

class DatasetCheckTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::vector<Sample> samples;
    for (const char* id : {"a", "b", "c", "d", "e"}) {
      samples.push_back(count_sample(id));
      testing::add_picture(samples.back(), folder_.path());
    }
    dataset_ = testing::make_dataset(std::move(samples), folder_.path());
    write();
  }

  void write() { ASSERT_EQ(error_text(write_dataset(dataset_, {})), "(no error)"); }

  [[nodiscard]] SplitCheck check() const {
    const auto checked = check_dataset(folder_.path());
    EXPECT_EQ(error_text(checked), "(no error)");
    EXPECT_EQ(checked->splits.size(), 1u);
    EXPECT_EQ(checked->ok(), checked->splits.at(0).problems.empty());
    return checked->splits.at(0);
  }

  [[nodiscard]] std::string place(const std::string& name) const {
    return (folder_ / name).string();
  }

  const TempFolder folder_;
  Dataset dataset_;
};

TEST_F(DatasetCheckTest, finds_nothing_in_a_good_dataset) {
  const SplitCheck split = check();
  EXPECT_THAT(split.problems, IsEmpty());
  EXPECT_EQ(split.split, "test");
  EXPECT_EQ(split.samples, 5u);
  EXPECT_EQ(split.pictures, 5u);
  EXPECT_EQ(split.digest, dataset_.digest);
  EXPECT_EQ(check_dataset(folder_.path()).value().name, "little");
}

TEST_F(DatasetCheckTest, names_every_broken_line_and_goes_on) {
  std::string lines = read_bytes(folder_ / "test.jsonl");
  const std::string first = lines.substr(0, lines.find('\n') + 1);
  write_bytes(folder_ / "test.jsonl", "{\n" + lines + "[]\n" + "{\"id\":\"x\"}\n" + first);
  const std::string file = place("test.jsonl");
  const SplitCheck split = check();
  EXPECT_THAT(split.problems,
              ElementsAre(file + ":1: expected JSON, found something else (incomplete JSON)",
                          file + ":7: expected a JSON object, found an array",
                          file + ":8: field \"task\": expected a string, found nothing",
                          file + ":9: field \"id\": expected an id of its own, found \"a\" again "
                                 "(first in line 2)"));
  EXPECT_EQ(split.samples, 5u);
  EXPECT_EQ(split.digest, "");
}

TEST_F(DatasetCheckTest, names_every_broken_picture_and_goes_on) {
  std::filesystem::remove(folder_ / "images/a.png");
  write_bytes(folder_ / "images/b.png", "");
  std::string cut = read_bytes(folder_ / "images/c.png");
  cut.pop_back();
  write_bytes(folder_ / "images/c.png", cut);
  const std::string other = testing::make_png(8, 6, 'z');
  write_bytes(folder_ / "images/d.png", other);
  EXPECT_THAT(
      check().problems,
      ElementsAre("sample a: picture " + place("images/a.png") +
                      ": the file is missing; restore it, or make the dataset anew",
                  "sample b: picture " + place("images/b.png") +
                      ": the file is empty; restore it, or make the dataset anew",
                  "sample c: picture " + place("images/c.png") +
                      ": the PNG ends before its last chunk; restore it, or make the dataset anew",
                  "sample d: picture " + place("images/d.png") + ": expected the digest " +
                      dataset_.samples[3].images[0].digest + ", found " + sha256(other)));
  EXPECT_EQ(check().pictures, 5u);
}

TEST_F(DatasetCheckTest, names_a_picture_of_another_size) {
  dataset_.samples[1].images[0].width = 9;
  write();
  EXPECT_THAT(check().problems, ElementsAre("sample b: picture " + place("images/b.png") +
                                            ": expected 9 x 6 pixels, found 8 x 6"));
}

TEST_F(DatasetCheckTest, names_a_picture_whose_name_is_too_long) {
  dataset_.samples[1].images[0].path = std::string(5000, 'x');
  write();
  EXPECT_THAT(check().problems,
              ElementsAre("sample b: picture " + place(std::string(5000, 'x')) +
                          ": the file is missing; restore it, or make the dataset anew"));
}

TEST_F(DatasetCheckTest, names_an_edited_file) {
  std::string lines = read_bytes(folder_ / "test.jsonl");
  lines.replace(lines.find("How many"), 8, "How much");
  write_bytes(folder_ / "test.jsonl", lines);
  dataset_.samples[0].question = "How much are there?";
  const std::string found = dataset_digest(dataset_.samples);
  EXPECT_THAT(check().problems, ElementsAre(place("test.jsonl") + ": expected the digest " +
                                            dataset_.digest + " that dataset.json states, found " +
                                            found + ": the file was changed after it was made"));
}

TEST_F(DatasetCheckTest, names_a_missing_file_of_a_split) {
  std::filesystem::remove(folder_ / "test.jsonl");
  EXPECT_THAT(check().problems,
              ElementsAre("cannot read " + place("test.jsonl") + ": No such file or directory"));
}

TEST_F(DatasetCheckTest, names_a_bad_entry_of_a_split) {
  const auto with = [&](const char* entry) {
    write_bytes(folder_ / "dataset.json",
                std::string(R"({"schema":"stareval.dataset/1","name":"n","splits":{"test":)") +
                    entry + "}}");
    return check().problems;
  };
  const std::string place_of = place("dataset.json") + ": field \"splits.test";
  EXPECT_THAT(with("{}"), ElementsAre(place_of + ".file\": expected a string, found nothing"));
  EXPECT_THAT(with("7"), ElementsAre(place_of + "\": expected an object, found an integer"));
  EXPECT_THAT(with(R"({"file":"../x"})"),
              ElementsAre(place_of + ".file\": expected a path inside the folder, found \"../x\""));
  EXPECT_THAT(with(R"({"file":"test.jsonl","digest":7})"),
              ElementsAre(place_of + ".digest\": expected a string, found an integer"));
}

TEST_F(DatasetCheckTest, checks_every_split) {
  Dataset train = dataset_;
  train.split = "train";
  ASSERT_TRUE(write_dataset(train, {}).has_value());
  std::filesystem::remove(folder_ / "images/a.png");
  const DatasetCheck checked = check_dataset(folder_.path()).value();
  ASSERT_EQ(checked.splits.size(), 2u);
  EXPECT_EQ(checked.splits[0].problems.size(), 1u);
  EXPECT_EQ(checked.splits[1].problems.size(), 1u);
  EXPECT_FALSE(checked.ok());
}

TEST_F(DatasetCheckTest, refuses_a_folder_without_a_manifest_that_can_be_read) {
  EXPECT_EQ(error_code(check_dataset(folder_ / "none")), ErrorCode::io);
  write_bytes(folder_ / "dataset.json",
              R"({"schema":"stareval.dataset/1","name":"n","splits":{}})");
  EXPECT_EQ(error_text(check_dataset(folder_.path())),
            place("dataset.json") + ": field \"splits\": expected at least one split, found none");
  write_bytes(folder_ / "dataset.json", "nonsense");
  EXPECT_EQ(error_code(check_dataset(folder_.path())), ErrorCode::bad_data);
}

}  // namespace
}  // namespace stareval
