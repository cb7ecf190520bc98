#include "backends/shared/settings.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "libstareval/base/text.h"

namespace stareval {
namespace {

constexpr double kLongest_s = 24 * 60 * 60;

}  // namespace

SettingsReader::SettingsReader(std::string backend,
                               const std::map<std::string, std::string>& settings)
    : backend_(std::move(backend)), settings_(&settings) {}

const std::string* SettingsReader::find(const std::string& key) {
  known_.push_back(key);
  const auto hit = settings_->find(key);
  return hit == settings_->end() ? nullptr : &hit->second;
}

void SettingsReader::fail(const std::string& key, std::string_view expected,
                          std::string_view found) {
  if (first_error_.empty())
    first_error_ = fmt::format("--set {}: expected {}, found \"{}\"", key, expected, found);
}

std::string SettingsReader::text(const std::string& key, std::string_view fallback) {
  const std::string* value = find(key);
  return value == nullptr ? std::string(fallback) : *value;
}

bool SettingsReader::flag(const std::string& key, bool fallback) {
  return one_of(key, {fallback ? "true" : "false", fallback ? "false" : "true"}) == "true";
}

std::string SettingsReader::one_of(const std::string& key,
                                   std::initializer_list<std::string_view> words) {
  const std::string* value = find(key);
  if (value == nullptr) return std::string(*words.begin());
  if (std::find(words.begin(), words.end(), *value) != words.end()) return *value;
  fail(key, fmt::format("{}", fmt::join(words, " or ")), *value);
  return std::string(*words.begin());
}

int SettingsReader::whole_number(const std::string& key, int fallback, int low, int high) {
  const std::string* value = find(key);
  if (value == nullptr) return fallback;
  int number = 0;
  const auto* end = value->data() + value->size();
  const auto [rest, failure] = std::from_chars(value->data(), end, number);
  if (failure == std::errc{} && rest == end && number >= low && number <= high) return number;
  fail(key, fmt::format("a whole number from {} to {}", low, high), *value);
  return fallback;
}

std::chrono::milliseconds SettingsReader::seconds(const std::string& key,
                                                  std::chrono::milliseconds fallback) {
  const std::string* value = find(key);
  if (value == nullptr) return fallback;
  double number = 0;
  const auto* end = value->data() + value->size();
  const auto [rest, failure] = std::from_chars(value->data(), end, number);
  if (failure == std::errc{} && rest == end && number >= 0.001 && number <= kLongest_s)
    return std::chrono::milliseconds(static_cast<std::int64_t>(number * 1000));
  fail(key, "a number of seconds above 0, at most 86400", *value);
  return fallback;
}

Result<void> SettingsReader::status() const {
  for (const auto& [key, value] : *settings_)
    if (std::find(known_.begin(), known_.end(), key) == known_.end())
      return make_error(
          ErrorCode::usage, "--set {}: the backend {} has no such setting; there are: {}", key,
          backend_, known_.empty() ? "none" : fmt::format("{}", fmt::join(known_, ", ")));
  if (!first_error_.empty()) return Error{ErrorCode::usage, first_error_};
  return {};
}

Result<void> refuse_base_url(const BackendConfig& config, std::string_view backend) {
  if (config.base_url.empty()) return {};
  return make_error(ErrorCode::usage,
                    "the backend {} has no --base-url: it asks no server; leave the option out",
                    backend);
}

std::string read_environment(const BackendConfig& config, const std::string& name) {
  return config.environment ? std::string(trim(config.environment(name))) : std::string();
}

Result<Secret> read_key(const BackendConfig& config, const std::string& name) {
  std::string value = read_environment(config, name);
  const bool clean = std::none_of(value.begin(), value.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f;
  });
  if (!clean)
    return make_error(ErrorCode::usage,
                      "{}: expected printable ASCII without spaces, found other characters; set it "
                      "to the key alone",
                      name);
  return Secret(std::move(value));
}

}  // namespace stareval
