// The events of all TURN clients of one agent, in order, and the last failure.
#pragma once

#include <memory>
#include <optional>
#include <variant>

#include "floe/ice/local_socket.h"
#include "floe/ice/turn_server.h"
#include "floe/turn/client_allocation.h"
#include "floe/types/list.h"

namespace floe::ice {

/// A relayed address can be used.
struct RelayedAddressFound {
  LocalSocket socket;  ///< the socket from which the server was asked
  TransportAddress relayed;
  std::optional<TransportAddress> mapped;  ///< the socket as the server sees it
  RelayRoute route;
};

/// A relayed address cannot be used any more.
struct RelayedAddressLost {
  TransportAddress relayed;
};

/// The server does not relay between this address and this peer.
struct RelayedPeerRefused {
  TransportAddress relayed;
  IpAddress peer;
  std::uint16_t code;  ///< of STUN or TURN
};

/// A peer sent a datagram to a relayed address.
struct RelayedData {
  TransportAddress relayed;
  TransportAddress peer;
  Bytes payload;  ///< a view, valid until the next input of the agent
};

using TurnEvent =
    std::variant<RelayedAddressFound, RelayedAddressLost, RelayedPeerRefused, RelayedData>;

/// Why a TURN server gave no allocation, or took it back.
struct TurnFailure {
  TurnServer server;
  std::uint16_t code;  ///< of STUN or TURN, or kServerUnreachable, or turn::kUnusableAnswer
  turn::Reason reason;
};

class TurnEvents {
 public:
  void add(const TurnEvent& event) { events_.push_back(event); }
  bool has_any() const { return next_ < events_.size(); }
  std::optional<TurnEvent> poll() {
    if (next_ < events_.size()) return events_[next_++];
    events_.clear();
    next_ = 0;
    return std::nullopt;
  }

  void set_failure(const TurnFailure& failure) {
    last_failure_ = std::make_unique<TurnFailure>(failure);
  }
  const TurnFailure* last_failure() const { return last_failure_.get(); }

 private:
  List<TurnEvent> events_;
  std::size_t next_ = 0;
  std::unique_ptr<TurnFailure> last_failure_;
};

}  // namespace floe::ice
