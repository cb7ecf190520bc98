// What the commands that ask a model have in common: how it is named, decoded, reached and stopped.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "apps/star_eval/options.h"
#include "libstareval/base/result.h"
#include "libstareval/data/dataset.h"
#include "libstareval/model/request.h"
#include "libstareval/run/registry.h"

namespace stareval::app {

struct ModelOptions {
  std::string backend;
  const BackendEntry* entry = nullptr;  // in the registry
  std::string model;
  std::string base_url;
  Decoding decoding;
  std::map<std::string, std::string> settings;  // of the backend, once decoding has taken its own
  std::uint64_t seed = 0;
  bool names_options = false;  // BackendConfig::names_options
  int concurrency = 16;
};

// Read --backend, --model, --base-url, --from, --set, --seed and --concurrency, which the parser
// has.
[[nodiscard]] Result<ModelOptions> read_model_options(const OptionParser& parser,
                                                      const Registry& registry);

// Keys come from the environment; a backend that will send nothing needs none. `dataset` must
// outlive the backend.
[[nodiscard]] Result<std::unique_ptr<Backend>> make_backend(const ModelOptions& options,
                                                            const Dataset& dataset,
                                                            bool will_send = true);

// Becomes true at the first Ctrl-C (or TERM of a scheduler, or HUP of a closed terminal), so that
// the run ends in order; the second ends the program.
[[nodiscard]] const std::atomic<bool>& stop_on_signals();

}  // namespace stareval::app
