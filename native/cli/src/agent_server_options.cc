// The options of `floe agent` about STUN and TURN servers.
#include <CLI/CLI.hpp>

#include "agent_options.h"
#include "floe/options/candidate_servers.h"

namespace floe::cli {
namespace {

void refuse_tcp() {
  throw CLI::ValidationError("--tcp", "ICE-TCP is not built yet: this version uses UDP only");
}

}  // namespace

void declare_servers(CLI::App& app, AgentOptions& options) {
  options::declare_candidate_servers(app, options.connection.gather.servers);
  for (const char* name : {"--stun", "--turn"}) {
    app.get_option("--lite")->excludes(app.get_option(name));
  }
  app.add_flag_callback("--tcp", refuse_tcp, "Not built yet: candidates over TCP");
}

}  // namespace floe::cli
