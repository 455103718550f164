#include "agent_options.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <map>

namespace floe::cli {
namespace {

void declare_transport(CLI::App& app, AgentOptions& options) {
  app.add_option_function<std::vector<std::string>>(
         "--bind",
         [&options](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) {
             const auto ip = IpAddress::parse(text);
             if (!ip) throw CLI::ValidationError("--bind", text + " is not an IP address");
             options.bind.push_back(*ip);
           }
         },
         "Use this address and, with more of them, only these; else all interfaces, but neither "
         "loopback nor link-local")
      ->type_name("ADDR");
  app.add_option_function<std::string>(
         "--port-range",
         [&options](const std::string& text) {
           GatherOptions& gather = options.connection.gather;
           const char* end = text.data() + text.size();
           const auto [dash, first] = std::from_chars(text.data(), end, gather.port_min);
           const bool has_dash = first == std::errc{} && dash != end && *dash == '-';
           const auto [rest, last] =
               std::from_chars(has_dash ? dash + 1 : end, end, gather.port_max);
           if (!has_dash || last != std::errc{} || rest != end || gather.port_min == 0 ||
               gather.port_min > gather.port_max) {
             throw CLI::ValidationError("--port-range", text + " is not A-B with 1 <= A <= B");
           }
         },
         "Bind to ports of this range")
      ->type_name("A-B");
  app.add_option_function<int>(
         "--family",
         [&options](const int& family) {
           options.connection.gather.family = family == 4 ? Family::ipv4 : Family::ipv6;
         },
         "Use addresses of one family")
      ->check(CLI::IsMember({4, 6}));
  app.add_option("--gateway", options.gateway,
                 "Use the sockets of a gateway, ws(s)://HOST/tunnel, instead of own ones");
  app.add_option("--tls-ca", options.tls_ca_file, "Authorities that may vouch for wss://, as PEM")
      ->check(CLI::ExistingFile);
}

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

}  // namespace

void declare(CLI::App& app, AgentOptions& options) {
  ice::AgentConfig& agent = options.connection.agent;
  app.add_option("--signal", options.signal,
                 "How to reach the peer: stdio, or ws(s)://HOST/signal/ROOM")
      ->capture_default_str();
  app.add_option_function<std::string>(
         "--role",
         [&agent](const std::string& text) {
           agent.role = text == "controlled" ? ice::Role::controlled : ice::Role::controlling;
         },
         "Who decides on the pair; a conflict settles itself (default: controlling)")
      ->check(CLI::IsMember({"controlling", "controlled"}));
  app.add_option("--components", agent.components, "Paths to find, each with its own sockets")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  app.add_flag("!--no-trickle", options.connection.trickle,
               "Describe the agent only when all candidates are known");
  app.add_flag("--echo", options.echo, "Send datagrams back instead of reporting them");
  app.add_option("--token", options.token, "For the signalling server and the gateway")
      ->envname("FLOE_TOKEN");
  app.add_option("--seed", options.seed, "Predictable credentials and ports: for tests only");
  app.add_flag("-v,--verbose", options.verbose, "Log more on standard error");
  declare_transport(app, options);
  declare_pacing(app, options);
}

}  // namespace floe::cli
