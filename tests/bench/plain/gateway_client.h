// A client of plain-gateway: its WebSocket, and a UDP socket for it. A message is an IPv4 address,
// a port and a datagram.
#pragma once

#include <cstdint>
#include <vector>

#include "plain/incoming_datagrams.h"
#include "plain/incoming_frames.h"
#include "plain/outgoing_datagrams.h"
#include "plain/socket.h"

namespace floe::bench {

/// What all clients of a gateway share, because only one is served at a time.
struct GatewayBuffers {
  explicit GatewayBuffers(bool in_segments) : datagrams_out(in_segments) {}

  IncomingFrames frames_in;
  IncomingDatagrams datagrams_in;
  OutgoingDatagrams datagrams_out;
};

class GatewayClient {
 public:
  GatewayClient(native::UniqueFd tcp, GatewayBuffers& buffers);

  int tcp_fd() const { return tcp_.get(); }
  int udp_fd() const { return udp_.fd(); }

  /// One recv() of the WebSocket. False when it has ended.
  bool take_frames();
  /// All datagrams that are there, unless the WebSocket is full.
  void take_datagrams();
  /// What the WebSocket did not take before.
  void send_waiting();
  /// Then datagrams stay in the kernel.
  bool is_full() const { return !waiting_.empty(); }

 private:
  void upgrade();
  void send(std::span<iovec> frames);

  native::UniqueFd tcp_;
  PlainSocket udp_;
  GatewayBuffers& buffers_;
  bool is_upgraded_ = false;
  std::vector<std::uint8_t> rest_;
  std::vector<std::uint8_t> waiting_;
};

}  // namespace floe::bench
