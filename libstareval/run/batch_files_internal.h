// The files of a round: its requests in parts within the limits, and what came back for a part.
// Thread  one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "libstareval/base/file_stream.h"
#include "libstareval/base/result.h"
#include "libstareval/run/batch_ledger_internal.h"
#include "libstareval/run/batch_runner.h"
#include "libstareval/run/batch_state.h"

namespace stareval {

// Writes the parts of one round, one after the other.
class BatchPartWriter {
 public:
  // `first`: the number of the first part.
  BatchPartWriter(std::filesystem::path folder, int round, int first, const BatchOptions& options)
      : folder_(std::move(folder)), options_(options), round_(round), next_(first) {}

  // Whether a line of this size has a place in a part.
  [[nodiscard]] bool fits(std::size_t size) const { return size <= options_.most_bytes; }

  Result<void> add(const std::string& id, std::string_view line);

  // All parts, on disk when it returns.
  Result<std::vector<BatchPart>> finish();

 private:
  Result<void> begin();
  Result<void> end();

  std::filesystem::path folder_;
  const BatchOptions& options_;
  int round_;
  int next_;
  std::vector<BatchPart> parts_;
  std::optional<FileWriter> file_;  // of the last part, while it is open
  std::uint64_t bytes_ = 0;
  std::string ids_;
};

// What was wrong with lines that came back.
struct BatchOddities {
  std::size_t unknown = 0;     // with a custom_id of no item
  std::size_t unreadable = 0;  // no line of the format
  std::string example;         // the first unknown custom_id

  [[nodiscard]] std::vector<std::string> notes() const;
};

// Puts what came back for a part into the journal: replies, failures, and what is missing.
class BatchPartReader {
 public:
  BatchPartReader(const BatchApi& api, BatchLedger& ledger, std::filesystem::path folder,
                  BatchOddities& oddities)
      : api_(api), ledger_(ledger), folder_(std::move(folder)), oddities_(oddities) {}

  // Reads the files of the part that are there. `strict`: a line that cannot be read is an error.
  Result<void> read(const BatchPart& part, bool strict);

 private:
  Result<void> read_file(const std::filesystem::path& path, bool strict);
  Result<void> take(BatchedReply reply);
  Result<void> write_missing(const BatchPart& part);

  const BatchApi& api_;
  BatchLedger& ledger_;
  std::filesystem::path folder_;
  BatchOddities& oddities_;
  std::unordered_set<std::size_t> seen_;  // items of the part that had a line
};

// The items of a part.
[[nodiscard]] Result<std::vector<std::size_t>> items_of(const BatchPart& part,
                                                        const std::filesystem::path& folder,
                                                        const BatchLedger& ledger);

// Removes what nobody needs once the part is done.
void remove_files(const BatchPart& part, const std::filesystem::path& folder);

}  // namespace stareval
