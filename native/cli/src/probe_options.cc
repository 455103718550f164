#include "probe_options.h"

#include <CLI/CLI.hpp>

#include "floe/options/candidate_servers.h"

namespace floe::cli {
namespace {

using probes::ServerKind;
using probes::ServerOptions;

const char* help_of(ServerKind kind) {
  switch (kind) {
    case ServerKind::stun_over_udp:
      return "The server: stun:HOST or stun:HOST:PORT, by name or address";
    case ServerKind::stun:
      return "The server: stun:HOST[:PORT], or stuns:HOST[:PORT] over TLS";
    case ServerKind::turn:
    case ServerKind::any:
      return "The server: turn:HOST[:PORT], with ?transport=tcp over TCP, or turns:HOST[:PORT]";
  }
  return "";
}

void declare_tls(CLI::App& app, std::string& tls_ca_file) {
  app.add_option("--tls-ca", tls_ca_file,
                 "PEM file of authorities to trust for the server, besides the system's")
      ->check(CLI::ExistingFile);
}

void declare_bind(CLI::App& app, std::optional<IpAddress>& bind) {
  app.add_option_function<std::string>(
         "--bind",
         [&bind](const std::string& text) {
           bind = IpAddress::parse(text);
           if (!bind) throw CLI::ValidationError("--bind", text + " is not an IP address");
         },
         "Local address to ask from (default: chosen by the route to the server)")
      ->type_name("ADDR");
}

void declare_json(CLI::App& app, bool& json) {
  app.add_flag("--json", json, "Print one JSON object instead of text for people");
}

void declare_server(CLI::App& app, ServerOptions& options, ServerKind kind) {
  app.add_option_function<std::string>(
         "URI",
         [&options, kind](const std::string& text) {
           const auto uri = probes::read_server(text, kind);
           if (!uri) throw CLI::ValidationError("URI", uri.error());
           options.server = *uri;
           options.transport = probes::transport_of(*uri);
         },
         help_of(kind))
      ->required();
  declare_bind(app, options.bind);
  app.add_option_function<int>(
         "--family",
         [&options](const int& family) {
           options.family = family == 4 ? Family::ipv4 : Family::ipv6;
         },
         "Use an address of one family")
      ->check(CLI::IsMember({4, 6}));
  declare_json(app, options.json);
}

}  // namespace

void declare_stun(CLI::App& app, probes::StunOptions& options, std::string& tls_ca_file) {
  declare_server(app, options.server, ServerKind::stun);
  app.add_flag_callback(
      "--tcp",
      [&server = options.server] {
        if (server.transport == turn::Transport::udp) server.transport = turn::Transport::tcp;
      },
      "Ask over TCP");
  declare_tls(app, tls_ca_file);
  app.add_option("--user", options.credentials.username, "For a server that asks for one");
  app.add_option("--pass", options.credentials.password, "The password of --user")
      ->envname("FLOE_STUN_PASSWORD");
}

void declare_turn(CLI::App& app, probes::TurnOptions& options, std::string& tls_ca_file) {
  declare_server(app, options.server, ServerKind::turn);
  declare_tls(app, tls_ca_file);
  CLI::Option* user = app.add_option("--turn-user,--user", options.credentials.username,
                                     "The user that the server knows");
  CLI::Option* pass =
      app.add_option("--turn-pass,--pass", options.credentials.password, "The password of --user")
          ->needs(user);
  app.add_option_function<std::string>(
         "--turn-pass-env,--pass-env",
         [&options](const std::string& variable) {
           options.credentials.password =
               options::password_from_environment("--pass-env", variable);
         },
         "The variable of the environment that has the password")
      ->needs(user)
      ->excludes(pass);
}

void declare_nat(CLI::App& app, ServerOptions& options) {
  declare_server(app, options, ServerKind::stun_over_udp);
}

void declare_doctor(CLI::App& app, probes::DoctorOptions& options, std::string& tls_ca_file,
                    bool& json) {
  options::declare_candidate_servers(app, options.servers);
  declare_bind(app, options.bind);
  declare_tls(app, tls_ca_file);
  declare_json(app, json);
}

}  // namespace floe::cli
