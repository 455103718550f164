// Clients of a gateway with datagrams under way, and the peers that send these back.
#pragma once

#include <cstdint>
#include <deque>

#include "gateway/load_client.h"
#include "plain/echo_peers.h"
#include "plain/socket.h"

namespace floe::bench {

class Load {
 public:
  Load(std::uint16_t gateway_port, std::size_t clients, std::size_t peers,
       const PayloadSizes& sizes);

  /// Until `count` came back, with `window` of each client under way, and then until none is.
  void run(std::size_t count, std::size_t window);

  /// Those that went to a peer, and those that came back: since the load is there.
  std::size_t relayed() const { return peers_.echoed() + returned(); }
  std::size_t lost() const;

 private:
  /// Waits for some; without any for long, what is under way is lost.
  void take();
  std::size_t returned() const;
  std::size_t under_way() const;

  EchoPeers peers_;
  std::deque<LoadClient> clients_;
  PlainPoller poller_;
};

}  // namespace floe::bench
