#include "gateway_options.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <sstream>

#include "address_policy.h"
#include "help_text.h"
#include "settings.h"
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

constexpr const char* kFooter =
    "Flags come before variables of the environment, which come before the file of --config. A\n"
    "variable is FLOE_GATEWAY_ and an option's name: FLOE_GATEWAY_LOG_LEVEL=debug. Secrets are "
    "never\n"
    "flags: they are in FLOE_GATEWAY_SECRET, FLOE_TURN_SECRET and FLOE_TURN_SECRET_PREVIOUS, or "
    "in\n"
    "files. SIGHUP reads all of it again; SIGTERM lets clients go before the gateway ends.";

/// The options that are not in a struct of their own, as texts until they are checked.
class GatewayArguments {
 public:
  explicit GatewayArguments(GatewayOptions& options)
      : options_(options), listen_(options.listen.to_text()) {}

  void add_to(CLI::App& app);
  /// Returns an error text, or an empty one.
  std::string read();

 private:
  void add_network_to(CLI::App& app);
  void add_limits_to(CLI::App& app);
  std::string read_secrets();

  GatewayOptions& options_;
  std::string listen_;
  std::vector<std::string> bind_;
  std::vector<std::string> turn_servers_;
  AdmissionArguments admission_;
  AddressArguments addresses_;
  ConsentArguments consent_;
  TurnArguments turn_;
  OperatingArguments operating_;
};

void GatewayArguments::add_to(CLI::App& app) {
  app.add_option("--listen", listen_, "Clients connect here; port 0 takes any free port")
      ->check(socket_address_validator())
      ->capture_default_str()
      ->group("Access");
  app.add_option(
         "--origin", options_.origins,
         "Pages that may connect, as https://host:port or https://*.host [those served here; "
         "for development those of this machine]")
      ->check(origin_validator())
      ->group("Access");
  app.add_option("--documents", options_.document_root, "Directory of the page to serve")
      ->check(CLI::ExistingDirectory)
      ->group("Access");
  app.add_flag("--insecure-dev", options_.insecure_dev,
               "Development: no token, and only on loopback, which is reachable")
      ->group("Access");
  admission_.add_to(app);
  add_network_to(app);
  consent_.add_to(app);
  options_.tls.add_to(app);
  turn_.add_to(app);
  add_limits_to(app);
  operating_.add_to(app);
}

void GatewayArguments::add_network_to(CLI::App& app) {
  app.add_option("--bind", bind_, "Addresses for clients' sockets [127.0.0.1]")
      ->check(ip_address_validator())
      ->group("Network");
  addresses_.add_to(app);
  app.add_option("--allow-turn", turn_servers_,
                 "TURN servers for clients' TCP connections, as turns:turn.example.org")
      ->check(kTurnOverTcp)
      ->group("Network");
  app.add_option("--tls-ca", options_.tls_ca_file,
                 "PEM file of authorities to trust for these servers, besides the system's")
      ->check(CLI::ExistingFile)
      ->group(rare("TLS"));
}

void GatewayArguments::add_limits_to(CLI::App& app) {
  app.add_option("--sessions-max", options_.sessions_max, "Clients at a time")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str()
      ->group("Limits");
  app.add_option("--workers", options_.workers, "Threads that carry datagrams: one a core")
      ->check(CLI::Range(1, 64))
      ->capture_default_str()
      ->group("Limits");
  app.add_option("--sockets-max", options_.sockets_max, "Clients' sockets at a time")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str()
      ->group("Limits");
}

std::string GatewayArguments::read() {
  options_.listen = *TransportAddress::parse(listen_);
  if (!bind_.empty()) options_.bind.clear();
  for (const std::string& text : bind_) options_.bind.push_back(*IpAddress::parse(text));
  for (const std::string& text : turn_servers_) {
    options_.turn_servers.push_back(*parse_server_uri(text));
  }
  operating_.read(options_.operating, options_.insecure_dev);
  admission_.read(options_.admission);
  std::string mistake = addresses_.read(options_.addresses);
  if (mistake.empty()) mistake = consent_.read(options_.consent);
  if (mistake.empty()) mistake = turn_.read(options_.turn);
  // Relays are bound where clients' sockets are, unless they have addresses of their own.
  if (options_.turn.relay.empty() && options_.turn.external.empty()) {
    options_.turn.external = options_.addresses.external;
  }
  return mistake.empty() ? read_secrets() : mistake;
}

