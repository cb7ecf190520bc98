// The replay backend: answers from the journal of an earlier run, without network or cost.
// A request is answered only by the reply to the same request: same prompt, pictures, decoding and
// repeat, of the model that the run recorded. A recorded failure is permanent here: it would come
// again.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "libstareval/model/backend.h"
#include "libstareval/run/journal.h"
#include "libstareval/run/registry.h"

namespace stareval {

class ReplayBackend : public Backend {
 public:
  // Errors  usage: no --from, an unknown setting, a base URL. Those of the journal and the
  // manifest.
  [[nodiscard]] static Result<std::unique_ptr<Backend>> make(const BackendConfig& config);

  void submit(const Request& request, Completion done) override;

  [[nodiscard]] json::object identity() const override { return {{"from", folder_}}; }

 private:
  ReplayBackend(std::string model, Journal journal, std::string folder);

  std::string model_;  // of the recorded run: part of the identity of its requests
  Journal journal_;
  std::string folder_;
};

void register_replay(Registry& registry);

}  // namespace stareval
