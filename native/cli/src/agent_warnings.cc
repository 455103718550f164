#include "agent_warnings.h"

#include <algorithm>

namespace floe::cli {

std::vector<std::string> warnings_of(const AgentOptions& options, const Host& host) {
  std::vector<std::string> warnings;
  const ConnectionOptions& connection = options.connection;
  if (!connection.security) {
    warnings.emplace_back("--dtls off: everybody on the path can read and change what is sent");
  }
  const bool has_turn = std::ranges::any_of(
      connection.gather.servers, [](const Server& server) { return server.uri.is_turn(); });
  if (connection.agent.policy == ice::CandidatePolicy::relay && !has_turn) {
    warnings.emplace_back(
        "--policy relay: relayed candidates come from TURN servers, and no --turn names one");
  }
  if (connection.mdns == MdnsMode::hide && host.local_names == nullptr) {
    warnings.emplace_back(
        "--mdns hide: the addresses of a gateway have no names, so no host candidate is told");
  }
  const auto addresses = host.network.addresses();
  if (!addresses) return warnings;  // a gateway will tell its addresses
  for (const std::string& name : options.interfaces) {
    if (std::ranges::find(*addresses, name, &InterfaceAddress::interface_name) ==
        addresses->end()) {
      warnings.push_back("--interface " + name +
                         ": none of the addresses that may be used is there");
    }
  }
  return warnings;
}

}  // namespace floe::cli
