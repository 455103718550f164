// Named STUN and TURN servers. The operator names those to which all clients may open TCP
// connections. A client's token names those that this client may use at once.
//
// A gateway that connects anywhere would open every network that it reaches. So each server is
// named, in the form that clients use: "turn:…?transport=tcp", "turns:…". A name stands for the
// addresses of its latest lookup by a client; over TLS, the server's certificate must also carry
// the name.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "floe/driver/server_uri.h"
#include "floe/tunnel/records/tcp_records.h"
#include "floe/types/address.h"

namespace floe::gateway {

class NamedServers {
 public:
  NamedServers() = default;
  explicit NamedServers(std::vector<ServerUri> servers);

  /// How a server was named at whose address a connection would arrive.
  enum class Match : std::uint8_t {
    none,     ///< no server is there
    address,  ///< by this address
    name,     ///< by a name that was found to have this address
  };

  /// Which server a client would connect to. `server_name` is that of TcpKind::turns.
  Match find(const TransportAddress& remote, tunnel::TcpKind kind,
             std::string_view server_name) const;
  /// Whether a server for datagrams is there.
  bool has_udp(const TransportAddress& remote) const;
  /// Whether a server has that name: clients may learn its addresses.
  bool has_name(std::string_view name) const;
  /// Stores the addresses that a lookup found for `name`.
  void learn(std::string_view name, const std::vector<IpAddress>& addresses);

 private:
  Match match(const ServerUri& server, const IpAddress& ip) const;

  std::vector<ServerUri> servers_;
  std::map<std::string, std::vector<IpAddress>> addresses_;  // by name in lower case, of servers_
};

}  // namespace floe::gateway
