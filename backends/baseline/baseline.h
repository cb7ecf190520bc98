// The backend "baseline": answers without looking at the picture, from the golds of the dataset. It
// shows what a score is worth, and needs no network.
//   oracle    the gold answer: the ceiling, and a check of the whole chain
//   majority  per task, the gold that occurs most often (ties: the smallest): the best constant
//   random    per task, a guess; from (seed, sample, repeat) alone, so independent of order
//   constant  `--set answer=...`, else per form of answer "1", "A", "none", an empty description
// Descriptions have no most frequent gold: majority names the triple that occurs most often.
// Thread  submit() completes before it returns; safe from any thread.
#pragma once

#include <memory>

#include "libstareval/base/result.h"
#include "libstareval/model/backend.h"
#include "libstareval/run/registry.h"

namespace stareval {

// Errors  usage: no dataset, an unknown model or setting, a base URL.
// Cost    linear in the dataset, once; an answer is a look-up.
[[nodiscard]] Result<std::unique_ptr<Backend>> make_baseline(const BackendConfig& config);

void register_baseline(Registry& registry);

}  // namespace stareval
