#include "agent_options.h"

#include <CLI/CLI.hpp>
#include <map>

#include "floe/ice/limits.h"
#include "floe/signal/limits.h"
#include "floe/signal/room_message.h"

namespace floe::cli {
namespace {

const std::map<std::string, ice::NominationMode> kNominations{
    {"regular", ice::NominationMode::regular},
    {"aggressive", ice::NominationMode::aggressive},
    {"renomination", ice::NominationMode::renomination}};

void declare_pacing(CLI::App& app, AgentOptions& options) {
  ice::PacerConfig& pacing = options.connection.agent.pacing;
  app.add_option_function<std::int64_t>(
         "--ta", [&pacing](const std::int64_t& ms) { pacing.ta = std::chrono::milliseconds(ms); },
         "Pace checks by this many milliseconds (default: 50)")
      ->check(CLI::Range(5, 5000))
      ->type_name("MS");
  app.add_option_function<std::string>(
         "--pacing", [&pacing](const std::string& text) { pacing.strict = text == "strict"; },
         "strict: RFC 8445 to the letter, without checks between slots")
      ->check(CLI::IsMember({"default", "strict"}));
}

/// Options about the kind of agent, and how it chooses a path.
void declare_agent(CLI::App& app, AgentOptions& options) {
  ice::AgentConfig& agent = options.connection.agent;
  app.add_option_function<std::string>(
         "--role",
         [&agent](const std::string& text) {
           agent.role = text == "controlled" ? ice::Role::controlled : ice::Role::controlling;
         },
         "Role of this agent; the controlling one chooses the pair. ICE resolves a conflict "
         "(default: controlling)")
      ->check(CLI::IsMember({"controlling", "controlled"}));
  app.add_flag_callback(
      "--lite", [&agent] { agent.implementation = ice::Implementation::lite; },
      "Answer checks and send none (RFC 8445, section 2.5): for a machine that every peer can "
      "reach");
  app.add_option_function<std::string>(
         "--policy",
         [&agent](const std::string& text) {
           agent.policy = text == "relay" ? ice::CandidatePolicy::relay : ice::CandidatePolicy::all;
         },
         "relay: use relayed candidates only, so that the peer learns no address of this machine "
         "(default: all)")
      ->check(CLI::IsMember({"all", "relay"}));
  app.add_option_function<std::string>(
         "--nomination",
         [&agent](const std::string& text) { agent.nomination = kNominations.at(text); },
         "How a controlling agent chooses. regular: once, when the pairs are checked; "
         "renomination: again when a better one works, if the peer can; aggressive: RFC 5245's, "
         "for old peers (default: regular)")
      ->check(CLI::IsMember(kNominations));
  app.add_option_function<int>(
         "--streams", [&agent](int count) { agent.streams = static_cast<std::uint8_t>(count); },
         "Number of streams; messages and events name them by sdpMid, starting with \"0\" "
         "(default: 1)")
      ->check(CLI::Range(1, static_cast<int>(ice::kStreamsMax)));
  app.add_option("--components", agent.components,
                 "Paths to find in each stream, each with its own sockets")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
}

std::string problem_with_fingerprint(const std::string& text) {
  return peer::is_fingerprint(text) ? std::string()
                                    : text + " is not the SHA-256 of a certificate, as AB:CD:...";
}

/// Options about encryption.
void declare_dtls(CLI::App& app, AgentOptions& options) {
  CLI::Option* dtls =
      app.add_option_function<std::string>(
             "--dtls",
             [&options](const std::string& text) {
               if (text == "off") options.connection.security.reset();
             },
             "off: datagrams in plaintext, which everybody on the path can read and change; the "
             "peer must do the same (default: on)")
          ->check(CLI::IsMember({"on", "off"}));
  CLI::Option* certificate =
      app.add_option("--certificate", options.certificate_file,
                     "This agent's certificate, PEM or DER, with a key on the curve P-256 "
                     "(default: a new one for each connection)")
          ->check(CLI::ExistingFile)
          ->excludes(dtls);
  app.add_option("--key", options.key_file, "The key of --certificate")
      ->check(CLI::ExistingFile)
      ->needs(certificate);
  certificate->needs("--key");
  app.add_flag("--sped", options.connection.security->sped,
               "Let the handshake begin in the checks of ICE, if the peer does so, too: one round "
               "trip less (SPED, an Internet-Draft)")
      ->excludes(dtls);
  app.add_option("--expect-fingerprint", options.connection.security->expected,
                 "SHA-256 of the certificate that the peer must have; may be repeated (default: "
                 "the one that it signals)")
      ->check(problem_with_fingerprint)
      ->excludes(dtls)
      ->type_name("AB:CD:...");
}

std::string problem_with_service(const std::string& name) {
  return signal::is_valid_name(name)
             ? std::string()
             : name + " is not a name of 1 to 64 letters, digits and characters of ._~-";
}

/// Options about the room of --signal.
void declare_room(CLI::App& app, AgentOptions& options) {
  app.add_option("--token", options.token, "Token for the signalling server and the gateway")
      ->envname("FLOE_TOKEN");
  app.add_option(
         "--offers", options.offers,
         "Tell the members of the room that this agent offers this service; may be repeated")
      ->check(problem_with_service)
      ->expected(1, signal::kOffersMax)
      ->type_name("NAME");
  app.add_option("--seeks", options.seeks,
                 "The peer is a member that offers this service, or, while there is none, one that "
                 "does not say what it offers (default: any member)")
      ->check(problem_with_service)
      ->type_name("NAME");
}

}  // namespace

void declare(CLI::App& app, AgentOptions& options) {
  app.add_option(
         "--signal", options.signal,
         "How to reach the peer: stdio (messages in JSON), sdp (the same as SDP, to copy and "
         "paste; an empty line ends each), or ws(s)://HOST/signal/ROOM")
      ->capture_default_str();
  declare_agent(app, options);
  CLI::Option* no_trickle = app.add_flag_callback(
      "--no-trickle", [&options] { options.trickle = false; },
      "Describe the agent only when all candidates are known; default for --signal sdp");
  app.add_flag_callback(
         "--trickle", [&options] { options.trickle = true; },
         "Describe the agent at once, and each candidate when it is known; default but for "
         "--signal "
         "sdp")
      ->excludes(no_trickle);
  app.add_flag("--echo", options.echo, "Send datagrams back instead of reporting them");
  declare_dtls(app, options);
  declare_room(app, options);
  app.add_option("--seed", options.seed, "Predictable credentials and ports: for tests only");
  app.add_flag("-v,--verbose", options.verbose, "Log more on standard error");
  declare_sockets(app, options);
  declare_servers(app, options);
  declare_pacing(app, options);
}

}  // namespace floe::cli
