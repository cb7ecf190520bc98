#include <utility>

#include "libstareval/base/digest.h"
#include "libstareval/run/batch_ledger_internal.h"

namespace stareval {

std::string batch_custom_id(const JournalKey& key) {
  constexpr std::size_t kDigits = 32;
  return short_digest(sha256(fmt::format("{}#{}#{}", key.sample, key.repeat, key.request)),
                      kDigits);
}

BatchLedger::BatchLedger(const Plan& plan, Journal& journal, CostGuard* guard)
    : plan_(plan), journal_(journal), guard_(guard) {
  ids_.reserve(plan.items().size());
  items_.reserve(plan.items().size());
  for (const PlanItem& item : plan.items()) {
    const JournalKey key = plan.key(item);
    if (journal.state(key).settled) ++settled_;
    items_.emplace(batch_custom_id(key), ids_.size());
    ids_.push_back(batch_custom_id(key));
  }
  resumed_ = settled_;
}

std::optional<std::size_t> BatchLedger::find(const std::string& id) const {
  const auto hit = items_.find(id);
  return hit == items_.end() ? std::nullopt : std::optional(hit->second);
}

Request BatchLedger::request(std::size_t item) const { return plan_.request(plan_.items()[item]); }

bool BatchLedger::is_settled(std::size_t item) const {
  return journal_.state(plan_.key(plan_.items()[item])).settled;
}

Result<bool> BatchLedger::is_wanted(std::size_t item, int tries) const {
  const JournalKey key = plan_.key(plan_.items()[item]);
  const Journal::State state = journal_.state(key);
  if (state.settled) return false;
  if (tries == 1 || state.attempts == 0) return true;
  STAREVAL_TRY(const JournalEntry last, journal_.read(key));
  return last.reply.failure != Failure::permanent;
}

bool BatchLedger::admit(const Request& request) const {
  return guard_ == nullptr || guard_->admit(request);
}

Result<void> BatchLedger::write_down(std::size_t item, Reply reply) {
  const Request request = this->request(item);
  const JournalKey key = key_of(request);
  STAREVAL_TRY(const bool known, is_known_failure(key, reply));
  if (guard_ != nullptr) guard_->settle(request, reply);
  if (known) return {};
  const bool settles = reply.outcome != Outcome::api_error && !journal_.state(key).settled;
  STAREVAL_CHECK(journal_.append(
      {key, plan_.items()[item].sample->task, journal_.state(key).attempts + 1, std::move(reply)}));
  if (settles) ++settled_;
  return {};
}

Result<bool> BatchLedger::is_known_failure(const JournalKey& key, const Reply& reply) const {
  if (reply.outcome != Outcome::api_error || journal_.state(key).attempts == 0) return false;
  STAREVAL_TRY(const JournalEntry last, journal_.read(key));
  return last.reply.outcome == Outcome::api_error && !reply.provider_request_id.empty() &&
         last.reply.provider_request_id == reply.provider_request_id;
}

std::size_t BatchLedger::count_failed() const {
  std::size_t failed = 0;
  for (const PlanItem& item : plan_.items()) {
    const Journal::State state = journal_.state(plan_.key(item));
    if (!state.settled && state.attempts > 0) ++failed;
  }
  return failed;
}

RunProgress BatchLedger::progress() const {
  RunProgress progress;
  progress.total = ids_.size();
  progress.resumed = resumed_;
  progress.done = settled_;
  return progress;
}

}  // namespace stareval
