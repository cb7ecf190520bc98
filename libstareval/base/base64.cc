#include "libstareval/base/base64.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define STAREVAL_HAS_AVX2
#endif

namespace stareval {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::size_t encode_by_table(std::string_view bytes, char* out) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
  };
  char* next = out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const unsigned group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    *next++ = kAlphabet[group >> 18];
    *next++ = kAlphabet[group >> 12 & 63];
    *next++ = i + 1 < bytes.size() ? kAlphabet[group >> 6 & 63] : '=';
    *next++ = i + 2 < bytes.size() ? kAlphabet[group & 63] : '=';
  }
  return static_cast<std::size_t>(next - out);
}

#ifdef STAREVAL_HAS_AVX2
// 24 bytes to 32 characters at a time; returns how many bytes it encoded, a multiple of three.
// Source  W. Mula, D. Lemire, "Faster Base64 Encoding and Decoding Using AVX2 Instructions", 2018.
__attribute__((target("avx2"))) std::size_t encode_with_avx2(std::string_view bytes, char* out) {
  // Each lane of 16 bytes: bytes b a c b of each group of three, as 32 bits.
  const __m256i spread =
      _mm256_setr_epi8(5, 4, 6, 5, 8, 7, 9, 8, 11, 10, 12, 11, 14, 13, 15, 14,  //
                       1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10);
  // What is added to a value of 6 bits to give its character, by the range that it lies in.
  const __m256i shifts =
      _mm256_setr_epi8('a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
                       '0' - 52, '0' - 52, '0' - 52, '0' - 52, '+' - 62, '/' - 63, 'A', 0, 0,  //
                       'a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
                       '0' - 52, '0' - 52, '0' - 52, '0' - 52, '+' - 62, '/' - 63, 'A', 0, 0);
  std::size_t done = 0;
  // Four bytes before the 24 are read as well, and thrown away: the first group goes by the table.
  if (bytes.size() < 6) return 0;
  encode_by_table(bytes.substr(0, 6), out);
  for (done = 6; done + 28 <= bytes.size(); done += 24) {
    __m256i in = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes.data() + done - 4));
    in = _mm256_shuffle_epi8(in, spread);
    const __m256i high = _mm256_mulhi_epu16(_mm256_and_si256(in, _mm256_set1_epi32(0x0fc0fc00)),
                                            _mm256_set1_epi32(0x04000040));
    const __m256i low = _mm256_mullo_epi16(_mm256_and_si256(in, _mm256_set1_epi32(0x003f03f0)),
                                           _mm256_set1_epi32(0x01000010));
    const __m256i values = _mm256_or_si256(high, low);
    const __m256i above = _mm256_subs_epu8(values, _mm256_set1_epi8(51));
    const __m256i is_upper = _mm256_cmpgt_epi8(_mm256_set1_epi8(26), values);
    const __m256i range = _mm256_or_si256(above, _mm256_and_si256(is_upper, _mm256_set1_epi8(13)));
    const __m256i text = _mm256_add_epi8(values, _mm256_shuffle_epi8(shifts, range));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + done / 3 * 4), text);
  }
  return done;
}
#endif

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
  std::string text((bytes.size() + 2) / 3 * 4, '\0');
  base64_encode_to(bytes, text.data());
  return text;
}

std::size_t base64_encode_to(std::string_view bytes, char* out) {
  std::size_t done = 0;
#ifdef STAREVAL_HAS_AVX2
  static const bool has_avx2 = __builtin_cpu_supports("avx2") > 0;
  if (has_avx2) done = encode_with_avx2(bytes, out);
#endif
  return done / 3 * 4 + encode_by_table(bytes.substr(done), out + done / 3 * 4);
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
