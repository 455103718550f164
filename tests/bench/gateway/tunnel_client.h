// A client of a gateway with one bound socket (PROTOCOL.md): it waits for each answer while it
// opens things, and then sends and receives datagrams in the short form.
#pragma once

#include <functional>
#include <optional>

#include "floe/tunnel/records/record.h"
#include "gateway/web_socket.h"

namespace floe::bench {

class TunnelClient {
 public:
  using OnDatagram = std::function<void(Bytes payload)>;

  explicit TunnelClient(std::uint16_t gateway_port);

  int fd() const { return web_socket_.fd(); }
  /// Also gets the peer's consent, where the gateway wants it.
  void open_peer(tunnel::PeerId peer, const TransportAddress& remote);

  /// False without credit for a datagram of this size: the gateway has to read first.
  bool may_send(std::size_t payload_size) const;
  /// Gathers datagrams into messages until flush().
  void send(tunnel::PeerId peer, Bytes payload);
  void flush();
  /// All records that have come.
  void receive(const OnDatagram& on_datagram);

 private:
  template <class R>
  void put(const R& record);
  void get_consent(tunnel::PeerId peer);
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
