// What an observer of one host sees of its dealings with TURN servers: the datagrams inside of the
// datagrams, and whether the server had been asked to let them through.
//
// Over UDP alone; what streams carry is not seen by it.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "floe/stun/message_view.h"
#include "floe/types/address.h"
#include "floe/types/time.h"

namespace floe::sim {

class TurnWatch {
 public:
  /// As it leaves the relay, or came to it.
  struct Inner {
    TransportAddress relayed;
    TransportAddress peer;
    Bytes payload;
    /// The server had given a permission that was not over.
    bool is_permitted = false;
  };

  /// Whether it is TURN at all, and not Binding or data; then one of the below is to be called.
  static bool is_turn(Bytes payload);

  std::optional<Inner> note_sent(Timestamp now, const TransportAddress& base,
                                 const TransportAddress& server, Bytes payload);
  std::optional<Inner> note_arrived(Timestamp now, const TransportAddress& base,
                                    const TransportAddress& server, Bytes payload);
  /// The last that was noted as sent was the first Allocate on its five-tuple.
  bool began_allocation() const { return began_allocation_; }

 private:
  struct Request {
    stun::Method method;
    TransportAddress peer;
    std::uint16_t channel = 0;
    bool is_granted = false;
  };
  using Channels = std::map<std::uint16_t, TransportAddress>;
  struct Path {
    std::vector<TransportAddress> relayed;
    std::map<stun::TransactionId, Request> requests;
    std::map<IpAddress, Timestamp> granted;
    Channels asked;  ///< the server may use them before its answer arrives
    Channels bound;
  };

  Path& path(const TransportAddress& base, const TransportAddress& server) {
    return paths_[{base, server}];
  }
  static std::optional<Inner> inner_of(Timestamp now, const Path& path, const Channels& channels,
                                       Bytes payload);
  static void note_request(Path& path, const stun::MessageView& request);
  static void note_success(Timestamp now, Path& path, const stun::MessageView& response);

  std::map<std::pair<TransportAddress, TransportAddress>, Path> paths_;
  bool began_allocation_ = false;
};

}  // namespace floe::sim
