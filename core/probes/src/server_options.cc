#include "floe/probes/server_options.h"

namespace floe::probes {
namespace {

/// What keeps a server from being of that kind; empty: nothing.
std::string objection(const ServerUri& uri, const std::string& text, ServerKind kind) {
  switch (kind) {
    case ServerKind::stun_over_udp:
      if (uri.scheme == ServerScheme::stun) return {};
      return text + ": this command asks only stun:HOST, over UDP";
    case ServerKind::stun:
      return uri.is_turn() ? text + " is a TURN server: use floe turn" : std::string();
    case ServerKind::turn:
      if (!uri.is_turn()) return text + " is a STUN server: use floe stun";
      [[fallthrough]];
    case ServerKind::any:
      if (!uri.is_turn() || uri.relay_transport()) return {};
      return text + ": TURN over DTLS is not supported";
  }
  return {};
}

}  // namespace

Result<ServerUri, std::string> read_server(std::string_view text, ServerKind kind) {
  const bool has_scheme = text.starts_with("stun") || text.starts_with("turn");
  const std::string scheme = kind == ServerKind::turn ? "turn:" : "stun:";
  std::string whole = (has_scheme ? std::string() : scheme) + std::string(text);
  auto uri = parse_server_uri(whole);
  if (!uri) return std::string(text) + ": " + std::string(to_text(uri.error()));
  std::string why_not = objection(*uri, std::string(text), kind);
  if (!why_not.empty()) return why_not;
  return *std::move(uri);
}

turn::Transport transport_of(const ServerUri& uri) {
  if (uri.is_turn()) return uri.relay_transport().value_or(turn::Transport::udp);
  return uri.is_secure() ? turn::Transport::tls : turn::Transport::udp;
}

}  // namespace floe::probes
