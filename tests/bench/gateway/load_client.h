// A client of a relay that keeps datagrams under way to peers that send them back.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "gateway/relay.h"
#include "plain/echo_peers.h"

namespace floe::bench {

/// From `min` to `max`, mixed.
struct PayloadSizes {
  std::size_t min = 100;
  std::size_t max = 100;
};

class LoadClient {
 public:
  LoadClient(const Relay& relay, const EchoPeers& peers, const PayloadSizes& sizes);

  int fd() const { return client_->fd(); }
  /// Sends until `window` are under way, to the peers in turn.
  void fill(std::size_t window);
  /// All that have come back.
  void take();
  /// What is under way does not come back.
  void give_up();

  std::size_t sent() const { return sent_; }
  std::size_t under_way() const { return under_way_; }
  std::size_t returned() const { return returned_; }
  std::size_t lost() const { return sent_ - returned_ - under_way_; }

 private:
  /// Everything on one way keeps its order, so a number that is too high tells of a loss.
  struct Peer {
    std::uint32_t sent = 0;
    std::uint32_t settled = 0;  // came back, or lost
  };

  void send_next();
  void count(Bytes payload);

  std::unique_ptr<RelayClient> client_;
  PayloadSizes sizes_;
  std::vector<Peer> peers_;
  ByteVector payload_;
  std::size_t sent_ = 0;
  std::size_t under_way_ = 0;
  std::size_t returned_ = 0;
};

}  // namespace floe::bench
