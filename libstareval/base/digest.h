// SHA-256 digests, written "sha256:" and 64 hexadecimal digits.
// Thread  Sha256 is for one thread; the functions are pure.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace stareval {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void update(std::string_view bytes);

  // The digest of all bytes so far. Call once; nothing may be added afterwards.
  [[nodiscard]] std::string finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

[[nodiscard]] std::string sha256(std::string_view bytes);

// The first `digits` hexadecimal digits of a digest, for names of folders and for people.
[[nodiscard]] std::string short_digest(std::string_view digest, std::size_t digits = 8);

}  // namespace stareval
