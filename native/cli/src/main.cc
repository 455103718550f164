// The `floe` command.
#include <CLI/CLI.hpp>

#include "agent_command.h"
#include "agent_options.h"
#include "nat_command.h"
#include "sdp_command.h"
#include "sim_command.h"
#include "stun_command.h"
#include "turn_command.h"

int main(int argc, char** argv) {
  CLI::App app{"Floe: an ICE agent that you can carry anywhere."};
  app.set_version_flag("--version", "floe " FLOE_VERSION);
  app.require_subcommand(1);

  floe::cli::AgentOptions agent_options;
  CLI::App* agent = app.add_subcommand(
      "agent", "Run an agent: signalling and orders in, reports out, one JSON object a line");
  floe::cli::declare(*agent, agent_options);

  floe::cli::StunOptions stun_options;
  CLI::App* stun =
      app.add_subcommand("stun", "Ask a STUN server for the public address of this machine");
  floe::cli::declare(*stun, stun_options);

  floe::cli::ServerOptions nat_options;
  CLI::App* nat = app.add_subcommand(
      "nat", "Find out how this machine's NAT behaves: mapping, filtering, hairpinning (RFC 5780)");
  floe::cli::declare(*nat, nat_options, floe::cli::ServerKind::stun_over_udp);

  floe::cli::TurnOptions turn_options;
  CLI::App* turn = app.add_subcommand(
      "turn",
      "Try a TURN server: allocate, send through the relay, and print how long each step took");
  floe::cli::declare(*turn, turn_options);

  floe::cli::SdpOptions sdp_options;
  CLI::App* sdp =
      app.add_subcommand("sdp", "Turn signalling messages into SDP, and SDP into messages");
  floe::cli::declare(*sdp, sdp_options);
  floe::cli::SimOptions sim_options;
  CLI::App* sim = app.add_subcommand(
      "sim", "Let two ends meet behind networks of your choice, simulated, and draw what happens");
  floe::cli::declare(*sim, sim_options);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (stun->parsed()) return floe::cli::StunCommand(stun_options).run();
  if (nat->parsed()) return floe::cli::NatCommand(nat_options).run();
  if (turn->parsed()) return floe::cli::TurnCommand(turn_options).run();
  if (sdp->parsed()) return floe::cli::SdpCommand(sdp_options).run();
  if (sim->parsed()) return floe::cli::SimCommand(sim_options).run();
  return floe::cli::AgentCommand(agent_options).run();
}
