// The URIs that name a STUN or TURN server (RFC 7064, RFC 7065).
//
//   stun:192.0.2.1   stuns:stun.example.org:5349   turn:[2001:db8::1]:3478?transport=tcp
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "floe/turn/transport.h"
#include "floe/types/result.h"

namespace floe {

enum class ServerScheme : std::uint8_t { stun, stuns, turn, turns };
enum class ServerTransport : std::uint8_t { udp, tcp };

enum class ServerUriError : std::uint8_t {
  too_long,       ///< more than kServerUriSizeMax
  bad_scheme,     ///< not stun, stuns, turn or turns
  bad_host,       ///< empty, or with characters that no host name has
  bad_port,       ///< not 1 to 65535
  bad_transport,  ///< not "?transport=udp" or "?transport=tcp", or on a STUN server
};

std::string_view to_text(ServerUriError error);

inline constexpr std::size_t kServerUriSizeMax = 300;

struct ServerUri {
  ServerScheme scheme = ServerScheme::stun;
  std::string host;  ///< a name or an address, without brackets
  std::uint16_t port = 3478;
  ServerTransport transport = ServerTransport::udp;
  std::string text;  ///< as it was written, for messages

  bool is_turn() const { return scheme == ServerScheme::turn || scheme == ServerScheme::turns; }
  /// The transport to a TURN server; nothing for STUN, and for TURN over DTLS, which is not
  /// supported.
  std::optional<turn::Transport> relay_transport() const;
  bool is_secure() const { return scheme == ServerScheme::stuns || scheme == ServerScheme::turns; }
};

/// Why a host cannot ask this server; empty when it can. `has_streams`: the host opens TCP
/// connections.
std::string_view unsupported(const ServerUri& uri, bool has_streams);

/// Without a port it is 3478, or 5349 over TLS. Without "transport" it is UDP, or TCP over TLS.
Result<ServerUri, ServerUriError> parse_server_uri(std::string_view text);

}  // namespace floe
