// NetworkMonitor.
#include <algorithm>

#include "findings.h"

namespace floe::conformance {
namespace {

struct Watcher final : NetworkListener {
  void on_network_changed() override { ++changes; }
  int changes = 0;
};

}  // namespace

void check_network(HostUnderTest& host, Findings& findings) {
  const Host api = host.api();
  Watcher watcher;
  api.network.add_listener(watcher);
  const bool was_known = api.network.addresses().has_value();
  const bool is_known = run_until(host, [&] { return api.network.addresses().has_value(); });
  findings.expect(is_known, "NetworkMonitor: the addresses become known.");
  if (is_known) {
    findings.expect(was_known || watcher.changes > 0,
                    "NetworkMonitor: on_network_changed() says that the addresses became known.");
    const auto addresses = *api.network.addresses();
    const bool has_it =
        std::ranges::find(addresses, host.address(), &InterfaceAddress::ip) != addresses.end();
    findings.expect(has_it, "NetworkMonitor: an address that sockets can be bound to is listed.");
  }
  api.network.remove_listener(watcher);
}

}  // namespace floe::conformance
