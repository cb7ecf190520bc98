// A run folder, a plan of samples s0, s1, ..., and a vendor of batches: what the tests of the batch
// runner share. run() is what a process does between its start and its end.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "libstareval/run/batch_runner.h"
#include "libstareval/run/batch_state.h"
#include "tests/support/errors.h"
#include "tests/support/fake_batch_vendor.h"
#include "tests/support/fake_protocol.h"
#include "tests/support/samples.h"
#include "tests/support/temp_folder.h"

namespace stareval::testing {

class BatchFixture : public ::testing::Test {
 protected:
  BatchFixture() {
    options_.first_poll = std::chrono::milliseconds(1);
    options_.longest_poll = std::chrono::milliseconds(1);
    plan_of(5);
  }

  void plan_of(int samples, int repeats = 1) {
    std::vector<Sample> all;
    for (int i = 0; i < samples; ++i) all.push_back(count_sample(fmt::format("s{}", i)));
    dataset_ = std::make_unique<Dataset>(make_dataset(std::move(all)));
    PlanOptions options;
    options.tasks = {"EC"};
    options.model = "m";
    options.repeats = repeats;
    plan_ = std::make_unique<Plan>(Plan::make(fake_registry(), *dataset_, options).value());
  }

  [[nodiscard]] Journal journal() const { return Journal::open(run_ / "replies.jsonl").value(); }

  // A process: it opens what is on disk, and leaves nothing but that.
  Result<BatchRun> run(FakeBatchApi& api, const std::string& identity = "sha256:run") {
    Journal open = journal();
    return run_batch(*plan_, api, open, run_, identity, options_);
  }
  Result<BatchRun> run() {
    FakeBatchApi api(vendor_);
    return run(api);
  }

  // "s0#0 answered 4", a line an item, of what counts; "-" where nothing is there.
  [[nodiscard]] std::string results() const {
    const Journal open = journal();
    std::string text;
    for (const PlanItem& item : plan_->items()) {
      const JournalKey key = plan_->key(item);
      text += fmt::format("{}#{} ", key.sample, key.repeat);
      if (open.state(key).attempts == 0) text += "-\n";
      else text += described(open.read(key).value().reply) + "\n";
    }
    return text;
  }

  [[nodiscard]] std::filesystem::path file(const std::string& name) const {
    return batch_folder(run_) / name;
  }

  const TempFolder folder_;
  std::filesystem::path run_ = folder_ / "run";
  std::unique_ptr<Dataset> dataset_;
  std::unique_ptr<Plan> plan_;
  BatchVendor vendor_;
  BatchOptions options_;

 private:
  static std::string described(const Reply& reply) {
    return fmt::format("{} {}", to_string(reply.outcome),
                       reply.outcome == Outcome::api_error ? reply.error : reply.text);
  }
};

}  // namespace stareval::testing
