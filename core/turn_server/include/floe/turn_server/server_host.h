// What a server needs of the host that runs it.
//
// Re-entrancy: these are called from inside the server's functions, and must neither call any of
// them nor destroy the server before they return. Results come later, by
// on_relay_opened(), on_relay_failed(), handle_peer_datagram(). Bytes are valid during the call.
#pragma once

#include "floe/turn_server/client_path.h"
#include "floe/turn_server/relay_id.h"
#include "floe/types/bytes.h"

namespace floe::turn {

class ServerHost {
 public:
  /// The hot path towards clients: one datagram, or one frame of the stream that `path` names. When
  /// it cannot go now it is lost.
  virtual void send_to_client(const ClientPath& path, Bytes message) = 0;
  /// The hot path towards peers: from the socket of `relay`.
  virtual void send_to_peer(RelayId relay, const TransportAddress& peer, Bytes payload) = 0;

  /// Answer with on_relay_opened() or on_relay_failed(). `local` is one of the addresses of the
  /// configuration, with the port that the socket must have.
  virtual void open_relay(RelayId relay, const TransportAddress& local) = 0;
  /// Once for each open_relay(), also when that failed. Nothing more is to be heard of it, and the
  /// name may be used again.
  virtual void close_relay(RelayId relay) = 0;

 protected:
  ~ServerHost() = default;
};

}  // namespace floe::turn
