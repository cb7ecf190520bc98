#include "libstareval/base/random.h"

#include <fmt/format.h>

#include <boost/random/uniform_01.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <charconv>

#include "libstareval/base/digest.h"

namespace stareval {
namespace {

// The first 64 bits of SHA-256 over seed and tag: streams with close seeds share nothing.
std::uint64_t derived_seed(std::uint64_t seed, std::string_view tag) {
  const std::string hex = short_digest(sha256(fmt::format("{}/{}", seed, tag)), 16);
  std::uint64_t value = 0;
  std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
  return value;
}

}  // namespace

Random Random::fork(std::string_view tag) const { return Random(derived_seed(seed_, tag)); }

Random Random::fork(std::uint64_t index) const { return fork(fmt::format("#{}", index)); }

std::size_t Random::below(std::size_t n) {
  return boost::random::uniform_int_distribution<std::size_t>(0, n - 1)(engine_);
}

int Random::between(int low, int high) {
  return boost::random::uniform_int_distribution<int>(low, high)(engine_);
}

double Random::uniform() { return boost::random::uniform_01<double>()(engine_); }

}  // namespace stareval
