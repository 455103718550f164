// An object whose sockets, addresses and names other objects use: a gateway, or the system that the
// JavaScript runtime is on.
//
// The other objects keep it alive. When it is closed or lost, their sockets fail.
#pragma once

#include <memory>

#include "floe/api/host.h"
#include "object.h"

namespace floe::wasm {

/// What a network has of platform/api.
struct NetworkParts {
  DatagramSockets& sockets;
  NetworkMonitor& addresses;
  Resolver& names;
  StreamSockets& streams;
};

class NetworkObject : public Object {
 public:
  using Object::Object;

  virtual NetworkParts parts() = 0;
  /// The work that is done once for all inputs of a turn.
  virtual void end_turn() {}
  /// Whether a datagram of `size` bytes would go on at once, and not wait in a queue.
  virtual bool takes_datagram(std::size_t) const { return true; }

  /// The module's host with this network. `addresses` is what an agent sees of its addresses.
  Host host_with(NetworkMonitor& addresses) {
    WasmHost& own = host();
    const NetworkParts parts = this->parts();
    return {own.clock,  own.timers, parts.sockets, addresses,     own.random,
            own.crypto, own.log,    &parts.names,  &parts.streams};
  }
};

/// The network of the system, where this module has one; nullptr in the module of pages, whose
/// script does not ask for it.
std::shared_ptr<NetworkObject> make_system_network(WasmHost& host, std::uint32_t handle);

}  // namespace floe::wasm
