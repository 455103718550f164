#include "gateway/addressed_client.h"

#include "floe/wire/byte_writer.h"
#include "measure/program.h"

namespace floe::bench {
namespace {

constexpr std::size_t kAddressSize = 6;

}  // namespace

void AddressedClient::send(std::size_t peer, Bytes payload) {
  const TransportAddress& remote = peers_[peer];
  ByteWriter out(web_socket_.extend(kAddressSize + payload.size()));
  out.bytes(remote.ip.bytes());
  out.u16(remote.port);
  out.bytes(payload);
  web_socket_.end_message();
}

void AddressedClient::receive(const OnDatagram& on_datagram) {
  while (const auto message = web_socket_.next_message()) {
    require(message->size() >= kAddressSize, "a datagram without an address");
    on_datagram(message->subspan(kAddressSize));
  }
}

}  // namespace floe::bench
