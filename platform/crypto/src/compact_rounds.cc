// The rounds of SHA-1 and MD5 as loops, which mbedTLS takes in place of its own
// (MBEDTLS_SHA1_PROCESS_ALT, MBEDTLS_MD5_PROCESS_ALT) where code is loaded over a network. Its own
// are written out, round by round, and have no switch for size as those of SHA-256 do: 1.3 kB more
// of a page's module after compression. A page hashes its STUN messages, never its data.
#include <mbedtls/md5.h>
#include <mbedtls/sha1.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace {

using Word = std::uint32_t;

/// RFC 1321, section 3.4: T[i] is the integer part of 4294967296 times abs(sin(i)), i in radians.
constexpr std::array<Word, 64> kSines{
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

/// RFC 1321, section 3.4: by how many bits each of four rounds rotates, in turn.
constexpr std::array<std::uint8_t, 16> kRotations{7, 12, 17, 22, 5, 9,  14, 20,
                                                  4, 11, 16, 23, 6, 10, 15, 21};

/// RFC 3174, section 5: the constant words.
constexpr std::array<Word, 4> kSha1Constants{0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};

Word big_endian(const unsigned char* bytes) {
  return Word{bytes[0]} << 24 | Word{bytes[1]} << 16 | Word{bytes[2]} << 8 | bytes[3];
}

Word little_endian(const unsigned char* bytes) {
  return Word{bytes[3]} << 24 | Word{bytes[2]} << 16 | Word{bytes[1]} << 8 | bytes[0];
}

/// RFC 3174, section 5: f(t;B,C,D).
Word sha1_function(std::size_t quarter, Word b, Word c, Word d) {
  if (quarter == 0) return d ^ (b & (c ^ d));
  if (quarter == 2) return (b & c) | (d & (b | c));
  return b ^ c ^ d;
}

/// RFC 1321, section 3.4: F, G, H and I.
Word md5_function(std::size_t quarter, Word b, Word c, Word d) {
  switch (quarter) {
    case 0:
      return d ^ (b & (c ^ d));
    case 1:
      return c ^ (d & (b ^ c));
    case 2:
      return b ^ c ^ d;
    default:
      return c ^ (b | ~d);
  }
}

/// RFC 1321, section 3.4: which word of the block the operations of each round take, in turn.
std::size_t md5_word(std::size_t operation) {
  constexpr std::array<std::uint8_t, 4> kStep{1, 5, 3, 7};
  constexpr std::array<std::uint8_t, 4> kFirst{0, 1, 5, 0};
  return (operation * kStep[operation / 16] + kFirst[operation / 16]) % 16;
}

}  // namespace

extern "C" int mbedtls_internal_sha1_process(mbedtls_sha1_context* context,
                                             const unsigned char block[64]) {
  std::array<Word, 80> w;
  for (std::size_t t = 0; t < 80; ++t) {
    // RFC 3174, section 6.1: W(t) = S^1(W(t-3) XOR W(t-8) XOR W(t-14) XOR W(t-16)).
    w[t] = t < 16 ? big_endian(block + 4 * t)
                  : std::rotl(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
  }
  auto& h = context->MBEDTLS_PRIVATE(state);
  Word a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
  for (std::size_t t = 0; t < 80; ++t) {
    const Word sum =
        std::rotl(a, 5) + sha1_function(t / 20, b, c, d) + e + w[t] + kSha1Constants[t / 20];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = std::exchange(a, sum);
  }
  h[0] += a;
  h[1] += b;
  h[2] += c;
  h[3] += d;
  h[4] += e;
  return 0;
}

extern "C" int mbedtls_internal_md5_process(mbedtls_md5_context* context,
                                            const unsigned char block[64]) {
  auto& h = context->MBEDTLS_PRIVATE(state);
  Word a = h[0], b = h[1], c = h[2], d = h[3];
  for (std::size_t i = 0; i < 64; ++i) {
    const Word sum =
        a + md5_function(i / 16, b, c, d) + little_endian(block + 4 * md5_word(i)) + kSines[i];
    a = d;
    d = c;
    c = b;
    b += std::rotl(sum, kRotations[i / 16 * 4 + i % 4]);
  }
  h[0] += a;
  h[1] += b;
  h[2] += c;
  h[3] += d;
  return 0;
}
