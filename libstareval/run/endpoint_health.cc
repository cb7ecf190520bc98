#include "libstareval/run/endpoint_health.h"

namespace stareval {
namespace {

constexpr int kSilentAttempts = 8;       // failed in a row
constexpr int kHopelessSamples = 8;      // given up in a row
constexpr int kHopelessRefusals = 32;    // in a row, after a reply: a key that was revoked
constexpr int kHopelessConnections = 3;  // failed before the first reply, over at least kPatience
constexpr std::chrono::seconds kPatience{1};

}  // namespace

void EndpointHealth::on_reply() {
  has_replied_ = true;
  attempts_failed_ = 0;
  samples_given_up_ = 0;
  samples_refused_ = 0;
}

void EndpointHealth::on_failure(Failure failure, bool given_up, TimePoint now) {
  const bool limited = failure == Failure::rate_limited;
  const bool transient = is_transient(failure);
  if (limited) attempts_failed_ = 0;
  else if (transient) ++attempts_failed_;
  if (connections_failed_ == 0) first_failure_ = now;
  if (failure == Failure::connection) ++connections_failed_;
  if (!given_up) return;
  if (transient && !limited) gave_up_after_retries_ = true;
  if (transient || !has_replied_) ++samples_given_up_;
  else ++samples_refused_;
}

bool EndpointHealth::is_silent() const {
  return attempts_failed_ >= kSilentAttempts || (!has_replied_ && attempts_failed_ > 0);
}

bool EndpointHealth::is_dead(TimePoint now) const {
  if (samples_given_up_ >= kHopelessSamples || samples_refused_ >= kHopelessRefusals) return true;
  if (has_replied_) return false;
  return gave_up_after_retries_ ||
         (connections_failed_ >= kHopelessConnections && now - first_failure_ >= kPatience);
}

}  // namespace stareval
