#include "turn_destinations.h"

#include <algorithm>
#include <utility>

#include "address_class.h"
#include "floe/types/letter_case.h"

namespace floe::gateway {
namespace {

std::string to_lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}

}  // namespace

TurnDestinations::TurnDestinations(std::vector<ServerUri> servers) : servers_(std::move(servers)) {
  for (ServerUri& server : servers_) {
    server.host = to_lower(server.host);
    addresses_[server.host];
  }
}

bool TurnDestinations::admits(const TransportAddress& remote, tunnel::TcpKind kind,
                              std::string_view server_name) const {
  const IpAddress ip = canonical(remote.ip);
  return std::ranges::any_of(servers_, [&](const ServerUri& server) {
    const bool is_kind =
        server.is_secure() ? kind == tunnel::TcpKind::turns : kind == tunnel::TcpKind::turn;
    if (!is_kind || server.port != remote.port || !is_at(server, ip)) return false;
    return kind == tunnel::TcpKind::turn || to_lower(server_name) == server.host;
  });
}

bool TurnDestinations::is_at(const ServerUri& server, const IpAddress& ip) const {
  if (const auto own = IpAddress::parse(server.host)) return *own == ip;
  const auto known = addresses_.find(server.host);
  return known != addresses_.end() && std::ranges::count(known->second, ip) != 0;
}

bool TurnDestinations::has_name(std::string_view name) const {
  return addresses_.contains(to_lower(name));
}

void TurnDestinations::learn(std::string_view name, const std::vector<IpAddress>& addresses) {
  const auto known = addresses_.find(to_lower(name));
  if (known == addresses_.end() || addresses.empty()) return;
  known->second.clear();
  for (const IpAddress& ip : addresses) known->second.push_back(canonical(ip));
}

}  // namespace floe::gateway
