// The records that a server sends: a client has no code for the others.
#pragma once

#include <type_traits>
#include <variant>

#include "floe/tunnel/records/record.h"

namespace floe::tunnel {

/// Frequent ones first.
using FromServer =
    std::variant<Received, ReceivedShort, Sent, TcpData, TcpCredit, TcpOpened, TcpClose, Credit,
                 Bound, SocketClosed, Dropped, PeerOpened, PermissionChanged, Resolved, AlarmFired,
                 Ping, Pong, Welcome, GoAway, Error>;

template <class R, class... Rs>
constexpr bool is_one_of(const std::variant<Rs...>*) {
  return (std::is_same_v<R, Rs> || ...);
}
static_assert(of_each_record([]<class R>() {
                const auto traits = traits_of(static_cast<std::uint8_t>(R::kType));
                const bool is_sent_by_server = traits->sender != Sender::client;
                return is_sent_by_server == is_one_of<R>(static_cast<const FromServer*>(nullptr));
              }),
              "FromServer must list the records that a server sends");

}  // namespace floe::tunnel
