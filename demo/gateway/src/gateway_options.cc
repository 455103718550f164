#include "gateway_options.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>

#include "validators.h"

namespace floe::gateway {
namespace {

const CLI::Validator kTurnOverTcp(
    [](std::string& text) {
      const auto uri = parse_server_uri(text);
      if (!uri) return "\"" + text + "\": " + std::string(to_text(uri.error()));
      return uri->is_turn() && uri->transport == ServerTransport::tcp
                 ? std::string()
                 : "\"" + text +
                       "\" is no TURN server over TCP: turn:HOST?transport=tcp, turns:HOST";
    },
    "URI");

std::string read_groups(const AddressArguments& addresses, const ConsentArguments& consent,
                        const TurnArguments& turn, GatewayOptions& options) {
  std::string mistake = addresses.read(options.addresses);
  if (mistake.empty()) mistake = consent.read(options.consent);
  if (mistake.empty()) mistake = turn.read(options.turn);
  // Relays are bound where clients' sockets are, unless they have addresses of their own.
  if (options.turn.relay.empty() && options.turn.external.empty()) {
    options.turn.external = options.addresses.external;
  }
  return mistake;
}

}  // namespace

ParsedArguments parse_arguments(int argc, const char* const* argv) {
  ParsedArguments parsed;
  GatewayOptions& options = parsed.options;
  CLI::App app{"Gives UDP sockets and signalling rooms to ICE agents that have only a WebSocket."};
  app.set_version_flag("--version", "floe-gateway " FLOE_VERSION);

  std::string listen = options.listen.to_text();
  std::vector<std::string> bind;
  std::vector<std::string> turn_servers;
  bool verbose = false;
  app.add_option("--listen", listen,
                 "The address that clients connect to; port 0 takes any free port")
      ->check(socket_address_validator())
      ->capture_default_str();
  app.add_option("--bind", bind, "Addresses for clients' sockets (default: 127.0.0.1)")
      ->check(ip_address_validator());
  app.add_option("--documents", options.document_root, "Directory of the page to serve")
      ->check(CLI::ExistingDirectory);
  app.add_option("--origin", options.origins,
                 "Pages that may connect, as https://host:port (default: pages that this gateway "
                 "serves, and "
                 "with --insecure-dev those of this machine)")
      ->check(origin_validator());
  app.add_flag("--insecure-dev", options.insecure_dev,
               "No token, loopback reachable: only with --listen and --bind on loopback");
  AddressArguments addresses;
  addresses.add_to(app);
  app.add_option("--allow-turn", turn_servers,
                 "TURN servers to which clients may open TCP connections, such as "
                 "turns:turn.example.org or turn:192.0.2.1?transport=tcp")
      ->check(kTurnOverTcp);
  app.add_option("--tls-ca", options.tls_ca_file,
                 "PEM file of authorities to trust for these servers, besides the system's")
      ->check(CLI::ExistingFile);
  app.add_option("--sessions-max", options.sessions_max, "Clients at a time")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--sockets-max", options.sockets_max, "Clients' sockets at a time")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  options.tls.add_to(app);
  ConsentArguments consent(app);
  TurnArguments turn;
  turn.add_to(app);
  app.add_flag("-v,--verbose", verbose, "Log details for debugging");
  app.footer(
      "The token that clients must present is read from the environment:\n"
      "FLOE_GATEWAY_SECRET, at least 16 characters. FLOE_TURN_SECRET has the secret for\n"
      "time-limited TURN passwords; while you change it, FLOE_TURN_SECRET_PREVIOUS has the\n"
      "old one.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    parsed.exit_code = app.exit(error) == 0 ? 0 : 2;
    return parsed;
  }
  options.listen = *TransportAddress::parse(listen);
  if (!bind.empty()) options.bind.clear();
  for (const std::string& text : bind) options.bind.push_back(*IpAddress::parse(text));
  for (const std::string& text : turn_servers) {
    options.turn_servers.push_back(*parse_server_uri(text));
  }
  if (const char* secret = std::getenv("FLOE_GATEWAY_SECRET")) options.secret = secret;
  const std::string mistake = read_groups(addresses, consent, turn, options);
  if (!mistake.empty()) {
    std::fprintf(stderr, "floe-gateway: %s\n", mistake.c_str());
    parsed.exit_code = 2;
  }
  if (verbose) options.log_minimum = LogLevel::debug;
  return parsed;
}

std::string refuse_to_start(const GatewayOptions& options) {
  const std::string mistake = refuse_addresses(options.addresses, options.bind);
  if (!mistake.empty()) return mistake;
  if (options.turn.is_wanted() && options.addresses.ports.meets(options.turn.ports)) {
    return "--port-range and --turn-ports overlap: sockets and relays would take each other's "
           "ports.";
  }
  if (std::string flaw = refuse_tls(options.tls); !flaw.empty()) return flaw;
  const bool has_certificate = options.tls.has_certificate();
  if (!options.insecure_dev) {
    if (options.secret.size() >= rooms::kSecretSizeMin) {
      return refuse_turn(options.turn, {.has_certificate = has_certificate});
    }
    return "the secret is missing or too short: anyone could send datagrams from this machine "
           "through the gateway. Set FLOE_GATEWAY_SECRET to at least 16 characters, or try it out "
           "with --insecure-dev.";
  }
  for (const IpAddress& ip : options.bind) {
    if (!ip.is_loopback()) {
      return "--insecure-dev is for loopback only, and --bind names " + ip.to_text() +
             ". Leave out --insecure-dev and set FLOE_GATEWAY_SECRET.";
    }
  }
  if (!options.listen.ip.is_loopback()) {
    return "--insecure-dev is for loopback only, and --listen names " + options.listen.to_text() +
           ". Leave out --insecure-dev and set FLOE_GATEWAY_SECRET.";
  }
  return refuse_turn(options.turn, {.loopback_only = true, .has_certificate = has_certificate});
}

}  // namespace floe::gateway
