#include "libstareval/base/digest.h"

#include <fmt/format.h>
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
  for (const unsigned char byte : raw) fmt::format_to(std::back_inserter(text), "{:02x}", byte);
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
