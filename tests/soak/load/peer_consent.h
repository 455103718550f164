// The consent of one peer (RFC 7675): checks, until it answers, and from then on again and again.
#pragma once

#include <cstdint>
#include <optional>

#include "floe/stun/message.h"
#include "floe/types/address.h"
#include "floe/types/bytes.h"
#include "floe/types/time.h"

namespace floe::soak {

class PeerConsent {
 public:
  /// `key` makes the ids of its checks different from all others'.
  PeerConsent(const TransportAddress& peer, std::uint64_t key) : peer_(peer), key_(key) {}

  const TransportAddress& peer() const { return peer_; }
  bool is_given() const { return given_; }

  Timestamp deadline() const { return next_; }
  /// The check that is due, valid until the next call.
  Bytes check(Timestamp now);
  /// Whether it is an answer to one of its checks.
  bool hear(Timestamp now, Bytes datagram);

 private:
  stun::TransactionId next_id();

  TransportAddress peer_;
  std::uint64_t key_;
  std::uint32_t checks_ = 0;
  unsigned tries_ = 0;  // without an answer
  Timestamp next_{};    // at once
  bool given_ = false;
  ByteVector message_;
};

}  // namespace floe::soak
