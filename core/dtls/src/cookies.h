// The cookies of one server (RFC 6347, section 4.2.1): who repeats one receives at its address.
#pragma once

#include <array>

#include "floe/api/random.h"
#include "floe/types/time.h"

namespace floe::dtls {

class Cookies {
 public:
  explicit Cookies(RandomSource& random) { random.fill(secret_); }

  void set_time(Timestamp now) { now_ = now; }

  /// As mbedTLS calls them, with `cookies` as context.
  static int write(void* cookies, unsigned char** at, unsigned char* end,
                   const unsigned char* client, std::size_t size);
  static int check(void* cookies, const unsigned char* cookie, std::size_t cookie_size,
                   const unsigned char* client, std::size_t size);

 private:
  using Cookie = std::array<std::uint8_t, 32>;

  /// Of the period that lies `before` the present one.
  bool make(Bytes client, std::int64_t before, Cookie& out) const;

  std::array<std::uint8_t, 32> secret_;
  Timestamp now_{};
};

}  // namespace floe::dtls
