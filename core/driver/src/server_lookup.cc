#include "floe/driver/server_lookup.h"

#include <algorithm>

namespace floe {

void ServerLookup::start(Resolver* resolver) {
  if (const auto ip = IpAddress::parse(server_.uri.host)) return on_resolved({*ip}, {});
  if (resolver == nullptr) {
    return on_resolved({}, "this host cannot resolve names; give the server's IP address");
  }
  resolution_ = resolver->resolve(server_.uri.host, *this);
}

void ServerLookup::on_resolved(const std::vector<IpAddress>& addresses, std::string_view error) {
  for (const IpAddress& ip : addresses) {
    const bool has_family = std::ranges::any_of(addresses_, [&](const TransportAddress& address) {
      return address.ip.family() == ip.family();
    });
    if (!has_family) addresses_.push_back({ip, server_.uri.port});
  }
  error_ = error;
  listener_.on_server_looked_up(*this);
}

bool ServerLookup::has(const TransportAddress& address) const {
  return std::ranges::find(addresses_, address) != addresses_.end();
}

}  // namespace floe
