// The network of the system that the JavaScript runtime is on: Node's, Deno's or Bun's own sockets.
//
// js/src/system is the other end. What the agent wants becomes an event (open this socket, send
// these bytes), and what the system answers comes back as a command, each with the number that this
// end has given the socket, stream or lookup.
#pragma once

#include "network_object.h"
#include "system_addresses.h"
#include "system_names.h"
#include "system_routes.h"
#include "system_sockets.h"
#include "system_streams.h"

namespace floe::wasm {

class SystemNetwork final : public NetworkObject {
 public:
  SystemNetwork(WasmHost& host, std::uint32_t handle);

  NetworkParts parts() override { return {sockets_, addresses_, names_, streams_}; }
  SystemRoutes& routes() { return routes_; }
  void close() override { sockets_.fail_all(); }

  void handle_command(Command command, std::uint16_t extra, CommandReader& in) override;
  void write_stats(json::Writer& out) const override;

 private:
  SystemAddresses addresses_;
  SystemSockets sockets_;
  SystemStreams streams_;
  SystemNames names_;
  SystemRoutes routes_;
};

}  // namespace floe::wasm
