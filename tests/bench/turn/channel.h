// A client of a TURN server with one channel, which keeps datagrams of ChannelData under way.
#pragma once

#include <cstdint>

#include "floe/native/unique_fd.h"
#include "floe/types/bytes.h"
#include "turn/turn_client.h"

namespace floe::bench {

class Channel {
 public:
  Channel(std::uint16_t server_port, const TransportAddress& peer, std::size_t payload_size);

  int fd() const { return fd_.get(); }
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
  void count(Bytes message);

  ByteVector message_;
  native::UniqueFd fd_;
  // Everything keeps its order, so a number that is too high tells of a loss.
  std::uint32_t sent_ = 0;
  std::uint32_t settled_ = 0;
  std::size_t returned_ = 0;
};

}  // namespace floe::bench
