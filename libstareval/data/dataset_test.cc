// Datasets on disk. By hand: each refusal. Properties: what is written is read back with the digest
// that was stated; formatting does not change the digest, and every field does.
#include "libstareval/data/dataset.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <set>

#include "libstareval/base/random.h"
#include "libstareval/base/text.h"
#include "tests/support/errors.h"
#include "tests/support/samples.h"

namespace stareval {
namespace {

using testing::count_sample;
using testing::error_code;
using testing::error_text;
using testing::read_bytes;
using testing::TempFolder;
using testing::write_bytes;

class DatasetTest : public ::testing::Test {
 protected:
  // Two samples with pictures, written to the folder.
  void SetUp() override {
    std::vector<Sample> samples{count_sample("a"), count_sample("b", "RC")};
    for (Sample& sample : samples) testing::add_picture(sample, folder_.path());
    dataset_ = testing::make_dataset(std::move(samples), folder_.path());
    ASSERT_EQ(error_text(write_dataset(dataset_, {{"description", "two"}})), "(no error)");
  }

  [[nodiscard]] Result<Dataset> read() const { return read_dataset(folder_.path(), "test"); }
  [[nodiscard]] std::string lines() const { return read_bytes(folder_ / "test.jsonl"); }
  [[nodiscard]] std::string place(const std::string& name) const {
    return (folder_ / name).string();
  }

  void put_lines(const std::string& text) const { write_bytes(folder_ / "test.jsonl", text); }
  void put_manifest(const std::string& text) const { write_bytes(folder_ / "dataset.json", text); }

