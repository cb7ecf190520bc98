#include "libstareval/run/concurrency_window.h"

#include <algorithm>

namespace stareval {
namespace {

constexpr double kStepsBack = 16;     // windows of replies from nothing to the most
constexpr double kSlow = 3;           // times the best mean latency
constexpr double kLeastWindow = 16;   // replies whose mean says something
constexpr double kLeastBest_ms = 10;  // differences below are noise of the machine

}  // namespace

ConcurrencyWindow::ConcurrencyWindow(int most) : most_(most), limit_(most) {}

void ConcurrencyWindow::on_reply(std::chrono::milliseconds latency) {
  if (!slow_) limit_ = std::min(most_, limit_ + std::max(1.0, most_ / kStepsBack) / limit_);
  sum_ms_ += static_cast<double>(latency.count());
  if (++replies_ >= std::max(limit_, kLeastWindow)) end_window();
}

void ConcurrencyWindow::end_window() {
  const double mean_ms = std::max(sum_ms_ / replies_, kLeastBest_ms);
  if (best_ms_ == 0 || mean_ms < best_ms_) best_ms_ = mean_ms;
  slow_ = mean_ms > kSlow * best_ms_;
  replies_ = 0;
  sum_ms_ = 0;
}

void ConcurrencyWindow::on_overload(TimePoint sent, TimePoint now) {
  if (last_cut_ && sent <= *last_cut_) return;
  last_cut_ = now;
  limit_ = std::max(1.0, limit_ / 2);
}

}  // namespace stareval
