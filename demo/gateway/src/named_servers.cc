#include "named_servers.h"

#include <algorithm>
#include <utility>

#include "floe/types/letter_case.h"
#include "wide_address.h"

namespace floe::gateway {
namespace {

std::string to_lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}

/// An IPv4 address that came as an IPv6 one is IPv4 again.
IpAddress canonical(const IpAddress& ip) {
  return WideAddress(ip).to_ip();
}

}  // namespace

NamedServers::NamedServers(std::vector<ServerUri> servers) : servers_(std::move(servers)) {
  for (ServerUri& server : servers_) {
    server.host = to_lower(server.host);
    addresses_[server.host];
  }
}

NamedServers::Match NamedServers::find(const TransportAddress& remote, tunnel::TcpKind kind,
                                       std::string_view server_name) const {
  const IpAddress ip = canonical(remote.ip);
  Match found = Match::none;
  for (const ServerUri& server : servers_) {
    if (server.transport != ServerTransport::tcp || !server.is_turn()) continue;
    const bool is_kind =
        server.is_secure() ? kind == tunnel::TcpKind::turns : kind == tunnel::TcpKind::turn;
    if (!is_kind || server.port != remote.port) continue;
    if (kind == tunnel::TcpKind::turns && to_lower(server_name) != server.host) continue;
    const Match match_here = match(server, ip);
    if (match_here == Match::address) return match_here;
    if (match_here == Match::name) found = match_here;
  }
  return found;
}

bool NamedServers::has_udp(const TransportAddress& remote) const {
  if (servers_.empty()) return false;
  const IpAddress ip = canonical(remote.ip);
  return std::ranges::any_of(servers_, [&](const ServerUri& server) {
    return server.transport == ServerTransport::udp && server.port == remote.port &&
           match(server, ip) != Match::none;
  });
}

NamedServers::Match NamedServers::match(const ServerUri& server, const IpAddress& ip) const {
  if (const auto own = IpAddress::parse(server.host)) {
    return *own == ip ? Match::address : Match::none;
  }
  const auto known = addresses_.find(server.host);
  const bool has_it = known != addresses_.end() && std::ranges::count(known->second, ip) != 0;
  return has_it ? Match::name : Match::none;
}

bool NamedServers::has_name(std::string_view name) const {
  return addresses_.contains(to_lower(name));
}

void NamedServers::learn(std::string_view name, const std::vector<IpAddress>& addresses) {
  const auto known = addresses_.find(to_lower(name));
  if (known == addresses_.end() || addresses.empty()) return;
  known->second.clear();
  for (const IpAddress& ip : addresses) known->second.push_back(canonical(ip));
}

}  // namespace floe::gateway
