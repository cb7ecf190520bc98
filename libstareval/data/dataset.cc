#include "libstareval/data/dataset.h"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <optional>
#include <string_view>

#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/base/file_stream.h"
#include "libstareval/base/text.h"
#include "libstareval/data/dataset_internal.h"
#include "libstareval/data/dataset_stream.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;

Error edited_by_hand(const std::string& where, const std::string& stated,
                     const std::string& found) {
  return make_error(ErrorCode::mismatch,
                    "{}: expected the digest {} that dataset.json states, found {}: the file was "
                    "changed after it was made; restore it, or make the dataset anew",
                    where, stated, found);
}

std::string known_splits(const json::object& splits) {
  std::string names;
  for (const auto& entry : splits) names += (names.empty() ? "" : ", ") + std::string(entry.key());
  return names.empty() ? "none" : names;
}

// Ties the bytes of a split's file to the digest of its content: SHA-256 of the digest of both.
// Where it holds, the content need not be digested again, which takes most of the time of reading.
Result<std::string> seal_of(const fs::path& path, const std::string& digest) {
  Sha256 bytes;
  STAREVAL_CHECK(for_each_line(path, [&](std::string_view line) -> Result<void> {
    bytes.update(line);
    bytes.update("\n");
    return {};
  }));
  return sha256(bytes.finish() + " " + digest);
}

// Hand out the samples up to the first line that cannot be read; what `take` refuses ends it too.
// The digest of all; where it is `known`, that.
Result<std::string> stream_samples(const fs::path& path, const SampleSink& take,
                                   const std::string& known) {
  DatasetDigest digest;
  std::optional<Error> first_error;
  STAREVAL_CHECK(read_lines(path, [&](Result<Sample> line) {
    if (first_error) return;
    if (line.has_error()) {
      first_error = line.error();
      return;
    }
    if (known.empty()) digest.add(*line);
    if (const auto taken = take(std::move(*line)); taken.has_error()) first_error = taken.error();
  }));
  if (first_error) return *first_error;
  return known.empty() ? digest.finish() : known;
}

// The stated digest where the seal says that it is the file's, else "".
Result<std::string> sealed_digest(const fs::path& path, const std::string& stated,
                                  const std::string& seal) {
  if (stated.empty() || seal.empty() || !file_exists(path)) return std::string();
  STAREVAL_TRY(const std::string own, seal_of(path, stated));
  return own == seal ? stated : std::string();
}

}  // namespace

Result<json::object> read_dataset_manifest(const fs::path& folder) {
  const fs::path path = folder / "dataset.json";
  if (!file_exists(path))
    return make_error(
        ErrorCode::io,
        "dataset {}: no dataset.json there; name a folder that `star-eval synth` made, "
        "or a dataset of `star-eval list datasets`",
        folder.string());
  STAREVAL_TRY(const std::string text, read_file(path));
  STAREVAL_TRY(json::object manifest, parse_json_object(text, path.string()));
  ObjectReader in(manifest, path.string());
  if (const std::string schema = in.string("schema"); schema != kDatasetSchema)
    in.fail("schema", kDatasetSchema, "\"" + schema + "\"");
  STAREVAL_CHECK(in.status());
  return manifest;
}

std::string read_split_file(ObjectReader& entry) {
  std::string file = entry.string("file");
  if (!is_inside(file)) entry.fail("file", "a path inside the folder", "\"" + file + "\"");
  return file;
}

Result<void> read_lines(const fs::path& path, const std::function<void(Result<Sample>)>& take) {
  std::map<std::string, std::size_t, std::less<>> line_of_id;
  std::size_t number = 0;
  return for_each_line(path, [&](std::string_view line) -> Result<void> {
    ++number;
    if (trim(line).empty()) return {};
    const std::string where = fmt::format("{}:{}", path.string(), number);
    const Result<json::object> record = parse_json_object(line, where);
    Result<Sample> sample =
        record.has_error() ? Result<Sample>(record.error()) : sample_from_json(*record, where);
    if (sample.has_value()) {
      const auto [first, fresh] = line_of_id.emplace(sample->id, number);
      if (!fresh)
        sample =
            make_error(ErrorCode::bad_data,
                       "{}: field \"id\": expected an id of its own, found \"{}\" again (first "
                       "in line {})",
                       where, sample->id, first->second);
    }
    take(std::move(sample));
    return {};
  });
}

void DatasetDigest::add(const Sample& sample) {
  tree_.update(sha256(to_canonical_json(to_json_object(sample))));
  for (const Image& image : sample.images) tree_.update(" " + image.digest);
  tree_.update("\n");
}

std::string dataset_digest(std::span<const Sample> samples) {
  DatasetDigest digest;
  for (const Sample& sample : samples) digest.add(sample);
  return digest.finish();
}

