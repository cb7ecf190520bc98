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

// A part of a run that is asked by a process of its own: of `count` parts the `index`-th, from 1. A
// sample belongs to one part by its id, whatever the other options.
struct Shard {
  int index = 1;
  int count = 1;

  [[nodiscard]] bool holds(const Sample& sample) const;
  [[nodiscard]] std::string text() const;  // "2/4"
};

// usage where the text is not "INDEX/COUNT" with 1 <= INDEX <= COUNT <= 10,000.
[[nodiscard]] Result<Shard> parse_shard(const std::string& text);

struct PlanOptions {
  std::vector<std::string> tasks;  // in the order they are asked
  Mode mode = Mode::direct;
  Decoding decoding;
  std::string model;
  int repeats = 1;                       // how often each sample is asked
  std::optional<std::size_t> limit;      // the first so many samples of each task
  std::optional<Shard> shard;            // of these, those of the part; nothing: all
  AnswerForm form = AnswerForm::choice;  // of the tasks that have forms
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
