// Whether two sockets of this host can talk to each other.
#pragma once

#include <memory>
#include <string>

#include "floe/probes/blocking_host.h"

namespace floe::probes {

struct UdpResult {
  std::string error;  ///< empty: a datagram has passed
  Duration took{};
};

class UdpCheck final : private DatagramListener {
 public:
  /// `host` must outlive it.
  UdpCheck(BlockingHost& host, const IpAddress& ip);

  /// Within two seconds.
  UdpResult run();

 private:
  void on_bound(DatagramSocket& socket, const TransportAddress& local) override;
  void on_socket_failed(DatagramSocket&, BindError error) override { error_ = to_text(error); }
  void on_datagram(DatagramSocket&, const Datagram&) override { has_arrived_ = true; }

  BlockingHost& host_;
  std::unique_ptr<DatagramSocket> from_;
  std::unique_ptr<DatagramSocket> to_;
  std::optional<TransportAddress> destination_;
  bool is_from_bound_ = false;
  bool has_arrived_ = false;
  std::string error_;
};

}  // namespace floe::probes
