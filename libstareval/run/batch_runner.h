// Runs a plan through a vendor's batch API, or through files that somebody else runs: what the
// journal does not hold yet is written in parts, handed over, waited for and written down in the
// same journal. What got no reply goes into the next round.
// Kill   at any moment: the same call goes on. A batch is made once: where it is not known whether
//        it was, the vendor's list is asked for one of the same input file.
// Lines  custom_id is a digest of (sample, repeat, request digest). Unknown ones are reported and
//        never scored; of two lines for one request the first reply counts.
// Money  with a cost guard, a round takes items as long as it admits them, each at its most. The
//        guard knows no discount of batches.
// Memory a line of a part, and about 150 bytes an item.
// Thread works on the calling thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/model/batch.h"
#include "libstareval/run/cost_guard.h"
#include "libstareval/run/journal.h"
#include "libstareval/run/plan.h"
#include "libstareval/run/runner.h"

namespace stareval {

struct BatchProgress {
  RunProgress run;
  int round = 0;
  std::size_t parts = 0;  // of the round
  std::size_t parts_done = 0;
  std::string word;                      // the vendor's, of the part that was looked at last
  std::size_t answered = 0, failed = 0;  // requests of the round, as the vendor counts them
};

struct BatchOptions {
  bool files = false;  // only write parts and read what somebody's run made of them
  // Limits of OpenAI: 50,000 requests and 200 MB a file.
  std::size_t most_lines = 50'000;
  std::uint64_t most_bytes = 200'000'000;
  int rounds = 3;  // at most so often is an item handed over; files: once a command
  std::chrono::milliseconds first_poll{1'000};  // grows by a half each time nothing changed
  std::chrono::milliseconds longest_poll{60'000};
  int retries = 6;        // of a call that failed, from first_poll apart, doubled each time
  int poll_retries = 90;  // of a look at a batch: more than an hour

  CostGuard* cost_guard = nullptr;
  std::function<void(const BatchProgress&)> on_progress;
  // Becomes true when the run is to stop: batches go on at the vendor.
  const std::atomic<bool>* stop = nullptr;
};

struct BatchRun {
  RunProgress progress;
  bool waiting = false;            // for somebody to run the parts: `notes` say how
  std::vector<std::string> notes;  // for people, a line each
};

// `folder` is the run's, whose lock the journal holds; `run` is its identity_digest().
// Errors  mismatch: the folder holds batches of another run or of the other kind. usage: the guard
//         does not admit what is under way. io: files, the journal. network: the server cannot be
//         reached, or refuses; a batch failed or was cancelled at the vendor.
[[nodiscard]] Result<BatchRun> run_batch(const Plan& plan, BatchApi& api, Journal& journal,
                                         const std::filesystem::path& folder,
                                         const std::string& run, const BatchOptions& options);

}  // namespace stareval
