// The backend "command": any program that reads requests as lines of JSON and writes answers as
// lines of JSON, kept alive, started anew when it ends. The way for a model that runs in this
// machine's Python. The lines: command_codec.h and README.md.
// Settings   command, timeout_s, workers, in_flight, pictures, stderr (README.md)
// Pictures   held against their digests before a program is told of them.
// Thread     submit() from one thread at a time; completions on the thread of the pool.
#pragma once

#include <memory>

#include "libstareval/base/result.h"
#include "libstareval/model/backend.h"
#include "libstareval/run/registry.h"

namespace stareval {

// Starts no program yet.
// Errors  usage: no command, a wrong setting, a base URL. io: the file for stderr cannot be opened.
[[nodiscard]] Result<std::unique_ptr<Backend>> make_command(const BackendConfig& config);

void register_command(Registry& registry);

}  // namespace stareval
