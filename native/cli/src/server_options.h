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

/// What a command can ask.
enum class ServerKind : std::uint8_t {
  stun_over_udp,  ///< stun:
  stun,           ///< stun:, over TCP with --tcp, and stuns:
  turn,           ///< turn: and turns:
};

struct ServerOptions {
  ServerUri server;
  turn::Transport transport = turn::Transport::udp;
  std::string tls_ca_file;        ///< who may vouch for it besides the system's authorities
  std::optional<IpAddress> bind;  ///< empty: the address that leads to the server
  std::optional<Family> family;   ///< empty: what the server has first
  bool json = false;
};

/// Declares the options; `options` is filled when the program's arguments are parsed.
void declare(CLI::App& app, ServerOptions& options, ServerKind kind);

/// "--pass-env" and its like: a password out of the environment, where no list of processes shows
/// it.
std::string password_from_environment(const std::string& option, const std::string& variable);

}  // namespace floe::cli
