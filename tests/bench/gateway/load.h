// Clients of a relay with datagrams under way, and the peers that send these back.
#pragma once

#include <cstdint>
#include <deque>

#include "gateway/load_client.h"
#include "plain/echo_peers.h"
#include "plain/socket.h"

namespace floe::bench {

class Load {
 public:
  Load(const Relay& relay, std::size_t clients, std::size_t peers, const PayloadSizes& sizes);

  /// Until `count` came back, with `window` of each client under way, and then until none is.
  void run(std::size_t count, std::size_t window);
  /// As much as the connections take, for so long, and then until nothing more comes back.
  void flood(std::int64_t duration_ns);

  // Since the load is there.
  std::size_t sent() const;
  std::size_t returned() const;
  std::size_t lost() const;
  /// Those that went to a peer, and those that came back.
  std::size_t relayed() const { return peers_.echoed() + returned(); }

 private:
  /// Waits for some. False without any for long.
  bool take(std::int64_t wait_ns = kLost_ns);
  void give_up();
  std::size_t under_way() const;

  /// Without an answer for so long, what is under way is taken for lost.
  static constexpr std::int64_t kLost_ns = 200'000'000;

  EchoPeers peers_;
  std::deque<LoadClient> clients_;
  PlainPoller poller_;
};

}  // namespace floe::bench
