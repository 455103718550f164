// UDP sockets that send everything back to where it came from, in a thread of their own, in batches
// and with UDP_SEGMENT, so that the one who sends to them is kept busy. A check of ICE becomes its
// answer.
#pragma once

#include <atomic>
#include <deque>
#include <thread>

#include "floe/types/address.h"
#include "plain/socket.h"

namespace floe::bench {

class EchoPeers {
 public:
  explicit EchoPeers(std::size_t count);

  std::size_t size() const { return sockets_.size(); }
  const PlainSocket& socket(std::size_t index) const { return sockets_[index]; }
  TransportAddress address(std::size_t index) const;
  /// Datagrams sent back so far, by all of them.
  std::size_t echoed() const { return echoed_; }
  /// Of the datagram that came last, to any of them.
  sockaddr_in last_source() const;

 private:
  void run(const std::stop_token& stop);

  std::deque<PlainSocket> sockets_;
  PlainPoller poller_;
  std::atomic<std::size_t> echoed_ = 0;
  std::atomic<in_port_t> last_port_ = 0;
  std::jthread thread_;  // the last member: it ends before the others
};

}  // namespace floe::bench
