// A backend before which a response cache stands: what was asked before is answered from disk, with
// the latency and usage of the reply that was paid for, and marked as cached; all else goes to the
// backend behind it, and its reply is kept where it is one (answered, refused or truncated; never
// api_error).
// Failure  The cache is a convenience: where it is missing, damaged, locked, read-only or full,
// each
//          request goes on without it, no reply is lost, and warning() holds the first failure.
// Cost     A hit or a miss is one look-up on the thread of submit(). Replies are written by a
//          thread of its own, all that wait in one transaction.
// Thread   submit() from one thread at a time; completions on the thread of submit() for hits, else
//          on those of the backend behind. warning(), counts() and flush() from any.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "libstareval/model/backend.h"
#include "libstareval/run/cache.h"

namespace stareval {

class CachingBackend : public Backend {
 public:
  // `name` is that of the backend behind in the registry: part of each key. Opens the cache at
  // once, so that warning() says whether it can be used before anything is asked.
  CachingBackend(std::unique_ptr<Backend> behind, std::string name,
                 const std::filesystem::path& file,
                 std::chrono::milliseconds patience = ResponseCache::kPatience);
  ~CachingBackend() override;  // ends the backend behind, then writes what waits
  CachingBackend(const CachingBackend&) = delete;
  CachingBackend& operator=(const CachingBackend&) = delete;

  void submit(const Request& request, Completion done) override;
  [[nodiscard]] json::object identity() const override { return behind_->identity(); }
  [[nodiscard]] std::vector<std::string> warnings() const override { return behind_->warnings(); }

  [[nodiscard]] BatchApi* batch() override { return behind_->batch(); }  // past the cache

  // The first failure of the cache, with what it means for the run.
  [[nodiscard]] std::optional<std::string> warning() const;

  struct Counts {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::uint64_t stored = 0;
  };
  [[nodiscard]] Counts counts() const;

  // Wait until the replies that came so far are written, or could not be.
  void flush();

 private:
  class Writer;

  std::optional<Reply> find(const CacheQuestion& question);

  std::string name_;
  std::string identity_;  // of the backend behind, canonical JSON
  std::unique_ptr<Writer> writer_;
  std::optional<ResponseCache> reader_;  // nothing once a look-up failed
  std::uint64_t hits_ = 0;               // guarded by the writer's mutex
  std::uint64_t misses_ = 0;             // guarded by the writer's mutex
  std::unique_ptr<Backend> behind_;      // last: its completions use the writer
};

}  // namespace stareval
