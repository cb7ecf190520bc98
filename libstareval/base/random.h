// Random numbers that are the same on every platform: Boost's generator and distributions, a
// 64-bit seed, and named forks, so that adding a draw in one place moves nothing in another.
// Thread  one Random for one thread; fork to hand a stream to another.
#pragma once

#include <boost/random/mersenne_twister.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace stareval {

class Random {
 public:
  explicit Random(std::uint64_t seed) : seed_(seed), engine_(seed) {}

  // A stream of its own, which depends on this seed and the tag, not on what was drawn so far.
  [[nodiscard]] Random fork(std::string_view tag) const;
  [[nodiscard]] Random fork(std::uint64_t index) const;

  std::uint64_t next() { return engine_(); }

  // Uniform in [0, n). n must be at least 1.
  std::size_t below(std::size_t n);

  // Uniform in [low, high], both included.
  int between(int low, int high);

  // Uniform in [0, 1).
  double uniform();

  bool chance(double probability) { return uniform() < probability; }

  // Fisher-Yates.
  template <class Container>
  void shuffle(Container& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

  // One of the items, each as likely. The container must not be empty.
  template <class Container>
  [[nodiscard]] const auto& pick(const Container& items) {
    return items[below(items.size())];
  }

 private:
  std::uint64_t seed_;
  boost::random::mt19937_64 engine_;
};

}  // namespace stareval
