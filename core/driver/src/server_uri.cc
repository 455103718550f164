#include "floe/driver/server_uri.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "floe/types/address.h"
#include "floe/types/decimal.h"
#include "floe/types/letter_case.h"

namespace floe {
namespace {

constexpr std::uint16_t kDefaultPort = 3478;
constexpr std::uint16_t kDefaultTlsPort = 5349;

std::optional<ServerScheme> scheme_of(std::string_view name) {
  if (equal_ignoring_case(name, "stun")) return ServerScheme::stun;
  if (equal_ignoring_case(name, "stuns")) return ServerScheme::stuns;
  if (equal_ignoring_case(name, "turn")) return ServerScheme::turn;
  if (equal_ignoring_case(name, "turns")) return ServerScheme::turns;
  return std::nullopt;
}

/// Takes the text before the first `mark` off `rest`, with the mark; all of `rest` when it has no
/// mark.
std::string_view cut(std::string_view& rest, char mark) {
  const std::size_t place = rest.find(mark);
  const std::string_view head = rest.substr(0, place);
  rest = place == std::string_view::npos ? std::string_view() : rest.substr(place + 1);
  return head;
}

bool is_host_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-' || c == '_';
}

bool is_ipv6_address(std::string_view text) {
  const auto ip = IpAddress::parse(text);
  return ip && !ip->is_ipv4();
}

/// Takes the host off `rest` and returns it without brackets.
std::optional<std::string> take_host(std::string_view& rest) {
  const bool bracketed = rest.starts_with('[');
  if (bracketed) {
    rest.remove_prefix(1);
    if (rest.find(']') == std::string_view::npos) return std::nullopt;
    const std::string_view host = cut(rest, ']');
    // RFC 3986, section 3.2.2: the brackets enclose an IPv6 address.
    if (!is_ipv6_address(host)) return std::nullopt;
    return std::string(host);
  }
  const std::size_t size = std::min(rest.find(':'), rest.size());
  const std::string_view host = rest.substr(0, size);
  rest.remove_prefix(size);
  if (host.empty() || !std::ranges::all_of(host, is_host_char)) return std::nullopt;
  return std::string(host);
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  const auto port = parse_decimal(text, 65535);
  if (!port || *port == 0) return std::nullopt;
  return static_cast<std::uint16_t>(*port);
}

}  // namespace

std::string_view to_text(ServerUriError error) {
  switch (error) {
    case ServerUriError::too_long:
      return "the address of the server is too long";
    case ServerUriError::bad_scheme:
      return "a server URI must be stun:HOST, stuns:HOST, turn:HOST or turns:HOST";
    case ServerUriError::bad_host:
      return "the host is missing or is not a valid host name; put an IPv6 address in brackets";
    case ServerUriError::bad_port:
      return "the port is not a number from 1 to 65535";
    case ServerUriError::bad_transport:
      return "only ?transport=udp or ?transport=tcp is allowed at the end, and only in a turn or "
             "turns URI";
  }
  return "?";
}

Result<ServerUri, ServerUriError> parse_server_uri(std::string_view text) {
  if (text.size() > kServerUriSizeMax) return ServerUriError::too_long;
  std::string_view rest = text;
  ServerUri uri;
  uri.text = text;
  if (rest.find(':') == std::string_view::npos) return ServerUriError::bad_scheme;
  const auto scheme = scheme_of(cut(rest, ':'));
  if (!scheme) return ServerUriError::bad_scheme;
  uri.scheme = *scheme;
  uri.port = uri.is_secure() ? kDefaultTlsPort : kDefaultPort;
  uri.transport = uri.is_secure() ? ServerTransport::tcp : ServerTransport::udp;

  const bool has_query = rest.find('?') != std::string_view::npos;
  std::string_view query = rest;
  rest = cut(query, '?');
  auto host = take_host(rest);
  if (!host) return ServerUriError::bad_host;
  uri.host = std::move(*host);
  if (!rest.empty()) {
    if (!rest.starts_with(':')) return ServerUriError::bad_host;
    const auto port = parse_port(rest.substr(1));
    if (!port) return ServerUriError::bad_port;
    uri.port = *port;
  }
  if (!has_query) return uri;
  const bool is_udp = equal_ignoring_case(query, "transport=udp");
  if (!uri.is_turn() || (!is_udp && !equal_ignoring_case(query, "transport=tcp"))) {
    return ServerUriError::bad_transport;
  }
  uri.transport = is_udp ? ServerTransport::udp : ServerTransport::tcp;
  return uri;
}

std::optional<turn::Transport> ServerUri::relay_transport() const {
  if (!is_turn()) return std::nullopt;
  const bool is_tcp = transport == ServerTransport::tcp;
  if (is_secure()) return is_tcp ? std::optional(turn::Transport::tls) : std::nullopt;
  return is_tcp ? turn::Transport::tcp : turn::Transport::udp;
}

std::string_view unsupported(const ServerUri& uri, bool has_streams) {
  if (uri.scheme == ServerScheme::stuns) return "STUN over TLS is not supported here";
  if (!uri.is_turn()) return {};
  const auto transport = uri.relay_transport();
  if (!transport) return "TURN over DTLS is not supported here: use ?transport=tcp";
  return has_streams || !turn::is_stream(*transport)
             ? std::string_view()
             : "this host cannot open TCP connections: use ?transport=udp";
}

}  // namespace floe
