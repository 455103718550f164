// A client of TURN over TCP or UDP with a channel for each peer (RFC 8656, section 12.5: over TCP
// ChannelData is padded to four bytes).
#pragma once

#include <optional>

#include "gateway/relay_client.h"
#include "plain/stream.h"
#include "turn/turn_client.h"

namespace floe::bench {

class ChannelClient final : public RelayClient {
 public:
  ChannelClient(std::uint16_t server_port, Transport transport);

  int fd() const override { return fd_; }
  /// Before the first datagram.
  void open_peer(std::size_t peer, const TransportAddress& remote) override;
  bool may_send(std::size_t) const override { return !stream_ || stream_->has_room(); }
  void send(std::size_t peer, Bytes payload) override;
  void flush() override;
  void receive(const OnDatagram& on_datagram) override;

 private:
  void receive_by_stream(const OnDatagram& on_datagram);

  Transport transport_;
  TurnClient turn_;  // has the descriptor until a stream takes it
  int fd_;
  std::optional<PlainStream> stream_;
  ByteVector message_;
};

}  // namespace floe::bench
