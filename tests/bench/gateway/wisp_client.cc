#include "gateway/wisp_client.h"

#include <string_view>

#include "floe/wire/byte_writer.h"
#include "measure/program.h"

namespace floe::bench {
namespace {

constexpr std::uint8_t kConnect = 1;
constexpr std::uint8_t kData = 2;
/// Credit, which Wisp has for TCP alone.
constexpr std::uint8_t kContinue = 3;
constexpr std::uint8_t kUdp = 2;
constexpr std::string_view kHost = "127.0.0.1";
/// Type and stream.
constexpr std::size_t kHeaderSize = 5;

/// Wisp's integers begin with the lowest byte.
void little_u16(ByteWriter& out, std::size_t value) {
  out.u8(static_cast<std::uint8_t>(value));
  out.u8(static_cast<std::uint8_t>(value >> 8));
}

void header(ByteWriter& out, std::uint8_t type, std::size_t peer) {
  out.u8(type);
  little_u16(out, peer + 1);
  out.u16(0);
}

}  // namespace

void WispClient::open_peer(std::size_t peer, const TransportAddress& remote) {
  require(remote.ip == IpAddress::v4(127, 0, 0, 1), "a peer that is not on this machine");
  ByteWriter out(web_socket_.extend(kHeaderSize + 3 + kHost.size()));
  header(out, kConnect, peer);
  out.u8(kUdp);
  little_u16(out, remote.port);
  out.bytes(as_bytes(kHost));
  web_socket_.end_message();
  web_socket_.flush();
}

void WispClient::send(std::size_t peer, Bytes payload) {
  ByteWriter out(web_socket_.extend(kHeaderSize + payload.size()));
  header(out, kData, peer);
  out.bytes(payload);
  web_socket_.end_message();
}

void WispClient::receive(const OnDatagram& on_datagram) {
  while (const auto message = web_socket_.next_message()) {
    require(message->size() >= kHeaderSize, "a packet without a header");
    if ((*message)[0] == kContinue) continue;
    require((*message)[0] == kData, "a stream was closed");
    on_datagram(message->subspan(kHeaderSize));
  }
}

}  // namespace floe::bench
