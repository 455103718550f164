// Clients of a relay that are just there: connected, with a socket of the relay's.
#pragma once

#include <memory>
#include <vector>

#include "gateway/relay.h"
#include "plain/socket.h"

namespace floe::bench {

class IdleCrowd {
 public:
  IdleCrowd(const Relay& relay, std::size_t count) : relay_(relay) { add(count); }

  void add(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) clients_.push_back(new_client());
  }

 private:
  std::unique_ptr<RelayClient> new_client() const {
    auto client = relay_.new_client();
    // In Wisp a socket is one for a peer.
    if (relay_.protocol == Protocol::wisp) {
      const auto port = ntohs(peer_.address().sin_port);
      client->open_peer(0, {IpAddress::v4(127, 0, 0, 1), port});
    }
    return client;
  }

  Relay relay_;
  PlainSocket peer_;
  std::vector<std::unique_ptr<RelayClient>> clients_;
};

}  // namespace floe::bench
