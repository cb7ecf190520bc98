// What a run folder knows of its batches, so that a process that is killed at any moment neither
// loses one nor has it made twice: batch/state.json, written whole before and after each call.
//     {"schema": "stareval.batch/1", "run", "files", "round", "first_round", "parts": [{"number",
//     "round",
//      "step", "lines", "file_id", "batch_id", "word", "output_file", "error_file", "fault"}]}
// Beside it, of each part: part-0001.jsonl, its requests; part-0001.ids, their custom_ids, a line
// each; part-0001.out.jsonl, the replies; part-0001.err.jsonl, what the vendor could not answer.
// Thread  values.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "libstareval/base/result.h"

namespace stareval {

inline constexpr const char* kBatchSchema = "stareval.batch/1";

struct BatchPart {
  enum class Step {
    written,   // its requests are on disk
    uploaded,  // file_id
    creating,  // a batch is being made of it: it may be there
    created,   // batch_id
    ended,     // word, output_file, error_file, fault
    done,      // its replies are in the journal
  };
  int number = 1;  // 1, 2, ... over all rounds
  int round = 1;
  Step step = Step::written;
  std::size_t lines = 0;
  std::string file_id, batch_id;
  std::string word;  // the state in which the vendor left it
  std::string output_file, error_file;
  std::string fault;  // why it did not run to its end; "" where it did

  // "part-0001" and `ending`.
  [[nodiscard]] std::string name(const std::string& ending = "") const;
};

struct BatchState {
  std::string run;      // identity_digest() of its manifest
  bool files = false;   // somebody else runs the parts; no vendor knows of them
  int round = 0;        // the last one that was begun; 1, 2, ... over all commands
  int first_round = 0;  // of those that send again what failed before; 0: they were ended
  std::vector<BatchPart> parts;

  // Whether a further round goes on with what the last one left.
  [[nodiscard]] bool is_open() const { return first_round > 0; }

  // How many rounds there were since the first.
  [[nodiscard]] int tries() const { return round - first_round + 1; }

  // Whether some part is not done.
  [[nodiscard]] bool waits() const;
};

// Nothing where there is none. `folder` is the run's.
// Errors  io, bad_data.
[[nodiscard]] Result<std::optional<BatchState>> read_batch_state(
    const std::filesystem::path& folder);

[[nodiscard]] Result<void> write_batch_state(const std::filesystem::path& folder,
                                             const BatchState& state);

// mismatch where batches are under way: a run that sends its requests one by one would pay for them
// a second time.
[[nodiscard]] Result<void> check_no_batch_waits(const std::filesystem::path& folder);

[[nodiscard]] std::filesystem::path batch_folder(const std::filesystem::path& folder);

}  // namespace stareval