std::string GatewayArguments::read_secrets() {
  const OperatingOptions& files = options_.operating;
  if (const char* secret = std::getenv("FLOE_GATEWAY_SECRET")) options_.secret = secret;
  const SecretFile own = read_secret_file("--secret-file", files.secret_file);
  const SecretFile turn = read_secret_file("--turn-secret-file", files.turn_secret_file);
  if (!own.current.empty()) {
    options_.secret = own.current;
    options_.admission.previous_secret = own.previous;
  }
  if (!turn.current.empty()) {
    options_.turn.secret = turn.current;
    options_.turn.previous_secret = turn.previous;
  }
  return own.mistake.empty() ? turn.mistake : own.mistake;
}

std::string say_whether(const char* name, const std::string& secret) {
  return std::string("# ") + name + (secret.empty() ? ": none\n" : ": there is one (not shown)\n");
}

std::string effective(const Settings& settings, const GatewayOptions& options) {
  return settings.to_toml() + "\n" + say_whether("secret", options.secret) +
         say_whether("TURN's secret", options.turn.secret) +
         say_whether("TURN's secret of before", options.turn.previous_secret) +
         "# TURN's users: " + std::to_string(options.turn.users.size()) + "\n";
}

}  // namespace

ParsedArguments parse_arguments(int argc, const char* const* argv) {
  ParsedArguments parsed;
  CLI::App app{"Gives UDP sockets and signalling rooms to ICE agents that have only a WebSocket."};
  std::string config;
  bool check_config = false;
  app.formatter(std::make_shared<HelpText>());
  app.get_help_ptr()->group("Operation")->configurable(false)->description("Print this help");
  app.set_help_all_flag("--help-all", "Print the rarely used options, too")
      ->configurable(false)
      ->group("Operation");
  app.set_version_flag("--version", "floe-gateway " FLOE_VERSION)
      ->configurable(false)
      ->group(rare("Operation"));
  GatewayArguments arguments(parsed.options);
  arguments.add_to(app);
  app.add_option("--config", config, "Configuration file in TOML: its keys are options' names")
      ->configurable(false)
      ->group("Operation");
  app.add_flag("--check-config", check_config, "Check, print what is in effect, and end")
      ->configurable(false)
      ->group("Operation");
  app.footer(kFooter);
  Settings settings(app);
  try {
    settings.parse(argc, argv);
  } catch (const CLI::Success& wanted) {
    std::ostringstream out;
    app.exit(wanted, out, out);
    parsed.output = out.str();
    parsed.exit_code = 0;
    return parsed;
  } catch (const CLI::ParseError& error) {
    parsed.mistake = error.what();
    parsed.exit_code = 2;
    return parsed;
  }
  std::string mistake = arguments.read();
  if (mistake.empty() && parsed.options.addresses.print) {
    for (const std::string& line : AddressPolicy(parsed.options.reachable()).to_lines()) {
      parsed.output += line + "\n";
    }
    parsed.exit_code = 0;
    return parsed;
  }
  if (mistake.empty()) mistake = refuse_to_start(parsed.options);
  if (!mistake.empty()) {
    parsed.mistake = settings.located(mistake);
    parsed.exit_code = 2;
  } else if (check_config) {
    parsed.output = effective(settings, parsed.options);
    parsed.exit_code = 0;
  }
  parsed.given = settings.given();
  return parsed;
}

rooms::Access GatewayOptions::access() const {
  return {.secret = secret,
          .previous_secret = admission.previous_secret,
          .origins = origins,
          .hosts = admission.hosts,
          .open = insecure_dev,
          .secret_is_token = admission.accept_secret,
          .is_https = tls.serves_https(),
          .audience = admission.audience,
          .open_seconds_max = admission.token_age_max};
}

std::string refuse_to_start(const GatewayOptions& options) {
  if (std::string flaw = refuse_admission(options.admission); !flaw.empty()) return flaw;
  std::string mistake = refuse_addresses(options.addresses, options.bind);
  if (!mistake.empty()) return mistake;
  if (options.turn.is_wanted() && options.addresses.ports.meets(options.turn.ports)) {
    return "--port-range and --turn-ports overlap: sockets and relays would take each other's "
           "ports.";
  }
  if (std::string flaw = refuse_tls(options.tls); !flaw.empty()) return flaw;
  const bool has_certificate = options.tls.has_certificate();
  if (!options.insecure_dev) {
    if (options.secret.size() >= token::kSecretSizeMin) {
      return refuse_turn(options.turn, {.has_certificate = has_certificate});
    }
    return "the secret is missing or too short: anyone could send datagrams from this machine "
           "through the gateway. Set FLOE_GATEWAY_SECRET, or the first line of --secret-file, to "
           "at "
           "least 16 characters, or try it out with --insecure-dev.";
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
