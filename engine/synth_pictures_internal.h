// The pictures of a split that is being made.
#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/synth.h"

namespace stareval::engine {

// A folder that lies beside the pictures of the split as it was, and takes their place as a whole
// with publish(), which puts the old ones aside until settle(). Without settle(), they come back
// with the end of this. No split is named like either: a name has no dot.
class StagedPictures {
 public:
  StagedPictures(const std::filesystem::path& out, const std::string& split);
  ~StagedPictures();
  StagedPictures(const StagedPictures&) = delete;
  StagedPictures& operator=(const StagedPictures&) = delete;

  [[nodiscard]] const std::filesystem::path& folder() const { return staged_; }

  // What a run that was killed has left there goes.
  [[nodiscard]] Result<void> start();
  [[nodiscard]] Result<void> publish();
  void settle();  // when dataset.json names the new split

 private:
  std::filesystem::path final_;
  std::filesystem::path staged_;
  std::filesystem::path old_;
  bool published_ = false;
};

// Draws samples on several threads; each takes the next that nobody has taken. The first error in
// time stops them all. One Drawing counts the pictures of a whole call of synthesise().
class Drawing {
 public:
  Drawing(const KnowledgeGraph& graph, StyleSet styles, int threads, std::size_t total,
          const SynthObserver& observer)
      : graph_(graph), styles_(styles), threads_(threads), total_(total), observer_(observer) {}

  [[nodiscard]] Result<void> draw(const std::filesystem::path& folder,
                                  std::vector<Sample>& samples);

 private:
  void work(const std::filesystem::path& folder, std::vector<Sample>& samples);
  void finish(const Result<void>& result);

  const KnowledgeGraph& graph_;
  StyleSet styles_;
  int threads_;
  std::size_t total_;
  const SynthObserver& observer_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;  // guards the observer and what follows
  std::size_t done_ = 0;
  std::optional<Error> error_;
};

}  // namespace stareval::engine
