// The server that a probe asks, and the way to it.
#pragma once

#include <optional>
#include <string>

#include "floe/driver/server_uri.h"
#include "floe/turn/transport.h"
#include "floe/types/address.h"
#include "floe/types/result.h"

namespace floe::probes {

/// The kinds of server that a probe can ask.
enum class ServerKind : std::uint8_t {
  stun_over_udp,  ///< stun:
  stun,           ///< stun:, over UDP or TCP, and stuns:
  turn,           ///< turn: and turns:
  any,
};

/// The server that `text` names, with a scheme or, where the kind tells it, without; or what is
/// wrong with it, for people.
Result<ServerUri, std::string> read_server(std::string_view text, ServerKind kind);

/// How the server is reached when nobody says otherwise.
turn::Transport transport_of(const ServerUri& uri);

struct ServerOptions {
  ServerUri server;
  turn::Transport transport = turn::Transport::udp;
  std::optional<IpAddress> bind;  ///< empty: the address that leads to the server
  std::optional<Family> family;   ///< empty: the family of the server's first address
  bool json = false;
};

}  // namespace floe::probes
