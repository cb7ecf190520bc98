// What a backend reads when it is made: `--set key=value` settings and keys of the environment.
// Thread  pure functions; a SettingsReader is for one thread.
#pragma once

#include <chrono>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "backends/shared/secret.h"
#include "libstareval/base/result.h"
#include "libstareval/model/backend.h"

namespace stareval {

// Reads typed settings, and remembers the first that does not fit, so that a backend reads them in
// straight lines and checks once:
//     SettingsReader in("openai", config.settings);
//     options.timeout = in.seconds("timeout_s", 120s);
//     STAREVAL_CHECK(in.status());
// Each getter makes its name known; status() refuses names that no getter asked for.
// Errors  usage:  --set timeout_s: expected a number of seconds above 0, found "soon"
class SettingsReader {
 public:
  SettingsReader(std::string backend, const std::map<std::string, std::string>& settings);

  [[nodiscard]] std::string text(const std::string& key, std::string_view fallback);
  [[nodiscard]] bool flag(const std::string& key, bool fallback);  // true or false

  // One of `words`, of which the first is the fallback.
  [[nodiscard]] std::string one_of(const std::string& key,
                                   std::initializer_list<std::string_view> words);

  // In [low, high].
  [[nodiscard]] int whole_number(const std::string& key, int fallback, int low, int high);

  // Above 0, at most a day; fractions are fine.
  [[nodiscard]] std::chrono::milliseconds seconds(const std::string& key,
                                                  std::chrono::milliseconds fallback);

  [[nodiscard]] Result<void> status() const;

 private:
  const std::string* find(const std::string& key);
  void fail(const std::string& key, std::string_view expected, std::string_view found);

  std::string backend_;
  const std::map<std::string, std::string>* settings_;
  std::vector<std::string> known_;
  std::string first_error_;
};

// usage where a base URL is given to a backend that asks no server: it would be ignored.
[[nodiscard]] Result<void> refuse_base_url(const BackendConfig& config, std::string_view backend);

// Value of an environment variable of the configuration, white space cut from its ends; "" where it
// is not set.
[[nodiscard]] std::string read_environment(const BackendConfig& config, const std::string& name);

// The key in an environment variable; empty where it is not set. usage where it holds control
// characters, which would end the header that it is sent in. The error does not quote it.
[[nodiscard]] Result<Secret> read_key(const BackendConfig& config, const std::string& name);

}  // namespace stareval
