// A UDP socket in the service of one client, known to the policy as long as it is bound.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "lease.h"

namespace floe::gateway {

class LeasedSocket final : private DatagramListener {
 public:
  /// `lease` must outlive the socket.
  LeasedSocket(const Lease& lease, tunnel::SocketId id, Quota::Token token,
               const BindRequest& request);
  ~LeasedSocket();

  SendStatus send(const TransportAddress& to, Bytes payload);
  void set_reading(bool reading) { socket_->set_reading(reading); }
  /// It failed, and the session has heard of it.
  bool is_over() const { return is_over_; }
  /// Why it will be destroyed, for the audit log; a literal.
  void set_end(std::string_view why) { end_ = why; }

 private:
  /// At a port that no client had a moment ago.
  void open(const BindRequest& request);
  void on_bound(DatagramSocket& socket, const TransportAddress& local) override;
  void on_socket_failed(DatagramSocket& socket, BindError error) override;
  void on_datagram(DatagramSocket& socket, const Datagram& datagram) override;
  /// Gives up the address that peers see, once.
  void give_up();
  /// What the client is told of an address of this machine.
  TransportAddress told(const TransportAddress& local) const;
  const OwnMachine& own_machine() const { return lease_.resources.policy.own_machine(); }

  const Lease& lease_;
  tunnel::SocketId id_;
  Quota::Token token_;
  std::optional<TransportAddress> advertised_;  // while it is bound
  bool is_over_ = false;
  Timestamp bound_at_{};
  std::unique_ptr<PeerLog> peers_;  // null: there is no audit log
  std::string_view end_ = "its session ended";
  std::unique_ptr<native::UdpSocket> socket_;
};

}  // namespace floe::gateway
