#include "sim_options.h"

#include <CLI/CLI.hpp>
#include <cmath>

namespace floe::cli {
namespace {

constexpr int kRoundTripMaxMs = 10'000;
constexpr int kSpanMaxSeconds = 86'400;

sim::NetworkKind parse_network(const std::string& option, const std::string& text) {
  if (const sim::NetworkKind* kind = sim::find_network_kind(text)) return *kind;
  std::string names;
  for (const sim::NetworkKind& kind : sim::network_kinds()) {
    names += (names.empty() ? "" : ", ") + sim::word_of(kind);
  }
  throw CLI::ValidationError(option, "there is no network " + text + "; there are " + names);
}

void declare_network(CLI::App& app, const std::string& option, sim::NetworkKind& kind,
                     const std::string& help) {
  app.add_option_function<std::string>(
         option, [option, &kind](const std::string& text) { kind = parse_network(option, text); },
         help)
      ->type_name("NETWORK")
      ->required();
}

/// The last lines of --help: each network with the place where it is met.
std::string list_of_networks() {
  std::string text = "Networks:\n";
  for (const sim::NetworkKind& kind : sim::network_kinds()) {
    std::string word = "  " + sim::word_of(kind);
    word.resize(23, ' ');
    text += word + std::string(kind.why) + "\n";
  }
  return text + "\nExits with 0 when the ends are connected, with 1 when they are not.";
}

}  // namespace

void declare(CLI::App& app, SimOptions& options) {
  sim::TwoHostsOptions& hosts = options.hosts;
  declare_network(app, "--left", hosts.left, "Network of the left end, which controls");
  declare_network(app, "--right", hosts.right, "Network of the right end");
  app.add_flag("--turn", hosts.turn, "Both may use a TURN server, over TCP where UDP is blocked");
  app.add_option("--seed", hosts.seed, "Another run of the same scene")->capture_default_str();
  app.add_option_function<double>(
         "--loss",
         [&hosts](const double& percent) {
           // The range below lets pass what is not a number.
           if (!(percent >= 0)) throw CLI::ValidationError("--loss", "must be 0 to 100");
           hosts.loss_ppm = static_cast<std::uint32_t>(std::lround(percent * 10'000));
         },
         "Datagrams that each end's line loses, each way (default: 0)")
      ->check(CLI::Range(0.0, 100.0))
      ->type_name("PERCENT");
  app.add_option_function<int>(
         "--rtt", [&hosts](const int& ms) { hosts.round_trip = std::chrono::milliseconds(ms); },
         "Round trip between any two hosts (default: 40)")
      ->check(CLI::Range(0, kRoundTripMaxMs))
      ->type_name("MS");
  app.add_option_function<int>(
         "--for", [&options](const int& seconds) { options.span = std::chrono::seconds(seconds); },
         "Go on for so long (default: until data went both ways, 60 s at most)")
      ->check(CLI::Range(1, kSpanMaxSeconds))
      ->type_name("SECONDS");
  app.add_flag("--json", options.json, "Print one JSON object instead of text for people");
  app.footer(list_of_networks());
}

}  // namespace floe::cli
