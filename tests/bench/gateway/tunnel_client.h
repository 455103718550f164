// A client of a gateway with one bound socket (PROTOCOL.md): it waits for each answer while it
// opens things, and then sends and receives datagrams in the short form.
#pragma once

#include <optional>

#include "floe/tunnel/records/record.h"
#include "gateway/relay_client.h"
#include "gateway/web_socket.h"

namespace floe::bench {

class TunnelClient final : public RelayClient {
 public:
  TunnelClient(std::uint16_t gateway_port, bool over_tls);

  int fd() const override { return web_socket_.fd(); }
  /// Also gets the peer's consent, where the gateway wants it.
  void open_peer(std::size_t peer, const TransportAddress& remote) override;

  /// False without credit for a datagram of this size.
  bool may_send(std::size_t payload_size) const override;
  /// Gathers datagrams into messages.
  void send(std::size_t peer, Bytes payload) override;
  void flush() override;
  void receive(const OnDatagram& on_datagram) override;

 private:
  template <class R>
  void put(const R& record);
  void get_consent(std::size_t peer);
  /// Until `what` has a value.
  template <class Answer>
  const Answer& wait_for(const std::optional<Answer>& what);

  void handle(const tunnel::Welcome& welcome);
  void handle(const tunnel::Bound& bound) { bound_ = bound.local; }
  void handle(const tunnel::PeerOpened& opened);
  void handle(const tunnel::PermissionChanged& changed) { permission_ = changed.permission; }
  void handle(const tunnel::Credit& credit) { credit_ += credit.bytes; }
  /// Datagrams that are missing tell by their numbers.
  void handle(const tunnel::Dropped&) {}

  WebSocket web_socket_;
  std::size_t credit_ = 0;
  std::optional<IpAddress> bindable_;
  std::optional<TransportAddress> bound_;
  std::optional<tunnel::PeerId> opened_;
  std::optional<tunnel::PeerPermission> permission_;
  std::uint32_t checks_ = 0;
};

}  // namespace floe::bench
