// The items of a plan by their custom_ids, what the journal holds of them, and writing it down.
// Thread  one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/run/cost_guard.h"
#include "libstareval/run/journal.h"
#include "libstareval/run/plan.h"
#include "libstareval/run/runner.h"

namespace stareval {

// 32 hexadecimal digits: no two items of any plan share them.
[[nodiscard]] std::string batch_custom_id(const JournalKey& key);

class BatchLedger {
 public:
  // All must outlive it. Cost: a digest an item.
  BatchLedger(const Plan& plan, Journal& journal, CostGuard* guard);

  [[nodiscard]] std::size_t size() const { return ids_.size(); }
  [[nodiscard]] const std::string& id(std::size_t item) const { return ids_[item]; }
  [[nodiscard]] std::optional<std::size_t> find(const std::string& id) const;
  [[nodiscard]] Request request(std::size_t item) const;
  [[nodiscard]] bool is_settled(std::size_t item) const;

  // Whether the item belongs into a round: it has no reply, and, from the second of `tries` on, its
  // last failure may pass.
  [[nodiscard]] Result<bool> is_wanted(std::size_t item, int tries) const;

  // True where there is no guard.
  [[nodiscard]] bool admit(const Request& request) const;

  // Append an attempt. A failure that is there already (a killed process wrote it) is not written
  // again: it has the same provider_request_id, which must not be empty.
  Result<void> write_down(std::size_t item, Reply reply);

  Result<void> sync() { return journal_.sync(); }

  // total, resumed, and done: those with a reply.
  [[nodiscard]] RunProgress progress() const;

  // Items that were tried, and have no reply.
  [[nodiscard]] std::size_t count_failed() const;

 private:
  [[nodiscard]] Result<bool> is_known_failure(const JournalKey& key, const Reply& reply) const;

  const Plan& plan_;
  Journal& journal_;
  CostGuard* guard_;
  std::vector<std::string> ids_;                        // of each item of the plan
  std::unordered_map<std::string, std::size_t> items_;  // by id
  std::size_t resumed_ = 0, settled_ = 0;
};

}  // namespace stareval
