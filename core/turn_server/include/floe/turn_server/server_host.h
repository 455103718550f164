// The functions that a server needs from its host.
//
// Re-entrancy: the server calls these functions from inside its own. They must neither call the
// server nor destroy it before they return. Results come later, by
// on_relay_opened(), on_relay_failed(), handle_peer_datagram(). Bytes are valid during the call.
#pragma once

#include "floe/turn_server/client_path.h"
#include "floe/turn_server/relay_id.h"
#include "floe/types/bytes.h"

namespace floe::turn {

class ServerHost {
 public:
  /// The hot path towards clients: one datagram, or one frame of the stream that `path` names. A
  /// message that cannot go now is lost.
  virtual void send_to_client(const ClientPath& path, Bytes message) = 0;
  /// The hot path towards peers: sends from the socket of `relay`.
  virtual void send_to_peer(RelayId relay, const TransportAddress& peer, Bytes payload) = 0;

  /// Answer with on_relay_opened() or on_relay_failed(). `local` is one of the addresses of the
  /// configuration, with the port that the socket must have.
  virtual void open_relay(RelayId relay, const TransportAddress& local) = 0;
  /// Called once for each open_relay(), even if that failed. The host must report nothing more
  /// about the relay, and the server may use its id again.
  virtual void close_relay(RelayId relay) = 0;

 protected:
  ~ServerHost() = default;
};

}  // namespace floe::turn
