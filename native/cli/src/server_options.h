// The options of the commands that ask a server: `floe stun`, `floe nat` and `floe turn`.
#pragma once

#include <optional>
#include <string>

#include "floe/driver/server_uri.h"
#include "floe/turn/transport.h"
#include "floe/types/address.h"

namespace CLI {
class App;
}

namespace floe::cli {

/// The kinds of server that a command can ask.
enum class ServerKind : std::uint8_t {
  stun_over_udp,  ///< stun:
  stun,           ///< stun:, over TCP with --tcp, and stuns:
  turn,           ///< turn: and turns:
};

struct ServerOptions {
  ServerUri server;
  turn::Transport transport = turn::Transport::udp;
  std::string tls_ca_file;        ///< authorities that are trusted besides those of the system
  std::optional<IpAddress> bind;  ///< empty: the address that leads to the server
  std::optional<Family> family;   ///< empty: the family of the server's first address
  bool json = false;
};

/// Declares the options; `options` is filled when the program's arguments are parsed.
void declare(CLI::App& app, ServerOptions& options, ServerKind kind);

}  // namespace floe::cli
