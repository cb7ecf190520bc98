#include "backends/shared/secret.h"

namespace stareval {
namespace {

constexpr std::size_t kShortestKey = 8;  // bytes; keys of the providers have 20 and more
constexpr std::string_view kRemoved = "[key removed]";

}  // namespace

std::string Secret::reveal_into_header(std::string_view prefix) const {
  std::string line;
  line.reserve(prefix.size() + value_.size());
  line += prefix;
  line += value_;
  return line;
}

std::string Secret::redacted(std::string text) const {
  if (value_.size() < kShortestKey) return text;
  for (auto at = text.find(value_); at != std::string::npos;
       at = text.find(value_, at + kRemoved.size()))
    text.replace(at, value_.size(), kRemoved);
  return text;
}

}  // namespace stareval
