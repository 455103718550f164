#include "gateway/channel_client.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "floe/wire/byte_writer.h"
#include "measure/program.h"

namespace floe::bench {
namespace {

constexpr std::uint16_t kFirstChannel = 0x4000;
constexpr std::size_t kHeaderSize = 4;

/// Allocations over UDP outlive their clients, so another process must not come from the same port.
TransportAddress own_address() {
  const auto pid = static_cast<std::uint32_t>(getpid());
  return {
      IpAddress::v4(127, 1, static_cast<std::uint8_t>(pid >> 8), static_cast<std::uint8_t>(pid)),
      0};
}

std::uint16_t channel_of(std::size_t peer) {
  return static_cast<std::uint16_t>(kFirstChannel + peer);
}

std::size_t padded(std::size_t size) {
  return (size + 3) / 4 * 4;
}

Bytes payload_of(Bytes message) {
  const std::size_t size = std::size_t{message[2]} << 8 | message[3];
  require(kHeaderSize + size <= message.size(), "not ChannelData");
  return message.subspan(kHeaderSize, size);
}

}  // namespace

ChannelClient::ChannelClient(std::uint16_t server_port, Transport transport)
    : transport_(transport), turn_(server_port, own_address(), transport), fd_(turn_.fd()) {
  turn_.allocate();
}

void ChannelClient::open_peer(std::size_t peer, const TransportAddress& remote) {
  turn_.bind_channel(channel_of(peer), remote);
}

void ChannelClient::send(std::size_t peer, Bytes payload) {
  const bool by_stream = transport_ == Transport::tcp;
  if (by_stream && !stream_) stream_.emplace(turn_.take_fd());
  const std::size_t size = kHeaderSize + payload.size();
  if (!by_stream) message_.resize(size);
  ByteWriter out(by_stream ? stream_->extend(padded(size)) : MutableBytes{message_});
  out.u16(channel_of(peer));
  out.u16(static_cast<std::uint16_t>(payload.size()));
  out.bytes(payload);
  if (!by_stream) (void)::send(fd_, message_.data(), message_.size(), MSG_DONTWAIT);
}

void ChannelClient::flush() {
  if (stream_) stream_->flush();
}

void ChannelClient::receive(const OnDatagram& on_datagram) {
  if (transport_ == Transport::tcp) return receive_by_stream(on_datagram);
  std::array<std::uint8_t, 2048> buffer;
  for (;;) {
    const ssize_t size = ::recv(fd_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size < 0) return;
    on_datagram(payload_of(Bytes(buffer).first(static_cast<std::size_t>(size))));
  }
}

void ChannelClient::receive_by_stream(const OnDatagram& on_datagram) {
  while (stream_ && stream_->receive()) {
    for (;;) {
      const Bytes bytes = stream_->received();
      if (bytes.size() < kHeaderSize) break;
      const std::size_t size = kHeaderSize + padded(std::size_t{bytes[2]} << 8 | bytes[3]);
      if (bytes.size() < size) break;
      on_datagram(payload_of(bytes.first(size)));
      stream_->consume(size);
    }
  }
}

}  // namespace floe::bench
