// manifest.json of a run folder: everything that decides its numbers. Two runs with equal identity
// may share a folder; a run that goes on must have the identity of the one that it goes on with.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "libstareval/model/request.h"
#include "libstareval/run/plan.h"

namespace stareval {

inline constexpr const char* kRunSchema = "stareval.run/1";

struct ManifestTask {
  std::string task;
  std::string protocol;
  std::string version;  // that the run was made with; not identity: a later one can score it
  std::string prompt_digest;
};

struct Manifest {
  std::string build;      // version and commit of StarEval; not identity
  std::string extractor;  // version of answer extraction; not identity
  std::string dataset;
  std::string dataset_folder;  // where it lay; not identity
  std::string split;
  std::string digest;
  std::string backend;
  std::string model;
  Mode mode = Mode::direct;
  AnswerForm form = AnswerForm::choice;  // also where no task of the run has forms
  Decoding decoding;
  json::object backend_identity;  // Backend::identity()
  int repeats = 1;
  std::optional<std::size_t> limit;
  std::optional<Shard> shard;
  std::vector<ManifestTask> tasks;
};

// What of the manifest is decided by the plan; the caller adds the backend.
[[nodiscard]] Manifest describe(const Plan& plan);

// The options that make the same plan again from the same dataset.
[[nodiscard]] PlanOptions plan_options(const Manifest& manifest);

// "model was "a", now "b"; ...": each field of identity in which two runs differ; "" where none
// does.
[[nodiscard]] std::string differences(const Manifest& old, const Manifest& wanted);

// Of all that is identity: names default run folders.
[[nodiscard]] std::string identity_digest(const Manifest& manifest);

// Call with the journal of the folder open, which is the lock.
// Errors  mismatch: names each field in which `wanted` differs from the manifest in `folder`; or
//         there are replies, but no manifest that says whose.
[[nodiscard]] Result<void> write_or_match(const std::filesystem::path& folder,
                                          const Manifest& wanted, bool has_replies);

[[nodiscard]] Result<Manifest> read_manifest(const std::filesystem::path& folder);

}  // namespace stareval
