// UDP sockets that note what they hear, for the tests of sockets.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "floe/native/system_random.h"
#include "floe/native/udp_sockets.h"

namespace floe::native::test {

inline const IpAddress kLoopback = IpAddress::loopback(Family::ipv4);

struct UdpReceived {
  TransportAddress local;
  TransportAddress remote;
  ByteVector payload;
};

class UdpPeer final : public DatagramListener {
 public:
  UdpPeer(UdpSockets& sockets, const IpAddress& ip, std::uint16_t port_min = 0,
          std::uint16_t port_max = 0)
      : socket(sockets.open_udp({ip, port_min, port_max}, *this)) {}

  void on_bound(DatagramSocket&, const TransportAddress& address) override {
    bound = true;
    local = address;
  }
  void on_socket_failed(DatagramSocket&, BindError why) override { error = why; }
  void on_datagram(DatagramSocket& from, const Datagram& datagram) override {
    received.push_back({datagram.local, datagram.remote,
                        ByteVector(datagram.payload.begin(), datagram.payload.end())});
    if (echo) from.send(datagram.remote, datagram.payload);
    if (then) then();
  }

  bool bound = false;
  bool echo = false;
  std::optional<BindError> error;
  TransportAddress local;
  std::vector<UdpReceived> received;
  std::function<void()> then;
  std::unique_ptr<UdpSocket> socket;
};

struct UdpWorld {
  Loop loop;
  SystemRandom random;
  UdpSockets sockets{loop, random};
};

inline ByteVector numbered(std::size_t size, int number) {
  ByteVector bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(number + int(i));
  return bytes;
}

}  // namespace floe::native::test
