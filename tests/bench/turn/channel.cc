#include "turn/channel.h"

#include <sys/socket.h>

#include <array>

#include "floe/wire/byte_reader.h"
#include "floe/wire/byte_writer.h"
#include "measure/program.h"

namespace floe::bench {
namespace {

constexpr std::uint16_t kChannel = 0x4000;
constexpr std::size_t kHeaderSize = 4;

}  // namespace

Channel::Channel(std::uint16_t server_port, const TransportAddress& peer, std::size_t payload_size)
    : message_(kHeaderSize + payload_size, 0x55) {
  require(payload_size >= sizeof sent_, "no room for a number");
  ByteWriter header(message_);
  header.u16(kChannel);
  header.u16(static_cast<std::uint16_t>(payload_size));
  TurnClient client(server_port, {IpAddress::v4(127, 0, 0, 1), 0});
  client.allocate();
  client.bind_channel(kChannel, peer);
  fd_ = client.take_fd();
}

void Channel::fill(std::size_t window) {
  while (sent_ - settled_ < window) send_next();
}

void Channel::send_next() {
  ByteWriter(MutableBytes{message_}.subspan(kHeaderSize)).u32(sent_++);
  (void)::send(fd(), message_.data(), message_.size(), MSG_DONTWAIT);
}

void Channel::take() {
  std::array<std::uint8_t, 2048> buffer;
  for (;;) {
    const ssize_t size = ::recv(fd(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size < 0) return;
    count(Bytes(buffer).first(static_cast<std::size_t>(size)));
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
