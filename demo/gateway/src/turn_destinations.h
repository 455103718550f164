// The TURN servers to which clients may open TCP connections.
//
// A gateway that connects anywhere is a access_control into every network it reaches, so these are
// named by the operator, one by one, as clients name them: "turn:…?transport=tcp", "turns:…". A
// name stands for the addresses that it was last found to have when a client asked for it; over TLS
// the server's certificate must carry it besides.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "floe/driver/server_uri.h"
#include "floe/tunnel/records/tcp_records.h"
#include "floe/types/address.h"

namespace floe::gateway {

class TurnDestinations {
 public:
  TurnDestinations() = default;
  explicit TurnDestinations(std::vector<ServerUri> servers);

  /// Whether a client may open this connection. `server_name` is that of TcpKind::turns.
  bool admits(const TransportAddress& remote, tunnel::TcpKind kind,
              std::string_view server_name) const;
  /// Whether a server is known by that name: its addresses are no secret.
  bool has_name(std::string_view name) const;
  /// What has_name() was found to have.
  void learn(std::string_view name, const std::vector<IpAddress>& addresses);

 private:
  bool is_at(const ServerUri& server, const IpAddress& ip) const;

  std::vector<ServerUri> servers_;
  std::map<std::string, std::vector<IpAddress>> addresses_;  // by name in lower case, of servers_
};

}  // namespace floe::gateway
