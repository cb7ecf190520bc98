#include "libstareval/base/base64.h"

#include <openssl/evp.h>

#include <algorithm>

namespace stareval {
namespace {

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* as_bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// Whole groups of the alphabet, padded at the end only. OpenSSL by itself also takes white space,
// "-" and stray padding.
bool is_base64(std::string_view text) {
  const std::string_view letters = text.substr(0, text.find('='));
  const std::string_view padding = text.substr(letters.size());
  const auto in_alphabet = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
  };
  return text.size() % 4 == 0 && std::all_of(letters.begin(), letters.end(), in_alphabet) &&
         (padding.empty() || padding == "=" || padding == "==");
}

}  // namespace

std::string base64_encode(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL writes a closing NUL
  const int size = EVP_EncodeBlock(as_bytes(text), as_bytes(bytes), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

Result<std::string> base64_decode(std::string_view text) {
  const auto padding = static_cast<std::size_t>(std::count(text.begin(), text.end(), '='));
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size = !is_base64(text) ? -1
                                    : EVP_DecodeBlock(as_bytes(bytes), as_bytes(text),
                                                      static_cast<int>(text.size()));
  if (size < 0)
    return make_error(ErrorCode::bad_data,
                      "base64: expected whole groups of four characters of the "
                      "alphabet, found something else");
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return bytes;
}

}  // namespace stareval
