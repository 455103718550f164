// What carries more than datagrams over a connection: data channels.
#pragma once

#include "floe/peer/security.h"
#include "floe/signal/message.h"
#include "floe/types/bytes.h"

namespace floe {

/// The connection calls it in the loop; inside the calls everything is allowed except destroying
/// the connection.
class DataLayer {
 public:
  /// For descriptions of this end.
  virtual signal::SctpParameters describe() const = 0;
  /// The peer is there, with what its description says of its channels; empty: it has none. Again
  /// for each association of DTLS.
  virtual void on_secured(const peer::Secured& secured,
                          const std::optional<signal::SctpParameters>& peer) = 0;
  /// Of the first component. False: the datagram is the application's.
  virtual bool take_datagram(Bytes datagram) = 0;
  /// Whether the peer takes datagrams on a channel only, so that they go by send_datagram().
  virtual bool carries_datagrams() const = 0;
  /// False: too much waits, and the datagram is lost.
  virtual bool send_datagram(Bytes datagram) = 0;
  /// Nothing more can be sent.
  virtual void on_connection_closed() = 0;

 protected:
  ~DataLayer() = default;
};

}  // namespace floe
