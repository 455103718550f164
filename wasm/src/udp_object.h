// One UDP socket of a network, which JavaScript uses directly.
#pragma once

#include <memory>
#include <optional>

#include "network_object.h"

namespace floe::wasm {

class UdpObject final : public Object, private DatagramListener, private NetworkListener {
 public:
  /// Without an `ip`, the network's first address is used, as soon as it is known.
  UdpObject(WasmHost& host, std::uint32_t handle, std::shared_ptr<NetworkObject> network,
            std::optional<IpAddress> ip, std::uint16_t port_min, std::uint16_t port_max);
  ~UdpObject() override;

  bool send_datagram(std::uint16_t, CommandReader in) override;
  void handle_command(Command command, std::uint16_t extra, CommandReader& in) override;
  void write_stats(json::Writer& out) const override;

 private:
  void on_network_changed() override { open_if_possible(); }
  void on_bound(DatagramSocket& socket, const TransportAddress& local) override;
  void on_socket_failed(DatagramSocket& socket, BindError error) override;
  void on_datagram(DatagramSocket& socket, const Datagram& datagram) override;
  void open_if_possible();

  std::shared_ptr<NetworkObject> network_;
  std::optional<IpAddress> ip_;
  std::uint16_t port_min_;
  std::uint16_t port_max_;
  std::unique_ptr<DatagramSocket> socket_;
  std::uint64_t sent_ = 0;
  std::uint64_t dropped_ = 0;
  std::uint64_t received_ = 0;
};

}  // namespace floe::wasm
