// One allocation as an agent sees it: which server, over which socket or stream, since when, and
// how often it had to be made anew.
//
//   waiting --a slot--> (connecting, over a stream) --> allocating --> allocated
//      ^                        |                           |              |
//      '------- lost, at most kRelayRemakesMax times, or sent on once -----'
//                               '---> failed                '---> released
//
// Relays drives it and passes what it says on.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "agent_core.h"
#include "floe/ice/candidate.h"
#include "floe/ice/turn_server.h"
#include "floe/turn/client_allocation.h"
#include "floe/types/list.h"

namespace floe::ice {

enum class RelayState : std::uint8_t {
  waiting,
  connecting,
  allocating,
  allocated,
  releasing,  ///< the server is told, and answers or not
  over,       ///< failed, or released
};

struct Relay {
  std::size_t server = 0;
  StreamComponent component = 1;
  RelayState state = RelayState::waiting;
  TransportAddress base = {};    ///< the own end; over a stream known once it is connected
  TransportAddress target = {};  ///< the server, or where it sent on to
  std::string server_name = {};  ///< of the target
  std::optional<TcpConnectionId> stream = {};
  std::uint8_t redirects = 0;
  std::uint8_t remakes = 0;
  bool was_heard = false;  ///< the server lives
  Timestamp begun_at = {};
  Timestamp allocated_at = {};
  std::unique_ptr<turn::ClientAllocation> allocation = {};
  List<TransportAddress> relayed = {};
  std::optional<TransportAddress> mapped = {};

  bool is_pending() const {
    return state == RelayState::waiting || state == RelayState::connecting ||
           state == RelayState::allocating;
  }
};

}  // namespace floe::ice