Result<Dataset> stream_dataset(const fs::path& folder, const std::string& split,
                               const SampleSink& take) {
  STAREVAL_TRY(const json::object manifest, read_dataset_manifest(folder));
  ObjectReader in(manifest, (folder / "dataset.json").string());
  Dataset dataset;
  dataset.name = in.string("name");
  dataset.version = in.string_or("version", "1");
  dataset.split = split;
  dataset.folder = folder;
  const json::object& splits = in.object_or_empty("splits");
  STAREVAL_CHECK(in.status());
  if (!splits.contains(split))
    return make_error(ErrorCode::usage, "dataset {}: no split \"{}\"; it has: {}", dataset.name,
                      split, known_splits(splits));
  ObjectReader entry = in.child("splits").child(split);
  const std::string file = read_split_file(entry);
  const std::string stated = entry.string_or("digest", "");
  const std::string seal = entry.string_or("seal", "");
  STAREVAL_CHECK(in.status());
  STAREVAL_TRY(const std::string known, sealed_digest(folder / file, stated, seal));
  STAREVAL_TRY(dataset.digest, stream_samples(folder / file, take, known));
  if (!stated.empty() && stated != dataset.digest)
    return edited_by_hand((folder / file).string(), stated, dataset.digest);
  return dataset;
}

Result<Dataset> read_dataset(const fs::path& folder, const std::string& split) {
  std::vector<Sample> samples;
  STAREVAL_TRY(Dataset dataset, stream_dataset(folder, split, [&](Sample sample) -> Result<void> {
                 samples.push_back(std::move(sample));
                 return {};
               }));
  dataset.samples = std::move(samples);
  return dataset;
}

Result<void> write_dataset(Dataset& dataset, const json::object& about) {
  SplitWriter writer(dataset.folder, dataset.split);
  STAREVAL_CHECK(writer.open());
  for (const Sample& sample : dataset.samples) STAREVAL_CHECK(writer.add(sample));
  STAREVAL_TRY(const SplitInfo info, writer.publish());
  dataset.digest = info.digest;
  STAREVAL_CHECK(
      write_dataset_manifest(dataset.folder, dataset.name, dataset.version, about, {&info, 1}));
  writer.settle();
  return {};
}

SplitWriter::SplitWriter(fs::path folder, const std::string& split)
    : folder_(std::move(folder)), info_{split, split + ".jsonl", 0, {}} {}

Result<void> SplitWriter::open() {
  if (info_.split.empty() || !is_inside(info_.file))
    return make_error(ErrorCode::usage, "dataset {}: expected a name for the split, found \"{}\"",
                      folder_.string(), info_.split);
  STAREVAL_TRY(FileWriter file, FileWriter::open(this->file()));
  file_.emplace(std::move(file));
  return {};
}

Result<void> SplitWriter::add(const Sample& sample) {
  ++info_.samples;
  digest_.add(sample);
  return file_->write(to_json(to_json_object(sample)) + "\n");
}

Result<SplitInfo> SplitWriter::publish() {
  std::error_code failure;
  if (file_exists(file())) fs::rename(file(), old_file(), failure);
  if (failure)
    return make_error(ErrorCode::io, "cannot rename {}: {}", file().string(), failure.message());
  published_ = true;
  STAREVAL_CHECK(file_->commit());
  info_.digest = digest_.finish();
  return info_;
}

void SplitWriter::settle() {
  std::error_code ignored;
  fs::remove(old_file(), ignored);
  published_ = false;
}

SplitWriter::~SplitWriter() {
  if (!published_) return;
  std::error_code ignored;
  fs::remove(file(), ignored);
  if (file_exists(old_file())) fs::rename(old_file(), file(), ignored);
}

Result<void> write_dataset_manifest(const fs::path& folder, const std::string& name,
                                    const std::string& version, const json::object& about,
                                    std::span<const SplitInfo> made) {
  json::object manifest{{"schema", kDatasetSchema}, {"name", name}, {"version", version}};
  for (const auto& entry : about) manifest[entry.key()] = entry.value();
  json::object splits;
  if (file_exists(folder / "dataset.json")) {
    STAREVAL_TRY(const json::object old, read_dataset_manifest(folder));
    if (const auto* old_splits = old.if_contains("splits"); old_splits && old_splits->is_object())
      splits = old_splits->get_object();
  }
  for (const SplitInfo& info : made) {
    STAREVAL_TRY(std::string seal, seal_of(folder / info.file, info.digest));
    splits[info.split] = json::object{{"file", info.file},
                                      {"samples", info.samples},
                                      {"digest", info.digest},
                                      {"seal", std::move(seal)}};
  }
  manifest["splits"] = std::move(splits);
  return write_file_atomic(folder / "dataset.json", to_pretty_json(manifest));
}

}  // namespace stareval
