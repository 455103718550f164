#include "floe/options/candidate_servers.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <map>

namespace floe::options {
namespace {

ServerUri parse_uri(const char* option, const std::string& text) {
  const auto uri = parse_server_uri(text);
  if (!uri) throw CLI::ValidationError(option, text + ": " + std::string(to_text(uri.error())));
  return *uri;
}

ServerUri parse_stun(const std::string& text) {
  ServerUri uri = parse_uri("--stun", text);
  if (uri.scheme == ServerScheme::stun) return uri;
  const std::string why = uri.is_turn() ? " is a TURN server: use --turn"
                                        : ": STUN over TLS is not built yet; name it as stun:";
  throw CLI::ValidationError("--stun", text + why);
}

ServerUri parse_turn(const std::string& text) {
  ServerUri uri = parse_uri("--turn", text);
  if (uri.relay_transport()) return uri;
  throw CLI::ValidationError("--turn", uri.is_turn() ? text + ": TURN over DTLS is not supported"
                                                     : text + " is not turn:HOST or turns:HOST");
}

/// The credentials of a server follow its --turn, so the order of the options tells which belong
/// together.
class TurnServers {
 public:
  TurnServers(const CLI::App& app, std::vector<Server>& servers) : app_(app), servers_(servers) {}

  void read() {
    std::map<const CLI::Option*, std::size_t> seen;
    for (const CLI::Option* option : app_.parse_order()) {
      const std::string name = option->get_name();
      if (name.find("--turn") == 0) take(name, option->results().at(seen[option]++));
    }
  }

 private:
  void take(const std::string& name, const std::string& value) {
    if (name == "--turn") {
      servers_.push_back(parse_turn(value));
      has_one_ = true;
      return;
    }
    if (!has_one_) throw CLI::RequiresError(name, "--turn before it");
    if (name == "--turn-user") {
      servers_.back().username = value;
    } else if (name == "--turn-pass") {
      servers_.back().password = value;
    } else {
      servers_.back().password = password_from_environment(name, value);
    }
  }

  const CLI::App& app_;
  std::vector<Server>& servers_;
  bool has_one_ = false;
};

}  // namespace

void declare_candidate_servers(CLI::App& app, std::vector<Server>& servers) {
  app.add_option_function<std::vector<std::string>>(
         "--stun",
         [&servers](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) servers.emplace_back(parse_stun(text));
         },
         "Ask this server for the sockets' public addresses, to find a way through NATs: "
         "stun:HOST[:PORT]; more may be named. There is no default one")
      ->type_name("URI");
  const auto add = [&](const char* name, const std::string& what, const char* type) {
    app.add_option(name, what)
        ->type_name(type)
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  };
  add("--turn",
      "Relay through this server where nothing else works: turn:HOST[:PORT], with "
      "?transport=tcp over TCP, or turns:HOST; more may be named, each before its credentials",
      "URI");
  add("--turn-user", "User name for the preceding --turn", "TEXT");
  add("--turn-pass", "The password of that user", "TEXT");
  add("--turn-pass-env", "The variable of the environment that has the password", "VAR");
  app.parse_complete_callback([&app, &servers] { TurnServers(app, servers).read(); });
}

void declare_tls_ca(CLI::App& app, std::string& file) {
  app.add_option("--tls-ca", file,
                 "PEM file of authorities to trust for wss:// and turns:, besides the system's")
      ->check(CLI::ExistingFile);
}

std::string password_from_environment(const std::string& option, const std::string& variable) {
  const char* const value = std::getenv(variable.c_str());
  if (value == nullptr) {
    throw CLI::ValidationError(option, "there is no variable " + variable + " in the environment");
  }
  return value;
}

}  // namespace floe::options
