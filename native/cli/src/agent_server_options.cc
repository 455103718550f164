// The options of `floe agent` about STUN and TURN servers.
#include <CLI/CLI.hpp>

#include "agent_options.h"

namespace floe::cli {
namespace {

ServerUri parse_uri(const char* option, const std::string& text) {
  const auto uri = parse_server_uri(text);
  if (!uri) throw CLI::ValidationError(option, text + ": " + std::string(to_text(uri.error())));
  return *uri;
}

ServerUri parse_stun(const std::string& text) {
  const ServerUri uri = parse_uri("--stun", text);
  if (uri.scheme == ServerScheme::stun) return uri;
  const std::string why = uri.is_turn() ? " is a TURN server, which --turn is for"
                                        : ": STUN over TLS is not built yet; name it as stun:";
  throw CLI::ValidationError("--stun", text + why);
}

/// Read as it will be once TURN is there, and then refused with a sentence: nobody shall wait for a
/// relayed candidate that cannot come.
void refuse_turn(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    if (!parse_uri("--turn", text).is_turn()) {
      throw CLI::ValidationError("--turn", text + " is not turn:HOST or turns:HOST");
    }
  }
  throw CLI::ValidationError(
      "--turn",
      "TURN is not built yet: this version finds host candidates, and server-reflexive "
      "ones with --stun");
}

void refuse_tcp() {
  throw CLI::ValidationError("--tcp", "ICE-TCP is not built yet: this version uses UDP only");
}

}  // namespace

void declare_servers(CLI::App& app, AgentOptions& options) {
  CLI::Option* stun =
      app.add_option_function<std::vector<std::string>>(
             "--stun",
             [&options](const std::vector<std::string>& texts) {
               for (const std::string& text : texts) {
                 options.connection.gather.servers.push_back(parse_stun(text));
               }
             },
             "Ask this server how it sees the sockets, which finds a way through NATs: "
             "stun:HOST[:PORT]; more may be named. There is no default one")
          ->type_name("URI");
  app.get_option("--lite")->excludes(stun);
  CLI::Option* turn = app.add_option_function<std::vector<std::string>>(
                             "--turn", refuse_turn, "Not built yet: relay through this server")
                          ->type_name("URI");
  for (const char* credential : {"--turn-user", "--turn-pass", "--turn-pass-env"}) {
    app.add_option(credential, options.turn_credentials, "Not built yet: for the --turn before it")
        ->type_name("TEXT")
        ->needs(turn);
  }
  app.add_flag_callback("--tcp", refuse_tcp, "Not built yet: candidates over TCP");
}

}  // namespace floe::cli
