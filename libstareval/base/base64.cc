#include "libstareval/base/base64.h"

#include <openssl/evp.h>

#include <algorithm>

namespace stareval {
namespace {

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* as_bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

std::string base64_encode(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL writes a closing NUL
  const int size = EVP_EncodeBlock(as_bytes(text), as_bytes(bytes), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

Result<std::string> base64_decode(std::string_view text) {
  const auto padding = static_cast<std::size_t>(
      std::count(text.end() - std::min<std::ptrdiff_t>(2, std::ssize(text)), text.end(), '='));
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size = text.size() % 4 != 0 ? -1
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
