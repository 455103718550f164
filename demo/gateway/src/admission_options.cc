#include "admission_options.h"

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "floe/rooms/access_control.h"
#include "help_text.h"

namespace floe::gateway {
namespace {

void add_count(CLI::App& app, const std::string& name, std::size_t& out, const std::string& help,
               std::size_t max = 1'000'000) {
  app.add_option(name, out, help)
      ->check(CLI::Range(std::size_t{1}, max))
      ->capture_default_str()
      ->group(rare("Limits"));
}

}  // namespace

void AdmissionArguments::add_to(CLI::App& app) {
  app.add_option("--host", read_.hosts, "Names of this gateway in URLs [any]")
      ->group(rare("Access"));
  app.add_flag("--accept-secret", read_.accept_secret,
               "The secret itself is a token, too: for a trial")
      ->group("Access");
  app.add_option("--token-audience", read_.audience, "What `aud` of tokens must name")
      ->capture_default_str()
      ->group(rare("Access"));
  app.add_option("--token-age-max", read_.token_age_max,
                 "Seconds after `iat` in which a token must first be used")
      ->check(CLI::Range(std::int64_t{1}, token::kSessionSecondsMax))
      ->capture_default_str()
      ->group(rare("Access"));
  add_count(app, "--strangers-max", read_.strangers.all, "Clients that have shown no token yet",
            4096);
  add_count(app, "--strangers-per-network-max", read_.strangers.per_network,
            "The same of one /24 or /48", 4096);
  add_count(app, "--sessions-per-network-max", read_.sessions_per_network_max,
            "Tunnels of one /24 or /48 at a time");
  add_count(app, "--sessions-per-subject-max", read_.sessions_per_subject_max,
            "Tunnels of one subject of tokens at a time");
  add_count(app, "--members-max", read_.rooms.connections, "Members of all rooms at a time");
  add_count(app, "--rooms-max", read_.rooms.rooms, "Rooms at a time");
  add_count(app, "--room-peers-max", read_.rooms.peers_per_room, "Members of one room", 65);
  app.add_option("--messages-per-second-max", read_.rooms.messages_per_second,
                 "Signalling messages of one member")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str()
      ->group(rare("Access"));
  app.add_option("--audit-log", read_.audit_file,
                 "Write who had which session and socket, as JSON lines; - is standard output")
      ->group(rare("Access"));
  app.add_flag("--audit-full", read_.audit_full, "With addresses, which are hashed otherwise")
      ->group(rare("Access"));
}

void AdmissionArguments::read(AdmissionOptions& options) const {
  options = read_;
  if (const char* previous = std::getenv("FLOE_GATEWAY_SECRET_PREVIOUS")) {
    options.previous_secret = previous;
  }
}

std::string refuse_admission(const AdmissionOptions& options) {
  if (!options.previous_secret.empty() && options.previous_secret.size() < token::kSecretSizeMin) {
    return "FLOE_GATEWAY_SECRET_PREVIOUS must have at least 16 characters, as every secret.";
  }
  if (options.audience.empty() || options.audience.size() > token::kNameSizeMax) {
    return "--token-audience has 1 to 128 characters.";
  }
  return {};
}

}  // namespace floe::gateway
