// An attribute written into a message and read from it again.
#pragma once

#include <array>
#include <catch2/catch_test_macros.hpp>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/message_builder.h"
#include "floe/stun/message_view.h"

namespace floe::testing {

inline constexpr stun::TransactionId kRoundTripId{0xf0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0xff};

/// Hands what was read to `look` while the message lives. The message is signed, since some
/// attributes mean nothing in one that is not.
template <class T, class Look>
void round_trip(const T& attribute, Look look) {
  std::array<std::uint8_t, 2048> buffer;
  const auto key = MbedtlsCrypto().hmac_sha1(as_bytes("key"));
  const auto bytes =
      stun::MessageBuilder(buffer, stun::Class::success, stun::Method::binding, kRoundTripId)
          .add(attribute)
          .add_message_integrity(*key)
          .finish();
  REQUIRE(bytes);
  const auto message = stun::MessageView::parse(*bytes);
  REQUIRE(message);
  const auto read = message->template get<T>();
  REQUIRE(read);
  look(*read);
}

}  // namespace floe::testing
