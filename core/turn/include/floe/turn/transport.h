// How a client reaches its TURN server (RFC 8656, section 3.1). The server relays UDP in each case.
#pragma once

#include <cstdint>
#include <string_view>

namespace floe::turn {

enum class Transport : std::uint8_t { udp, tcp, tls };

/// "udp", "tcp" or "tls", as statistics name it (W3C webrtc-stats, relayProtocol).
std::string_view to_text(Transport transport);

/// Over TCP and TLS nothing is retransmitted, and messages are cut out of a stream.
constexpr bool is_stream(Transport transport) {
  return transport != Transport::udp;
}

}  // namespace floe::turn
