// The protocol of gateways that are written by hand: a WebSocket message is an IPv4 address, a port
// and a datagram to it, or from it.
#pragma once

#include <vector>

#include "gateway/relay_client.h"
#include "gateway/web_socket.h"

namespace floe::bench {

class AddressedClient final : public RelayClient {
 public:
  AddressedClient(std::uint16_t port, bool over_tls) : web_socket_(port, over_tls, "/", {}) {}

  int fd() const override { return web_socket_.fd(); }
  void open_peer(std::size_t, const TransportAddress& remote) override { peers_.push_back(remote); }
  bool may_send(std::size_t) const override { return web_socket_.has_room(); }
  void send(std::size_t peer, Bytes payload) override;
  void flush() override { web_socket_.flush(); }
  void receive(const OnDatagram& on_datagram) override;

 private:
  WebSocket web_socket_;
  std::vector<TransportAddress> peers_;
};

}  // namespace floe::bench
