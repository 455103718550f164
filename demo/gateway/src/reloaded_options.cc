#include "reloaded_options.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace floe::gateway {
namespace {

/// The options that SIGHUP changes; all others wait for a start.
constexpr std::array<std::string_view, 28> kReloaded{"accept-secret",
                                                     "allow",
                                                     "allow-loopback",
                                                     "allow-own",
                                                     "allow-port",
                                                     "allow-private",
                                                     "allow-turn",
                                                     "deny",
                                                     "deny-port",
                                                     "drain-timeout",
                                                     "host",
                                                     "log-format",
                                                     "log-level",
                                                     "nat64-prefix",
                                                     "origin",
                                                     "reconnect-spread",
                                                     "secret-file",
                                                     "sessions-max",
                                                     "sockets-max",
                                                     "tls-certificate",
                                                     "tls-key",
                                                     "token-age-max",
                                                     "token-audience",
                                                     "turn-allocations-max",
                                                     "turn-allocations-per-user-max",
                                                     "turn-secret-file",
                                                     "turn-users",
                                                     "verbose"};

}  // namespace

std::string options_that_wait(const GivenOptions& before, const GivenOptions& now) {
  std::set<std::string> changed;
  for (const auto& [name, values] : before) {
    const auto later = now.find(name);
    if (later == now.end() || later->second != values) changed.insert(name);
  }
  for (const auto& [name, values] : now) {
    if (!before.contains(name)) changed.insert(name);
  }
  std::string names;
  for (const std::string& name : changed) {
    if (std::ranges::find(kReloaded, name) != kReloaded.end()) continue;
    names += (names.empty() ? "--" : ", --") + name;
  }
  return names;
}

}  // namespace floe::gateway
