// manifest.json of a run folder: everything that decides its numbers. Two runs with equal identity
// may share a folder; a run that goes on must have the identity of the one that it goes on with.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
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
  std::string version;
  std::string prompt_digest;
};

struct Manifest {
  std::string build;  // version of StarEval; not identity
  std::string dataset;
  std::string dataset_folder;  // where it lay; not identity
  std::string split;
  std::string digest;
  std::string backend;
  std::string model;
  std::string endpoint;
  Mode mode = Mode::direct;
  Decoding decoding;
  std::map<std::string, std::string> settings;  // of the backend
  std::uint64_t seed = 0;
  int repeats = 1;
  std::optional<std::size_t> limit;
  std::vector<ManifestTask> tasks;
};

// What of the manifest is decided by the plan; the caller adds backend, endpoint, settings and
// seed.
[[nodiscard]] Manifest describe(const Plan& plan);

// The options that make the same plan again from the same dataset.
[[nodiscard]] PlanOptions plan_options(const Manifest& manifest);

// Of all that is identity: names default run folders.
[[nodiscard]] std::string identity_digest(const Manifest& manifest);

// Errors  mismatch: names each field in which `wanted` differs from the manifest in `folder`.
[[nodiscard]] Result<void> write_or_match(const std::filesystem::path& folder,
                                          const Manifest& wanted);

[[nodiscard]] Result<Manifest> read_manifest(const std::filesystem::path& folder);

}  // namespace stareval
