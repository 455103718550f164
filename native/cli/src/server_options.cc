#include "server_options.h"

#include <CLI/CLI.hpp>

namespace floe::cli {
namespace {

ServerUri parse_server(const std::string& text, ServerKind kind) {
  // Without a scheme, the text names a server of the kind that the command asks.
  const bool has_scheme = text.find("stun") == 0 || text.find("turn") == 0;
  const char* const scheme = kind == ServerKind::turn ? "turn:" : "stun:";
  const auto uri = parse_server_uri(has_scheme ? text : scheme + text);
  if (!uri) throw CLI::ValidationError("URI", text + ": " + std::string(to_text(uri.error())));
  switch (kind) {
    case ServerKind::stun_over_udp:
      if (uri->scheme == ServerScheme::stun) break;
      throw CLI::ValidationError("URI", text + ": this command asks only stun:HOST, over UDP");
    case ServerKind::stun:
      if (!uri->is_turn()) break;
      throw CLI::ValidationError("URI", text + " is a TURN server: use floe turn");
    case ServerKind::turn:
      if (uri->relay_transport()) break;
      throw CLI::ValidationError("URI", uri->is_turn() ? text + ": TURN over DTLS is not supported"
                                                       : text + " is a STUN server: use floe stun");
  }
  return *uri;
}

turn::Transport transport_of(const ServerUri& uri) {
  if (uri.is_turn()) return *uri.relay_transport();
  return uri.is_secure() ? turn::Transport::tls : turn::Transport::udp;
}

const char* help_of(ServerKind kind) {
  switch (kind) {
    case ServerKind::stun_over_udp:
      return "The server: stun:HOST or stun:HOST:PORT, by name or address";
    case ServerKind::stun:
      return "The server: stun:HOST[:PORT], or stuns:HOST[:PORT] over TLS";
    case ServerKind::turn:
      return "The server: turn:HOST[:PORT], with ?transport=tcp over TCP, or turns:HOST[:PORT]";
  }
  return "";
}

void declare_streams(CLI::App& app, ServerOptions& options, ServerKind kind) {
  if (kind == ServerKind::stun_over_udp) return;
  if (kind == ServerKind::stun) {
    app.add_flag_callback(
        "--tcp",
        [&options] {
          if (options.transport == turn::Transport::udp) options.transport = turn::Transport::tcp;
        },
        "Ask over TCP");
  }
  app.add_option("--tls-ca", options.tls_ca_file,
                 "PEM file of authorities to trust for the server, besides the system's")
      ->check(CLI::ExistingFile);
}

}  // namespace

void declare(CLI::App& app, ServerOptions& options, ServerKind kind) {
  app.add_option_function<std::string>(
         "URI",
         [&options, kind](const std::string& text) {
           options.server = parse_server(text, kind);
           options.transport = transport_of(options.server);
         },
         help_of(kind))
      ->required();
  declare_streams(app, options, kind);
  app.add_option_function<std::string>(
         "--bind",
         [&options](const std::string& text) {
           options.bind = IpAddress::parse(text);
           if (!options.bind) throw CLI::ValidationError("--bind", text + " is not an IP address");
         },
         "Local address to ask from (default: chosen by the route to the server)")
      ->type_name("ADDR");
  app.add_option_function<int>(
         "--family",
         [&options](const int& family) {
           options.family = family == 4 ? Family::ipv4 : Family::ipv6;
         },
         "Use an address of one family")
      ->check(CLI::IsMember({4, 6}));
  app.add_flag("--json", options.json, "Print one JSON object instead of text for people");
}

}  // namespace floe::cli
