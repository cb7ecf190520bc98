// A backend makes one attempt at a request and says how it ended. It neither retries, nor waits its
// turn, nor writes anything down: time, order, retries and threads are the runner's.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "libstareval/data/dataset.h"
#include "libstareval/model/reply.h"
#include "libstareval/model/request.h"

namespace stareval {

class BatchApi;  // libstareval/model/batch.h

using Completion = std::function<void(Reply)>;

class Backend {
 public:
  virtual ~Backend() = default;

  // Start one attempt. `done` is called exactly once, from this call or later from any thread, also
  // where the attempt fails and where the backend is destroyed before it ended. The runner calls
  // submit from one thread at a time, and bounds how many attempts are under way.
  virtual void submit(const Request& request, Completion done) = 0;

  // What of its configuration decides its replies, beside model and decoding: the endpoint, a seed.
  // Written into the manifest as part of the run's identity; holds no key, and nothing (a deadline)
  // that may change while a run goes on.
  [[nodiscard]] virtual json::object identity() const { return {}; }

  // What the user should know before anything is sent, a sentence each; empty where all is well.
  [[nodiscard]] virtual std::vector<std::string> warnings() const { return {}; }

  // Where requests can also be handed over as a batch: the interface for it, which lives as long as
  // the backend. Else nullptr.
  [[nodiscard]] virtual BatchApi* batch() { return nullptr; }
};

// What a backend is made from. Keys never stand here: a backend asks `environment` for them.
struct BackendConfig {
  std::string model;                            // "" for the backend's default
  std::string base_url;                         // "" for the backend's default
  std::map<std::string, std::string> settings;  // --set key=value, those that are not decoding's
  std::uint64_t seed = 0;
  bool names_options = false;  // for baselines: the text of an option is asked for, not its letter
  const Dataset* dataset = nullptr;  // for baselines, which answer from golds; outlives the backend
  // Value of an environment variable, "" where it is not set.
  std::function<std::string(const std::string&)> environment;
};

using BackendFactory = std::function<Result<std::unique_ptr<Backend>>(const BackendConfig&)>;

}  // namespace stareval
