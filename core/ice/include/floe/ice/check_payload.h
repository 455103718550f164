// What the layer above lets ride in connectivity checks and in their answers: DTLS does, before
// there is a path for it (SPED, draft-hancke-webrtc-sped). The agent does not look into it.
//
// Without a payload the agent's checks are as they are. With one, its description says "sped", and
// a peer that says so, too, gets what take() has.
#pragma once

#include <optional>

#include "floe/ice/candidate.h"
#include "floe/types/bytes.h"
#include "floe/types/time.h"

namespace floe::ice {

/// What one message carries.
struct CheckRider {
  Bytes datagram = {};  ///< empty: none
  std::optional<Bytes> receipts =
      {};  ///< of datagrams that arrived, as stun::DtlsInStunAck has them
};

enum class RidesIn : std::uint8_t { check, answer };

class CheckPayload {
 public:
  CheckPayload() = default;
  CheckPayload(const CheckPayload&) = delete;
  CheckPayload& operator=(const CheckPayload&) = delete;
  virtual ~CheckPayload() = default;

  // Neither may call the agent.

  /// For a message that is sent now, on a pair of `component`. The views live until the next call.
  /// A datagram stays behind if the message has no room for it.
  virtual CheckRider take(Timestamp now, StreamComponent component, RidesIn where) = 0;
  /// What a message of the peer brought, which has proved that it knows the password. Of a check it
  /// comes before take() for the answer. The peer's description may not have come yet.
  virtual void give(Timestamp now, StreamComponent component, const CheckRider& rider) = 0;
};

}  // namespace floe::ice
