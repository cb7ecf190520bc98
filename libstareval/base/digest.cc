#include "libstareval/base/digest.h"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace stareval {
namespace {

constexpr std::string_view kPrefix = "sha256:";

void require(int openssl_status) {
  if (openssl_status != 1) throw std::runtime_error("OpenSSL refused a SHA-256 operation");
}

}  // namespace

struct Sha256::Context {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> state{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  require(EVP_DigestInit_ex(context_->state.get(), EVP_sha256(), nullptr));
}

Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) {
  require(EVP_DigestUpdate(context_->state.get(), bytes.data(), bytes.size()));
}

std::string Sha256::finish() {
  std::array<unsigned char, 32> raw{};
  unsigned int size = 0;
  require(EVP_DigestFinal_ex(context_->state.get(), raw.data(), &size));
  std::string text{kPrefix};
  constexpr std::string_view kDigits = "0123456789abcdef";
  text.reserve(text.size() + 2 * raw.size());
  for (const unsigned char byte : raw) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string sha256(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.finish();
}

std::string short_digest(std::string_view digest, std::size_t digits) {
  if (digest.starts_with(kPrefix)) digest.remove_prefix(kPrefix.size());
  return std::string(digest.substr(0, digits));
}

}  // namespace stareval
