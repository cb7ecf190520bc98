// A dataset: a folder with dataset.json, one JSON Lines file a split, and pictures.
//     dataset.json   {"schema": "stareval.dataset/1", "name", "version", "description", "licence",
//                     "splits": {"test": {"file": "test.jsonl", "samples": 400, "digest":
//                     "sha256:..."}}}
//     test.jsonl     one sample a line (sample.h)
//     images/        what the samples name
// Digest  SHA-256 over the lines "<digest of the canonical record> <digest of each picture's
// bytes>",
//         in the order of the file. Formatting of the JSON does not count; everything else does.
// Thread  values and pure functions.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libstareval/base/digest.h"
#include "libstareval/base/file_stream.h"
#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "libstareval/data/sample.h"

namespace stareval {

inline constexpr const char* kDatasetSchema = "stareval.dataset/1";

struct Dataset {
  std::string name;
  std::string version;
  std::string split;
  std::string digest;            // of the records, computed or vouched for by the seal
  std::filesystem::path folder;  // where image paths start
  std::vector<Sample> samples;
};

// Read one split. The pictures are not opened: their digests stand in the records, and are held
// against the bytes whenever a picture is read (model/image_file.h).
// Errors  io: no such folder or file. bad_data: file, line, field, what was expected.
//         mismatch: dataset.json states another digest, which means a file was edited.
// Cost    linear in the JSON Lines file; about 100 MB/s.
[[nodiscard]] Result<Dataset> read_dataset(const std::filesystem::path& folder,
                                           const std::string& split);

// Write one split beside those that are there. Sets the digest. The pictures must lie in place.
// `about` is put into dataset.json: description, licence, generator.
[[nodiscard]] Result<void> write_dataset(Dataset& dataset, const json::object& about);

// The digest, sample by sample.
class DatasetDigest {
 public:
  void add(const Sample& sample);
  [[nodiscard]] std::string finish() { return tree_.finish(); }  // comes last

 private:
  Sha256 tree_;
};

// What dataset.json says of a split.
struct SplitInfo {
  std::string split;
  std::string file;
  std::size_t samples = 0;
  std::string digest;
};

// A split written sample by sample, so that memory does not grow with it. It lies beside the split
// that it replaces until publish(), which puts the old one aside; settle() lets that go. Without
// settle(), the old split comes back with the end of the writer.
class SplitWriter {
 public:
  SplitWriter(std::filesystem::path folder, const std::string& split);

  // Comes first. usage: not a name for a split. io: the file cannot be made.
  [[nodiscard]] Result<void> open();
  [[nodiscard]] Result<void> add(const Sample& sample);
  [[nodiscard]] Result<SplitInfo> publish();
  void settle();  // comes last, when dataset.json names the new split

  ~SplitWriter();
  SplitWriter(const SplitWriter&) = delete;
  SplitWriter& operator=(const SplitWriter&) = delete;

 private:
  [[nodiscard]] std::filesystem::path file() const { return folder_ / info_.file; }
  [[nodiscard]] std::filesystem::path old_file() const { return folder_ / (info_.file + ".old"); }

  std::filesystem::path folder_;
  SplitInfo info_;
  std::optional<FileWriter> file_;
  DatasetDigest digest_;
  bool published_ = false;
};

// dataset.json with these splits, beside those that it names already.
[[nodiscard]] Result<void> write_dataset_manifest(const std::filesystem::path& folder,
                                                  const std::string& name,
                                                  const std::string& version,
                                                  const json::object& about,
                                                  std::span<const SplitInfo> splits);

[[nodiscard]] std::string dataset_digest(std::span<const Sample> samples);

}  // namespace stareval
