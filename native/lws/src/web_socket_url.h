// The parts of a WebSocket URL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace floe::native {

/// "ws://host:port/path?query" or "wss://…" (RFC 6455, section 3).
struct WebSocketUrl {
  bool secure = false;
  std::string host;       ///< the name or address to connect to; IPv6 without brackets
  std::string authority;  ///< as for the Host header: with brackets, and the port if it is given
  std::uint16_t port = 0;
  std::string resource;  ///< path and query; at least "/"

  /// Empty for another scheme, user information, an empty host, a bad port, or a byte that a
  /// request line may not have. A fragment is left out.
  static std::optional<WebSocketUrl> parse(std::string_view text);
};

}  // namespace floe::native