  const TempFolder folder_;
  Dataset dataset_;
};

TEST_F(DatasetTest, is_read_as_it_was_written) {
  const Dataset read = this->read().value();
  EXPECT_EQ(read.name, "little");
  EXPECT_EQ(read.version, "1");
  EXPECT_EQ(read.split, "test");
  EXPECT_EQ(read.folder, folder_.path());
  EXPECT_EQ(read.digest, dataset_.digest);
  ASSERT_EQ(read.samples.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i)
    EXPECT_EQ(to_json(to_json_object(read.samples[i])),
              to_json(to_json_object(dataset_.samples[i])));
}

TEST_F(DatasetTest, states_its_splits_and_what_it_is_about) {
  EXPECT_EQ(read_bytes(folder_ / "dataset.json"),
            "{\n"
            "  \"schema\": \"stareval.dataset/1\",\n"
            "  \"name\": \"little\",\n"
            "  \"version\": \"1\",\n"
            "  \"description\": \"two\",\n"
            "  \"splits\": {\n"
            "    \"test\": {\n"
            "      \"file\": \"test.jsonl\",\n"
            "      \"samples\": 2,\n"
            "      \"digest\": \"" +
                dataset_.digest +
                "\",\n"
                "      \"seal\": \"" +
                sha256(sha256(lines()) + " " + dataset_.digest) +
                "\"\n"
                "    }\n"
                "  }\n"
                "}\n");
}

TEST_F(DatasetTest, keeps_a_split_when_another_is_written_beside_it) {
  Dataset train = dataset_;
  train.split = "train";
  train.samples.pop_back();
  ASSERT_TRUE(write_dataset(train, {}).has_value());
  EXPECT_EQ(read().value().digest, dataset_.digest);
  EXPECT_EQ(read_dataset(folder_.path(), "train").value().samples.size(), 1u);
}

std::set<std::string> names_in(const std::filesystem::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    names.insert(entry.path().filename().string());
  return names;
}

TEST_F(DatasetTest, written_sample_by_sample_has_the_digest_of_all) {
  SplitWriter writer(folder_.path(), "train");
  ASSERT_TRUE(writer.open().has_value());
  for (const Sample& sample : dataset_.samples) ASSERT_TRUE(writer.add(sample).has_value());
  EXPECT_FALSE(std::filesystem::exists(folder_ / "train.jsonl"));
  const SplitInfo info = writer.publish().value();
  writer.settle();
  EXPECT_EQ(info.digest, dataset_.digest);
  EXPECT_EQ(info.samples, 2u);
  EXPECT_EQ(read_bytes(folder_ / "train.jsonl"), lines());
}

TEST_F(DatasetTest, leaves_a_split_as_it_was_where_another_is_not_published) {
  const std::string before = lines();
  {
    SplitWriter writer(folder_.path(), "test");
    ASSERT_TRUE(writer.open().has_value());
    ASSERT_TRUE(writer.add(dataset_.samples[0]).has_value());
  }
  EXPECT_EQ(lines(), before);
  EXPECT_EQ(names_in(folder_.path()),
            (std::set<std::string>{"dataset.json", "images", "test.jsonl"}));
}

TEST_F(DatasetTest, comes_back_where_a_published_split_is_not_settled) {
  const std::string before = lines();
  {
    SplitWriter writer(folder_.path(), "test");
    ASSERT_TRUE(writer.open().has_value());
    ASSERT_TRUE(writer.publish().has_value());
    EXPECT_EQ(lines(), "");
  }
  EXPECT_EQ(lines(), before);
  EXPECT_EQ(names_in(folder_.path()),
            (std::set<std::string>{"dataset.json", "images", "test.jsonl"}));
}

TEST_F(DatasetTest, that_cannot_be_written_is_an_error) {
  SplitWriter writer("/dev/null/x", "test");
  EXPECT_EQ(error_code(writer.open()), ErrorCode::io);
}

TEST_F(DatasetTest, with_fractions_in_its_meta_keeps_its_digest) {
  Random random(1);
  for (int i = 0; i < 300; ++i)
    dataset_.samples[0].meta[std::to_string(i)] = random.uniform() * 360;
  dataset_.samples[0].meta["zero"] = -0.0;
  ASSERT_TRUE(write_dataset(dataset_, {}).has_value());
  EXPECT_EQ(error_text(read()), "(no error)");
}

TEST_F(DatasetTest, may_hold_blank_lines_and_lines_that_end_in_crlf) {
  const std::string plain = lines();
  std::string text = "\n  \r\n";
  for (const std::string_view line : split(plain, '\n'))
    text += std::string(line) + (line.empty() ? "" : "\r\n\t\n");
  put_lines(text);
  EXPECT_EQ(read().value().digest, dataset_.digest);
}

TEST_F(DatasetTest, may_lack_its_last_line_feed) {
  std::string text = lines();
  text.pop_back();
  put_lines(text);
  EXPECT_EQ(read().value().samples.size(), 2u);
}

TEST_F(DatasetTest, keeps_its_digest_under_another_order_of_keys_and_more_white_space) {
  std::string text;
  for (const Sample& sample : dataset_.samples) {
    const json::object record = to_json_object(sample);
    std::string members;
    for (auto entry = record.end(); entry != record.begin();) {
      --entry;
      members += (members.empty() ? " " : " ,\t") + to_json(json::string(entry->key())) + " : " +
                 to_json(entry->value());
    }
    text += "{" + members + " }\n";
  }
  ASSERT_NE(text, lines());
  put_lines(text);
  EXPECT_EQ(read().value().digest, dataset_.digest);
}

TEST_F(DatasetTest, that_was_edited_is_refused_with_both_digests) {
  std::string text = lines();
  text.replace(text.find("How many"), 8, "How much");
  put_lines(text);
  Dataset changed = dataset_;
  changed.samples[0].question = "How much are there?";
  EXPECT_EQ(error_code(read()), ErrorCode::mismatch);
  EXPECT_EQ(error_text(read()),
            place("test.jsonl") + ": expected the digest " + dataset_.digest +
                " that dataset.json states, found " + dataset_digest(changed.samples) +
                ": the file was changed after it was made; restore it, or make the dataset anew");
}

// The seal, which spares digesting the content, ties the two: neither can be changed alone.
TEST_F(DatasetTest, that_states_another_digest_is_refused_though_its_file_is_as_it_was) {
  std::string manifest = read_bytes(folder_ / "dataset.json");
  const std::string other = sha256("other");
  manifest.replace(manifest.find(dataset_.digest), other.size(), other);
  put_manifest(manifest);
  EXPECT_EQ(error_code(read()), ErrorCode::mismatch);
}

TEST_F(DatasetTest, without_a_stated_digest_is_read_all_the_same) {
  put_manifest(
      R"({"schema":"stareval.dataset/1","name":"n","splits":{"test":{"file":"test.jsonl"}}})");
  EXPECT_EQ(read().value().digest, dataset_.digest);
}

TEST_F(DatasetTest, with_an_id_twice_is_refused_with_both_lines) {
  put_lines(lines() + lines());
  EXPECT_EQ(error_code(read()), ErrorCode::bad_data);
  EXPECT_EQ(error_text(read()),
            place("test.jsonl") +
                ":3: field \"id\": expected an id of its own, found \"a\" again "
                "(first in line 1)");
}

TEST_F(DatasetTest, with_a_broken_line_is_refused_with_its_number) {
  put_lines("\n" + lines() + "{\"id\":\n");
  EXPECT_EQ(error_text(read()),
            place("test.jsonl") + ":4: expected JSON, found something else (incomplete JSON)");
}

TEST_F(DatasetTest, that_is_not_there_is_refused_with_what_to_do) {
  const auto missing = read_dataset(folder_ / "none", "test");
  EXPECT_EQ(error_code(missing), ErrorCode::io);
  EXPECT_EQ(error_text(missing),
            "dataset " + place("none") +
                ": no dataset.json there; name a folder that `star-eval synth` made, or a dataset "
                "of `star-eval list datasets`");
  EXPECT_EQ(error_code(read_dataset(folder_ / std::string(5000, 'x'), "test")), ErrorCode::io);
}

TEST_F(DatasetTest, without_the_split_is_refused_with_those_it_has) {
  const auto missing = read_dataset(folder_.path(), "train");
  EXPECT_EQ(error_code(missing), ErrorCode::usage);
  EXPECT_EQ(error_text(missing), "dataset little: no split \"train\"; it has: test");
}

TEST_F(DatasetTest, without_the_file_of_a_split_is_refused) {
  std::filesystem::remove(folder_ / "test.jsonl");
  EXPECT_EQ(error_code(read()), ErrorCode::io);
  EXPECT_EQ(error_text(read()),
            "cannot read " + place("test.jsonl") + ": No such file or directory");
}

TEST_F(DatasetTest, of_another_schema_is_refused) {
  put_manifest(R"({"schema":"stareval.dataset/2"})");
  EXPECT_EQ(error_text(read()),
            place("dataset.json") +
                ": field \"schema\": expected stareval.dataset/1, found \"stareval.dataset/2\"");
}

TEST_F(DatasetTest, with_a_file_outside_of_its_folder_is_refused) {
  for (const char* file : {"../test.jsonl", "/etc/passwd", ""}) {
    put_manifest(
        to_json(json::object{{"schema", kDatasetSchema},
                             {"name", "n"},
                             {"splits", json::object{{"test", json::object{{"file", file}}}}}}));
    EXPECT_EQ(error_text(read()), place("dataset.json") +
                                      ": field \"splits.test.file\": expected a path inside the "
                                      "folder, found \"" +
                                      file + "\"");
  }
}

TEST_F(DatasetTest, is_not_written_to_a_split_outside_of_its_folder) {
  dataset_.split = "../test";
  EXPECT_EQ(
      error_text(write_dataset(dataset_, {})),
      "dataset " + dataset_.folder.string() + ": expected a name for the split, found \"../test\"");
}

TEST(DatasetDigest, of_no_samples_is_that_of_nothing) { EXPECT_EQ(dataset_digest({}), sha256("")); }

TEST(DatasetDigest, is_made_as_the_format_says) {
  std::vector<Sample> samples{count_sample("a"), count_sample("b")};
  samples[0].images = {{"a.png", "sha256:1", 1, 1}, {"b.png", "sha256:2", 1, 1}};
  const auto record = [&](std::size_t i) {
    return sha256(to_canonical_json(to_json_object(samples[i])));
  };
  EXPECT_EQ(dataset_digest(samples), sha256(record(0) + " sha256:1 sha256:2\n" + record(1) + "\n"));
}

TEST(DatasetDigest, depends_on_the_order_of_the_samples) {
  const std::vector<Sample> one{count_sample("a"), count_sample("b")};
  const std::vector<Sample> other{count_sample("b"), count_sample("a")};
  EXPECT_NE(dataset_digest(one), dataset_digest(other));
}

TEST(DatasetDigest, changes_with_every_field) {
  using Edit = std::function<void(Sample&)>;
  const std::vector<Edit> edits{
      [](Sample& s) { s.id += "x"; },
      [](Sample& s) { s.task = "RC"; },
      [](Sample& s) { s.question += " "; },
      [](Sample& s) { s.images[0].path += "x"; },
      [](Sample& s) { s.images[0].digest += "0"; },
      [](Sample& s) { ++s.images[0].width; },
      [](Sample& s) { s.images.clear(); },
      [](Sample& s) { s.choices = {"a"}; },
      [](Sample& s) { s.gold = CountGold{5}; },
      [](Sample& s) { s.gold = ChoiceGold{4}; },
      [](Sample& s) { s.graph.entities[0].picture = false; },
      [](Sample& s) { std::swap(s.graph.triples[0], s.graph.triples[1]); },
      [](Sample& s) { s.change.kind = Change::Kind::mask_entity; },
      [](Sample& s) { s.rationale += "x"; },
      [](Sample& s) { s.cluster += "x"; },
      [](Sample& s) { s.split = "train"; },
      [](Sample& s) { s.meta["a"] = 1; }};
  Sample sample = count_sample("a");
  sample.images = {{"a.png", "sha256:0", 1, 1}};
  std::vector<std::string> digests{dataset_digest({&sample, 1})};
  for (const Edit& edit : edits) {
    Sample edited = sample;
    edit(edited);
    digests.push_back(dataset_digest({&edited, 1}));
  }
  for (std::size_t i = 0; i < digests.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(digests[i], digests[j]) << i << " " << j;
}

}  // namespace
}  // namespace stareval
