#include "cookies.h"

#include <mbedtls/md.h>
#include <mbedtls/ssl.h>

#include <algorithm>

namespace floe::dtls {

namespace {

/// A cookie is good in the period that it was made in and in the next one.
constexpr Duration kCookiePeriod = std::chrono::seconds(30);

}  // namespace

int Cookies::write(void* cookies, unsigned char** at, unsigned char* end,
                   const unsigned char* client, std::size_t size) {
  Cookie cookie;
  if (static_cast<std::size_t>(end - *at) < cookie.size()) return MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL;
  if (!static_cast<Cookies*>(cookies)->make({client, size}, 0, cookie)) {
    return MBEDTLS_ERR_SSL_INTERNAL_ERROR;
  }
  *at = std::ranges::copy(cookie, *at).out;
  return 0;
}

int Cookies::check(void* cookies, const unsigned char* cookie, std::size_t cookie_size,
                   const unsigned char* client, std::size_t size) {
  const auto& self = *static_cast<Cookies*>(cookies);
  for (const std::int64_t before : {0, 1}) {
    Cookie expected;
    if (self.make({client, size}, before, expected) &&
        equal_in_constant_time({cookie, cookie_size}, expected)) {
      return 0;
    }
  }
  return -1;
}

// RFC 6347, section 4.2.1: "One technique is to have a randomly generated secret and generate
// cookies as: Cookie = HMAC(Secret, Client-IP, Client-Parameters)". mbedTLS gives no parameters;
// with the time in their place a cookie grows old.
bool Cookies::make(Bytes client, std::int64_t before, Cookie& out) const {
  auto period = static_cast<std::uint64_t>(now_.time_since_epoch() / kCookiePeriod - before);
  ByteVector input(client.begin(), client.end());
  for (int i = 0; i < 8; ++i, period >>= 8) input.push_back(static_cast<std::uint8_t>(period));
  const mbedtls_md_info_t* sha256 = mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
  return mbedtls_md_hmac(sha256, secret_.data(), secret_.size(), input.data(), input.size(),
                         out.data()) == 0;
}

}  // namespace floe::dtls
