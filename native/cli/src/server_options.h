// The options of the commands that ask a server: `floe stun` and `floe nat`.
#pragma once

#include <optional>
#include <string>

#include "floe/driver/server_uri.h"
#include "floe/types/address.h"

namespace CLI {
class App;
}

namespace floe::cli {

struct ServerOptions {
  ServerUri server;
  std::optional<IpAddress> bind;  ///< empty: the address that leads to the server
  std::optional<Family> family;   ///< empty: what the server has first
  bool json = false;
};

/// Declares the options; `options` is filled when the program's arguments are parsed.
void declare(CLI::App& app, ServerOptions& options);

}  // namespace floe::cli
