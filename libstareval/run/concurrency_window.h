// How many attempts may be under way at one endpoint: additive increase, multiplicative decrease.
// It begins at the most that the user allows, is halved when the server says that it is too much
// (429, a deadline that passed), at most once for the attempts that were under way together, and
// grows back by a sixteenth of the most for each window of replies. While replies take more than
// three times as long as at their best, it does not grow.
// Source  D.-M. Chiu, R. Jain, 1989 (AIMD).   Thread  one; pure but for its own state.
#pragma once

#include <chrono>
#include <optional>

namespace stareval {

class ConcurrencyWindow {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  explicit ConcurrencyWindow(int most);

  [[nodiscard]] int limit() const { return static_cast<int>(limit_); }

  void on_reply(std::chrono::milliseconds latency);

  // `sent`: when the attempt that was too much was sent.
  void on_overload(TimePoint sent, TimePoint now);

 private:
  void end_window();

  double most_;
  double limit_;
  std::optional<TimePoint> last_cut_;
  double replies_ = 0;  // of this window
  double sum_ms_ = 0;   // of their latencies
  double best_ms_ = 0;  // the lowest mean of a window; 0: none yet
  bool slow_ = false;
};

}  // namespace stareval
