// An API key. It cannot be copied, formatted, streamed, compared or put into JSON; it leaves only
// in an HTTP header, and is cut out of every text that a server sends back.
// Thread  immutable after construction; reading is safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace stareval {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}

  Secret(Secret&&) noexcept = default;
  Secret& operator=(Secret&&) noexcept = default;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;

  [[nodiscard]] bool empty() const { return value_.empty(); }

  // The one way out: a header line, for example prefix "Authorization: Bearer ". For the transport
  // only; the line must not be kept, logged or quoted.
  [[nodiscard]] std::string reveal_into_header(std::string_view prefix) const;

  // `text` with each occurrence of the key replaced by "[key removed]": as it is, in other letter
  // case, percent-encoded, escaped as in JSON, or in base64, alone or within something longer.
  // Keys below 8 bytes are placeholders of local servers ("none", "EMPTY") and are left: an answer
  // may be the same word. Cost: linear.
  [[nodiscard]] std::string redacted(std::string text) const;

 private:
  std::string value_;
};

}  // namespace stareval
