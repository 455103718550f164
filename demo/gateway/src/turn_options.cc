#include "turn_options.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>

#include "floe/rooms/access_control.h"
#include "help_text.h"
#include "validators.h"

namespace floe::gateway {
namespace {

/// A longer realm would make challenges too long for the shortest requests.
constexpr std::size_t kRealmSizeMax = 32;

/// "name:password" on each line, which ends with LF or CRLF; empty ones and those that begin with #
/// are skipped.
std::string read_users(const std::string& file, TurnOptions& options) {
  std::ifstream in(file);
  if (!in) return file + ": cannot be read";
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.front() == '#') continue;
    const auto colon = line.find(':');
    const std::string at = file + ":" + std::to_string(number);
    if (colon == line.npos || colon == 0 || colon + 1 == line.size()) {
      return at + ": a user is a line name:password";
    }
    if (!options.users.emplace(line.substr(0, colon), line.substr(colon + 1)).second) {
      return at + ": this user name is already in the file";
    }
  }
  return {};
}

std::string from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : std::string();
}

}  // namespace

void TurnArguments::add_to(CLI::App& app) {
  const std::string kTurn = "TURN";
  app.add_option("--turn", listen_, "Serve TURN and STUN here, over UDP and TCP")
      ->check(socket_address_validator())
      ->group(kTurn);
  app.add_option("--turns", listen_tls_, "Serve TURN over TLS here")
      ->check(socket_address_validator())
      ->group(kTurn);
  app.add_option("--turn-users", users_file_, "File of users, name:password on each line")
      ->check(CLI::ExistingFile)
      ->group(kTurn);
  app.add_option("--turn-relay", relay_, "Addresses for relays, one of a family [of --bind]")
      ->check(ip_address_validator())
      ->group(kTurn);
  app.add_option("--turn-external", external_,
                 "Addresses that clients are told instead, behind a 1:1 NAT")
      ->check(ip_address_validator())
      ->group(kTurn);
  app.add_option("--turn-ports", ports_, "Ports for relays")->capture_default_str()->group(kTurn);
  add_rare_to(app);
}

void TurnArguments::add_rare_to(CLI::App& app) {
  app.add_option("--turn-alternate", alternate_,
                 "A second address and port, so that clients can find out how their NAT behaves")
      ->check(socket_address_validator())
      ->group(rare("TURN"));
  app.add_option("--turn-realm", realm_, "The realm of the TURN users")
      ->capture_default_str()
      ->group(rare("TURN"));
  app.add_option("--turn-allocations-max", allocations_max_, "Allocations at a time")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str()
      ->group(rare("Limits"));
  app.add_option("--turn-allocations-per-user-max", allocations_per_user_max_,
                 "Allocations of one user at a time")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str()
      ->group(rare("Limits"));
}

std::string TurnArguments::read(TurnOptions& options) const {
  for (const std::string& text : listen_) options.listen.push_back(*TransportAddress::parse(text));
  for (const std::string& text : listen_tls_) {
    options.listen_tls.push_back(*TransportAddress::parse(text));
  }
  if (!alternate_.empty()) options.alternate = *TransportAddress::parse(alternate_);
  for (const std::string& text : relay_) options.relay.push_back(*IpAddress::parse(text));
  for (const std::string& text : external_) options.external.push_back(*IpAddress::parse(text));
  options.realm = realm_;
  options.allocations_max = allocations_max_;
  options.allocations_per_user_max = allocations_per_user_max_;
  options.secret = from_environment("FLOE_TURN_SECRET");
  options.previous_secret = from_environment("FLOE_TURN_SECRET_PREVIOUS");
  const auto range = PortRange::parse(ports_);
  if (!range) return "--turn-ports is FIRST-LAST, from 1 to 65535";
  options.ports = *range;
  return users_file_.empty() ? std::string() : read_users(users_file_, options);
}

std::string refuse_turn(const TurnOptions& options, const TurnSurroundings& surroundings) {
  if (!options.is_wanted()) return {};
  if (options.secret.empty() && options.users.empty()) {
    return "TURN has no users; without them anyone could use this relay. Set FLOE_TURN_SECRET to "
           "at least 16 characters for time-limited passwords, or name users with --turn-users.";
  }
  for (const std::string& secret : {options.secret, options.previous_secret}) {
    if (!secret.empty() && secret.size() < token::kSecretSizeMin) {
      return "FLOE_TURN_SECRET and FLOE_TURN_SECRET_PREVIOUS must have at least 16 characters.";
    }
  }
  if (options.realm.empty() || options.realm.size() > kRealmSizeMax) {
    return "--turn-realm has 1 to 32 bytes.";
  }
  if (!options.listen_tls.empty() && !surroundings.has_certificate) {
    return "--turns needs --tls-certificate and --tls-key.";
  }
  if (options.alternate) {
    const bool has_primary = options.listen.size() == 1 && options.listen[0].port != 0;
    if (!has_primary || options.alternate->ip == options.listen[0].ip ||
        options.alternate->port == options.listen[0].port || options.alternate->port == 0 ||
        options.alternate->ip.family() != options.listen[0].ip.family()) {
      return "--turn-alternate needs one --turn, and differs from it in address and in port.";
    }
  }
  auto all = options.listen;
  if (options.alternate) all.push_back(*options.alternate);
  all.insert(all.end(), options.listen_tls.begin(), options.listen_tls.end());
  for (const IpAddress& ip : options.relay) all.push_back({ip, 0});
  for (const TransportAddress& address : all) {
    if (address.ip.is_any()) {
      return "--turn, --turns and --turn-relay need addresses of this machine, not " +
             address.ip.to_text() + ": an answer must leave from where the question came to.";
    }
    if (surroundings.loopback_only && !address.ip.is_loopback()) {
      return "--insecure-dev is for loopback only, and TURN is to use " + address.ip.to_text() +
             ". Leave out --insecure-dev and set FLOE_GATEWAY_SECRET.";
    }
  }
  return {};
}

}  // namespace floe::gateway
