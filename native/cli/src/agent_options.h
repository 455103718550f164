// The options of `floe agent`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "floe/driver/connection.h"

namespace CLI {
class App;
}

namespace floe::cli {

struct AgentOptions {
  std::string signal = "stdio";     ///< or sdp, or ws(s)://HOST/signal/ROOM
  std::optional<bool> trickle;      ///< empty: as it suits `signal`
  std::string gateway;              ///< ws(s)://HOST/tunnel; empty: this machine's own sockets
  std::string token;                ///< for the signalling server and the gateway
  std::vector<std::string> offers;  ///< services, told in the room
  std::string seeks;                ///< the service that the peer must offer; empty: any
  std::string tls_ca_file;
  std::string certificate_file;  ///< empty: a new certificate for each connection
  std::string key_file;
  std::vector<IpAddress> bind;  ///< empty: all interfaces but loopback and link-local
  std::optional<std::uint64_t> seed;
  std::vector<std::string> interfaces;  ///< names; empty: all
  bool echo = false;
  bool verbose = false;
  ConnectionOptions connection;
};

/// Declares the options; `options` is filled when the program's arguments are parsed.
void declare(CLI::App& app, AgentOptions& options);

// The groups that declare() is made of, each in another file.

/// Options about the sockets to use.
void declare_sockets(CLI::App& app, AgentOptions& options);
/// Options about the servers that are asked for candidates.
void declare_servers(CLI::App& app, AgentOptions& options);

}  // namespace floe::cli
