// A client of a relay: over one connection it sends datagrams to peers and takes theirs. Relays
// speak differently, and all are loaded alike.
#pragma once

#include <cstddef>
#include <functional>

#include "floe/types/address.h"
#include "floe/types/bytes.h"

namespace floe::bench {

class RelayClient {
 public:
  using OnDatagram = std::function<void(Bytes payload)>;

  RelayClient() = default;
  RelayClient(const RelayClient&) = delete;
  RelayClient& operator=(const RelayClient&) = delete;
  virtual ~RelayClient() = default;

  virtual int fd() const = 0;
  /// Peers are counted from 0, in the order in which they are opened. Waits for what the relay has
  /// to say to that.
  virtual void open_peer(std::size_t peer, const TransportAddress& remote) = 0;

  /// False while the relay has to read first.
  virtual bool may_send(std::size_t payload_size) const = 0;
  /// May gather datagrams until flush().
  virtual void send(std::size_t peer, Bytes payload) = 0;
  virtual void flush() = 0;
  /// All that have come.
  virtual void receive(const OnDatagram& on_datagram) = 0;
};

}  // namespace floe::bench
