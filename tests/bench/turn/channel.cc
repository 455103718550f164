#include "turn/channel.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>

#include "floe/wire/byte_reader.h"
#include "floe/wire/byte_writer.h"
#include "measure/program.h"

namespace floe::bench {
namespace {

constexpr std::uint16_t kChannel = 0x4000;
constexpr std::size_t kHeaderSize = 4;

std::size_t padded(std::size_t size) {
  return (size + 3) / 4 * 4;
}

}  // namespace

Channel::Channel(std::uint16_t server_port, Transport transport, const TransportAddress& peer,
                 std::size_t payload_size)
    : message_(kHeaderSize + payload_size, 0x55) {
  require(payload_size >= sizeof sent_, "no room for a number");
  ByteWriter header(message_);
  header.u16(kChannel);
  header.u16(static_cast<std::uint16_t>(payload_size));
  TurnClient client(server_port, {IpAddress::v4(127, 0, 0, 1), 0}, transport);
  client.allocate();
  client.bind_channel(kChannel, peer);
  if (transport == Transport::udp) {
    udp_ = client.take_fd();
  } else {
    message_.resize(padded(message_.size()));
    tcp_.emplace(client.take_fd());
  }
}

void Channel::watch(const PlainPoller& poller, std::uint32_t number) const {
  if (tcp_) {
    poller.add_stream(tcp_->fd(), number);
  } else {
    poller.add(udp_.get(), number);
  }
}

void Channel::fill(std::size_t window) {
  while (sent_ - settled_ < window) send_next();
  if (tcp_) tcp_->flush();
}

void Channel::send_next() {
  ByteWriter(MutableBytes{message_}.subspan(kHeaderSize)).u32(sent_++);
  if (tcp_) {
    std::ranges::copy(message_, tcp_->extend(message_.size()).begin());
  } else {
    (void)::send(udp_.get(), message_.data(), message_.size(), MSG_DONTWAIT);
  }
}

void Channel::take() {
  if (tcp_) return take_from_stream();
  std::array<std::uint8_t, 2048> buffer;
  for (;;) {
    const ssize_t size = ::recv(udp_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size < 0) return;
    count(Bytes(buffer).first(static_cast<std::size_t>(size)));
  }
}

void Channel::take_from_stream() {
  tcp_->flush();
  while (tcp_->receive()) {
    for (;;) {
      const Bytes bytes = tcp_->received();
      if (bytes.size() < kHeaderSize) break;
      const std::size_t size = kHeaderSize + padded(std::size_t{bytes[2]} << 8 | bytes[3]);
      if (bytes.size() < size) break;
      count(bytes.first(size));
      tcp_->consume(size);
    }
  }
}

void Channel::count(Bytes message) {
  ByteReader payload(message.subspan(kHeaderSize));
  const std::uint32_t number = payload.u32();
  if (static_cast<std::int32_t>(number - settled_) < 0) return;  // given up before
  settled_ = number + 1;
  ++returned_;
}

void Channel::give_up() {
  settled_ = sent_;
}

}  // namespace floe::bench
