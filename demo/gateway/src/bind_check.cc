#include "bind_check.h"

namespace floe::gateway {
namespace {

struct Nobody final : DatagramListener {
  void on_bound(DatagramSocket&, const TransportAddress&) override {}
  void on_socket_failed(DatagramSocket&, BindError) override {}
  void on_datagram(DatagramSocket&, const Datagram&) override {}
};

}  // namespace

std::string refuse_to_bind(native::UdpSocketSource& udp, const std::vector<IpAddress>& addresses) {
  Nobody nobody;
  for (const IpAddress& ip : addresses) {
    if (udp.open_udp({ip, 0, 0}, nobody)->local().port == 0) {
      return "--bind " + ip.to_text() + ": this machine has no such address";
    }
  }
  return {};
}

}  // namespace floe::gateway
