#include "system_network.h"

namespace floe::wasm {

SystemNetwork::SystemNetwork(WasmHost& host, std::uint32_t handle)
    : NetworkObject(host, handle),
      sockets_(host.events, handle),
      streams_(host.events, handle),
      names_(host.events, handle),
      routes_(host.events, handle) {}

void SystemNetwork::handle_command(Command command, std::uint16_t, CommandReader& in) {
  switch (command) {
    case Command::system_addresses:
      return addresses_.on_addresses(in);
    case Command::system_bound:
      return sockets_.on_bound(in);
    case Command::system_socket_failed:
      return sockets_.on_failed(in);
    case Command::system_datagram:
      return sockets_.on_datagram(in);
    case Command::system_connected:
      return streams_.on_connected(in);
    case Command::system_stream_bytes:
      return streams_.on_bytes(in);
    case Command::system_stream_taken:
      return streams_.on_taken(in);
    case Command::system_stream_closed:
      return streams_.on_closed(in);
    case Command::system_resolved:
      return names_.on_resolved(in);
    case Command::system_route_found:
      return routes_.on_found(in);
    default:
      return refuse("bad-command", "A network does not know this command.");
  }
}

void SystemNetwork::write_stats(json::Writer& out) const {
  out.begin_object();
  out.name("datagramsSent").unsigned_integer(sockets_.sent());
  out.name("datagramsReceived").unsigned_integer(sockets_.received());
  out.end_object();
}

std::shared_ptr<NetworkObject> make_system_network(WasmHost& host, std::uint32_t handle) {
  return std::make_shared<SystemNetwork>(host, handle);
}

}  // namespace floe::wasm
