// The `floe` command.
#include <CLI/CLI.hpp>

#include "agent_command.h"
#include "agent_options.h"
#include "blocking_system.h"
#include "floe/probes/nat.h"
#include "probe_options.h"
#include "sdp_command.h"
#include "sim_command.h"
#include "token_command.h"

namespace {

/// Asks what the options name; the exit status.
template <class Options, class Answer>
int run_probe(const std::string& tls_ca_file, bool json, const Options& options,
              Answer (*ask)(floe::probes::BlockingHost&, const Options&)) {
  floe::cli::BlockingSystem host(tls_ca_file);
  if (!host.is_open(json)) return 1;
  return floe::probes::print(host.console(), json, ask(host, options));
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Floe: an ICE agent that you can carry anywhere."};
  app.set_version_flag("--version", "floe " FLOE_VERSION);
  app.require_subcommand(1);

  floe::cli::AgentOptions agent_options;
  CLI::App* agent = app.add_subcommand(
      "agent", "Run an agent: signalling and orders in, reports out, one JSON object a line");
  floe::cli::declare(*agent, agent_options);

  std::string tls_ca_file;
  floe::probes::StunOptions stun_options;
  CLI::App* stun =
      app.add_subcommand("stun", "Ask a STUN server for the public address of this machine");
  floe::cli::declare_stun(*stun, stun_options, tls_ca_file);

  floe::probes::ServerOptions nat_options;
  CLI::App* nat = app.add_subcommand(
      "nat", "Find out how this machine's NAT behaves: mapping, filtering, hairpinning (RFC 5780)");
  floe::cli::declare_nat(*nat, nat_options);

  floe::probes::TurnOptions turn_options;
  CLI::App* turn = app.add_subcommand(
      "turn",
      "Try a TURN server: allocate, send through the relay, and print how long each step took");
  floe::cli::declare_turn(*turn, turn_options, tls_ca_file);

  floe::probes::DoctorOptions doctor_options;
  bool doctor_json = false;
  CLI::App* doctor = app.add_subcommand(
      "doctor", "Examine what of this machine's network works, and say what to do about the rest");
  floe::cli::declare_doctor(*doctor, doctor_options, tls_ca_file, doctor_json);

  floe::cli::SdpOptions sdp_options;
  CLI::App* sdp =
      app.add_subcommand("sdp", "Turn signalling messages into SDP, and SDP into messages");
  floe::cli::declare(*sdp, sdp_options);
  floe::cli::SimOptions sim_options;
  CLI::App* sim = app.add_subcommand(
      "sim", "Let two ends meet behind networks of your choice, simulated, and draw what happens");
  floe::cli::declare(*sim, sim_options);

  floe::cli::TokenOptions token_options;
  CLI::App* token = app.add_subcommand("token", "Make a token that admits a client to a gateway");
  floe::cli::declare(*token, token_options);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (stun->parsed()) {
    return run_probe(tls_ca_file, stun_options.server.json, stun_options, &floe::probes::ask_stun);
  }
  if (nat->parsed()) return run_probe("", nat_options.json, nat_options, &floe::probes::ask_nat);
  if (turn->parsed()) {
    return run_probe(tls_ca_file, turn_options.server.json, turn_options, &floe::probes::ask_turn);
  }
  if (doctor->parsed()) {
    floe::cli::BlockingSystem host(tls_ca_file);
    if (!host.is_open(doctor_json)) return 1;
    return floe::probes::run_doctor(host, doctor_options, doctor_json);
  }
  if (sdp->parsed()) return floe::cli::SdpCommand(sdp_options).run();
  if (token->parsed()) return floe::cli::print_token(token_options);
  if (sim->parsed()) return floe::cli::SimCommand(sim_options).run();
  return floe::cli::AgentCommand(agent_options).run();
}
