// SHA-256: the vectors of FIPS 180-4 (the examples of NIST); pieces and whole as a property.
#include "libstareval/base/digest.h"

#include <gtest/gtest.h>

#include <string>

namespace stareval {
namespace {

TEST(Digest, of_nothing_is_that_of_fips_180) {
  EXPECT_EQ(sha256(""), "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, of_one_block_is_that_of_fips_180) {
  EXPECT_EQ(sha256("abc"),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, of_two_blocks_is_that_of_fips_180) {
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "sha256:248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Digest, of_a_million_letters_is_that_of_fips_180) {
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')),
            "sha256:cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Digest, counts_zero_bytes) { EXPECT_NE(sha256(std::string("a\0", 2)), sha256("a")); }

TEST(Digest, of_pieces_is_the_digest_of_the_whole) {
  const std::string text(300, 'x');
  for (std::size_t cut = 0; cut <= text.size(); cut += 7) {
    Sha256 hash;
    hash.update(std::string_view(text).substr(0, cut));
    hash.update(std::string_view(text).substr(cut));
    EXPECT_EQ(hash.finish(), sha256(text));
  }
}

TEST(Digest, shortened_loses_its_prefix) {
  EXPECT_EQ(short_digest(sha256("abc")), "ba7816bf");
  EXPECT_EQ(short_digest(sha256("abc"), 12), "ba7816bf8f01");
}

TEST(Digest, shortened_never_reaches_beyond_its_end) {
  EXPECT_EQ(short_digest("sha256:12", 8), "12");
  EXPECT_EQ(short_digest("", 8), "");
  EXPECT_EQ(short_digest("12345678", 4), "1234");
}

}  // namespace
}  // namespace stareval
