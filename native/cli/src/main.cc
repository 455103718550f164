// The `floe` command.
#include <CLI/CLI.hpp>

#include "agent_command.h"
#include "agent_options.h"

int main(int argc, char** argv) {
  CLI::App app{"Floe: an ICE agent that you can carry anywhere."};
  app.set_version_flag("--version", "floe " FLOE_VERSION);
  app.require_subcommand(1);

  floe::cli::AgentOptions options;
  CLI::App* agent = app.add_subcommand(
      "agent", "Run an agent: signalling and orders in, reports out, one JSON object a line");
  floe::cli::declare(*agent, options);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  floe::cli::AgentCommand command(options);
  return command.run();
}
