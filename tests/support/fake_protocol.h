// A protocol for tests of what stands around protocols: it asks the question as it is, and takes a
// reply for right where its text is the gold answer.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libstareval/protocol/protocol.h"
#include "libstareval/run/registry.h"
#include "libstareval/tasks/task.h"

namespace stareval::testing {

class FakeProtocol : public Protocol {
 public:
  explicit FakeProtocol(const ProtocolOptions& options, std::string name = "fake",
                        std::vector<std::string> tasks = {"EC", "RC"})
      : mode_(options.mode), name_(std::move(name)), tasks_(std::move(tasks)) {}

  [[nodiscard]] ProtocolInfo info() const override {
    ProtocolInfo info;
    info.name = name_;
    info.version = "1";
    info.summary = "for tests";
    info.tasks = tasks_;
    info.headline = "accuracy";
    info.prompt_digest = "sha256:fake-" + std::string(to_string(mode_));
    return info;
  }

  [[nodiscard]] Prompt prompt(const Sample& sample) const override {
    return {mode_ == Mode::cot ? "Think first." : "", sample.question + " " + sample.id};
  }

  [[nodiscard]] Score score(const Sample& sample, const Reply& reply) const override {
    Score score;
    score.outcome = Outcome::answered;
    score.answer = reply.text;
    score.values = {{"accuracy", reply.text == gold_answer(sample) ? 1.0 : 0.0}};
    return score;
  }

  [[nodiscard]] std::vector<Metric> summarise(std::span<const Scored> scored) const override {
    Metric accuracy;
    accuracy.name = "accuracy";
    accuracy.n = scored.size();
    return {accuracy};
  }

 private:
  Mode mode_;
  std::string name_;
  std::vector<std::string> tasks_;
};

inline std::unique_ptr<Protocol> make_fake_protocol(const ProtocolOptions& options) {
  return std::make_unique<FakeProtocol>(options);
}

// A registry with this protocol only, for the tasks EC and RC.
inline Registry fake_registry() {
  Registry registry;
  registry.add_protocol(make_fake_protocol);
  return registry;
}

}  // namespace stareval::testing
