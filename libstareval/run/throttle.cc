#include <algorithm>

#include "libstareval/run/throttle_internal.h"

namespace stareval {
namespace {

constexpr double kNewest = 0.05;  // share of the newest reply in the mean of tokens

}  // namespace

Throttle::Throttle(const RunnerOptions& options) : options_(options), window_(options.concurrency) {
  if (options.requests_per_minute) requests_.emplace(*options.requests_per_minute);
  if (options.tokens_per_minute) tokens_.emplace(*options.tokens_per_minute);
}

Throttle::TimePoint Throttle::next() const {
  TimePoint time = hold_until_;
  if (requests_) time = std::max(time, requests_->next());
  if (tokens_) time = std::max(time, tokens_->next());
  return time;
}

double Throttle::likely_tokens(const Request& request) const {
  if (mean_tokens_ > 0) return mean_tokens_;
  return options_.likely_tokens ? options_.likely_tokens(request) : 0;
}

double Throttle::take(const Request& request, TimePoint now) {
  if (requests_) requests_->take(1, now);
  if (!tokens_) return 0;
  const double tokens = likely_tokens(request);
  tokens_->take(tokens, now);
  return tokens;
}

void Throttle::on_reply(const Reply& reply, TimePoint sent, double tokens, TimePoint now) {
  if (reply.cached) {  // nothing was sent: what was taken is given back
    if (requests_) requests_->take(-1, now);
    if (tokens_) tokens_->take(-tokens, now);
    return;
  }
  const auto used = static_cast<double>(reply.usage.input_tokens + reply.usage.output_tokens);
  if (used > 0) {
    mean_tokens_ = mean_tokens_ == 0 ? used : mean_tokens_ + kNewest * (used - mean_tokens_);
    if (tokens_) tokens_->take(used - tokens, now);
  }
  heed(reply.limits, now);
  if (is_transient(reply.failure) && reply.retry_after) hold_for(*reply.retry_after, now);
  const bool overloaded = reply.failure == Failure::server && reply.retry_after;
  if (reply.failure == Failure::rate_limited || reply.failure == Failure::timeout || overloaded)
    window_.on_overload(sent, now);
  else if (reply.outcome != Outcome::api_error) window_.on_reply(reply.latency);
}

// What is used up comes back at the stated time; until then others would only be turned away.
void Throttle::heed(const RateLimits& limits, TimePoint now) {
  if (limits.requests.remaining == 0 && limits.requests.reset)
    hold_for(*limits.requests.reset, now);
  const auto& tokens = limits.tokens;
  if (tokens.remaining && tokens.reset && static_cast<double>(*tokens.remaining) < mean_tokens_)
    hold_for(*tokens.reset, now);
}

void Throttle::hold_for(std::chrono::milliseconds pause, TimePoint now) {
  hold_until(now +
             std::clamp(pause, std::chrono::milliseconds(0), options_.retry.longest_retry_after));
}

}  // namespace stareval
