// A client of Wisp, version 1: a WebSocket message is one packet, a peer is a stream of UDP, and a
// datagram is a DATA packet of it.
#pragma once

#include "gateway/relay_client.h"
#include "gateway/web_socket.h"

namespace floe::bench {

class WispClient final : public RelayClient {
 public:
  WispClient(std::uint16_t port, bool over_tls) : web_socket_(port, over_tls, "/", {}) {}

  int fd() const override { return web_socket_.fd(); }
  /// Nothing answers it.
  void open_peer(std::size_t peer, const TransportAddress& remote) override;
  bool may_send(std::size_t) const override { return web_socket_.has_room(); }
  void send(std::size_t peer, Bytes payload) override;
  void flush() override { web_socket_.flush(); }
  void receive(const OnDatagram& on_datagram) override;

 private:
  WebSocket web_socket_;
};

}  // namespace floe::bench
