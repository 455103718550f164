// A client of a TURN server with one channel, which keeps datagrams of ChannelData under way, over
// UDP or TCP (RFC 8656, section 12.5: over TCP padded to four bytes).
#pragma once

#include <cstdint>
#include <optional>

#include "floe/native/unique_fd.h"
#include "floe/types/bytes.h"
#include "plain/socket.h"
#include "plain/stream.h"
#include "turn/turn_client.h"

namespace floe::bench {

class Channel {
 public:
  Channel(std::uint16_t server_port, Transport transport, const TransportAddress& peer,
          std::size_t payload_size);

  void watch(const PlainPoller& poller, std::uint32_t number) const;
  /// Sends until `window` are under way.
  void fill(std::size_t window);
  /// All that have come back.
  void take();
  /// What is under way does not come back.
  void give_up();

  std::size_t returned() const { return returned_; }
  std::size_t lost() const { return settled_ - returned_; }

 private:
  void send_next();
  void take_from_stream();
  void count(Bytes message);

  ByteVector message_;
  native::UniqueFd udp_;
  std::optional<PlainStream> tcp_;
  // Everything keeps its order, so a number that is too high tells of a loss.
  std::uint32_t sent_ = 0;
  std::uint32_t settled_ = 0;
  std::size_t returned_ = 0;
};

}  // namespace floe::bench
