// Asking a backend from a test: waiting for its replies by event, a configuration with a canary
// key, a request with a picture on disk.
// Thread  a Mailbox is safe from any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/model/backend.h"

namespace stareval::testing {

// A key that must turn up nowhere but in the header of a request.
inline constexpr const char* kCanaryKey = "sk-canary-0123456789abcdef";

// Where the replies of a test arrive. Must outlive the backends that it is handed to.
class Mailbox {
 public:
  [[nodiscard]] Completion completion() {
    return [this](Reply reply) {
      const std::lock_guard lock(mutex_);
      replies_.push_back(std::move(reply));
      arrived_.notify_all();
    };
  }

  // The replies so far, once there are `count`, or after half a minute.
  [[nodiscard]] std::vector<Reply> wait(std::size_t count) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, std::chrono::seconds(30), [&] { return replies_.size() >= count; });
    return replies_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<Reply> replies_;
};

// One attempt, waited for. An api_error with the text "no reply in the test" where none came.
[[nodiscard]] inline Reply ask(Backend& backend, const Request& request) {
  // Shared with the completion, which may outlive this call where a backend is at fault.
  const auto mailbox = std::make_shared<Mailbox>();
  backend.submit(request,
                 [mailbox, done = mailbox->completion()](Reply reply) { done(std::move(reply)); });
  const std::vector<Reply> replies = mailbox->wait(1);
  return replies.empty() ? failed_reply(Failure::none, "no reply in the test") : replies.front();
}

// Every environment variable that ends in _API_KEY holds the canary; all others are not set.
[[nodiscard]] inline BackendConfig config_for(const std::string& base_url) {
  BackendConfig config;
  config.base_url = base_url;
  config.environment = [](const std::string& name) {
    return name.ends_with("_API_KEY") ? std::string(kCanaryKey) : std::string();
  };
  return config;
}

// The variables of the environment, and no others.
[[nodiscard]] inline BackendConfig config_with_environment(
    std::map<std::string, std::string> variables) {
  BackendConfig config;
  config.environment = [variables = std::move(variables)](const std::string& name) {
    const auto hit = variables.find(name);
    return hit == variables.end() ? std::string() : hit->second;
  };
  return config;
}

// A file with the signature of PNG and `size` bytes of every value.
[[nodiscard]] inline ImagePart write_picture(const std::filesystem::path& path, std::size_t size) {
  std::string bytes("\x89PNG\r\n\x1a\n", 8);
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>((i * 31 + size) & 0xFF);
  write_file_atomic(path, bytes).value();
  return {path, sha256(bytes)};
}

[[nodiscard]] inline Request request_for(const std::string& sample,
                                         const std::vector<ImagePart>& pictures = {}) {
  Request request;
  request.sample_id = sample;
  request.model = "test-model";
  Message message{"user", {}};
  for (const ImagePart& picture : pictures) message.parts.emplace_back(picture);
  message.parts.emplace_back(TextPart{"How many entities are there?"});
  request.messages.push_back(std::move(message));
  return request;
}

}  // namespace stareval::testing
