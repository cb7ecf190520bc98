// The plan of a run: which samples are asked, in which order, with which prompt.
// Requests are made when they are sent, so that memory does not grow with the dataset.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/data/dataset.h"
#include "libstareval/model/request.h"
#include "libstareval/protocol/protocol.h"
#include "libstareval/run/journal.h"
#include "libstareval/run/registry.h"

namespace stareval {

inline constexpr int kMostRepeats = 1000;

struct PlanOptions {
  std::vector<std::string> tasks;  // in the order they are asked
  Mode mode = Mode::direct;
  Decoding decoding;
  std::string model;
  int repeats = 1;                   // how often each sample is asked
  std::optional<std::size_t> limit;  // the first so many samples of each task
};

struct PlanItem {
  const Sample* sample;
  const Protocol* protocol;
  int repeat;
};

class Plan {
 public:
  // `dataset` must outlive the plan.
  // Errors  usage: a task without protocol or samples, or named twice; no repeat; a limit of 0.
  //         io: a picture is missing.
  [[nodiscard]] static Result<Plan> make(const Registry& registry, const Dataset& dataset,
                                         const PlanOptions& options);

  [[nodiscard]] const PlanOptions& options() const { return options_; }
  [[nodiscard]] const Dataset& dataset() const { return *dataset_; }
  [[nodiscard]] const std::vector<PlanItem>& items() const { return items_; }
  [[nodiscard]] const Protocol& protocol(const std::string& task) const;

  [[nodiscard]] Request request(const PlanItem& item) const;
  [[nodiscard]] JournalKey key(const PlanItem& item) const { return key_of(request(item)); }

 private:
  Plan(const Dataset& dataset, PlanOptions options);
  Result<void> add_task(const Registry& registry, const std::string& task);

  const Dataset* dataset_;
  PlanOptions options_;
  std::map<std::string, std::unique_ptr<Protocol>> protocols_;  // by task
  std::vector<PlanItem> items_;
};

}  // namespace stareval
