#include "room_options.h"

#include <optional>

#include "conversion.h"
#include "floe/signal/limits.h"
#include "floe/signal/room_message.h"
#include "security_members.h"

namespace floe::c {
namespace {

constexpr const char* kNameRule = " must have 1 to 64 letters, digits and characters of ._~-";

/// `mdns` is at most FLOE_MDNS_OFF.
constexpr MdnsMode mdns_from_c(std::uint32_t mdns) {
  if (mdns == FLOE_MDNS_OFF) return MdnsMode::off;
  return mdns == FLOE_MDNS_HIDE ? MdnsMode::hide : MdnsMode::resolve;
}

std::string text_of(const char* text) {
  return text == nullptr ? "" : text;
}

bool is_valid(const char* name) {
  return name != nullptr && signal::is_valid_name(name);
}

bool are_ports(std::uint16_t min, std::uint16_t max) {
  return min <= max && (min == 0) == (max == 0);
}

bool is_list(const void* first, std::size_t count) {
  return first != nullptr || count == 0;
}

/// Empty: nothing is wrong with the members that hold one value each.
std::string problem_with(const floe_room_config& config) {
  if (config.url == nullptr) return "`url` is NULL";
  if (!is_valid(config.name)) {
    return std::string("`name`") + kNameRule;
  }
  if (text_of(config.token).size() > signal::kTokenSizeMax) {
    return "`token` has more than 4,096 bytes";
  }
  if (!are_ports(config.port_min, config.port_max)) {
    return "`port_min` and `port_max` must be 1 to 65535, the smaller one first, or both 0";
  }
  if (config.components > ice::kComponentMax) return "`components` must be 1 to 256";
  if (config.nomination > FLOE_NOMINATION_RENOMINATION) return "`nomination` has no such value";
  if (config.policy > FLOE_POLICY_RELAY) return "`policy` has no such value";
  if (config.mdns > FLOE_MDNS_OFF) return "`mdns` has no such value";
  if (config.offer_count > signal::kOffersMax) return "`offer_count` must be 0 to 8";
  if (config.seeks != nullptr && !is_valid(config.seeks)) {
    return std::string("`seeks`") + kNameRule;
  }
  if (config.plaintext > 1) return "`plaintext` must be 0 or 1";
  if (config.plaintext == 1 && SecurityMembers::of(config).is_any_set()) {
    return "`certificate`, `key` and `expected_fingerprints` are of no use with `plaintext`";
  }
  if (config.reserved2 != 0) return "`reserved2` must be 0: begin with `= {0}`";
  if (config.reserved != 0) return "`reserved` must be 0: begin with `= {0}`";
  return {};
}

std::string quoted(const char* text) {
  return "\"" + std::string(text) + "\"";
}

using Problem = std::optional<Refusal>;

Problem add_stun_server(const char* text, std::vector<Server>& servers) {
  if (text == nullptr) return Refusal{FLOE_ERROR_ARGUMENT, "`stun_servers` has a NULL in it"};
  auto uri = parse_server_uri(text);
  if (!uri || uri->scheme != ServerScheme::stun) {
    return Refusal{FLOE_ERROR_ADDRESS,
                   "`stun_servers`: " + quoted(text) + " is not stun:HOST or stun:HOST:PORT"};
  }
  servers.emplace_back(std::move(*uri));
  return std::nullopt;
}

Problem add_turn_server(const floe_turn_server_uri& server, std::vector<Server>& servers) {
  if (server.uri == nullptr) {
    return Refusal{FLOE_ERROR_ARGUMENT, "`turn_servers` has one whose `uri` is NULL"};
  }
  auto uri = parse_server_uri(server.uri);
  if (!uri || !uri->relay_transport()) {
    return Refusal{FLOE_ERROR_ADDRESS,
                   "`turn_servers`: " + quoted(server.uri) +
                       " is not turn:HOST, turn:HOST:PORT?transport=tcp or turns:HOST"};
  }
  servers.emplace_back(std::move(*uri), text_of(server.username), text_of(server.password));
  return std::nullopt;
}

Problem add_external_address(const floe_external_address& mapping,
                             std::vector<ExternalAddress>& mappings) {
  if (mapping.external == nullptr || mapping.hides_internal > 1 || mapping.reserved != 0) {
    return Refusal{FLOE_ERROR_ARGUMENT,
                   "`external_addresses`: `external` is not NULL, `hides_internal` is 0 or 1, and "
                   "`reserved` is 0"};
  }
  const auto external = IpAddress::parse(mapping.external);
  if (!external || external->is_any() || external->is_multicast()) {
    return Refusal{FLOE_ERROR_ADDRESS, "`external_addresses`: " + quoted(mapping.external) +
                                           " is not the IP address of a host"};
  }
  const auto internal = mapping.internal == nullptr ? IpAddress::any(external->family())
                                                    : IpAddress::parse(mapping.internal);
  if (!internal || internal->family() != external->family()) {
    return Refusal{FLOE_ERROR_ADDRESS, "`external_addresses`: " + quoted(mapping.internal) +
                                           " is not an IP address of the family of `external`"};
  }
  mappings.push_back({*internal, *external, mapping.hides_internal == 1});
  return std::nullopt;
}

Problem read_offers(const floe_room_config& config, std::vector<std::string>& offers) {
  if (!is_list(config.offers, config.offer_count)) {
    return Refusal{FLOE_ERROR_ARGUMENT, "`offers` is NULL, and its count not 0"};
  }
  for (std::size_t i = 0; i < config.offer_count; ++i) {
    if (!is_valid(config.offers[i])) {
      return Refusal{FLOE_ERROR_ARGUMENT, std::string("`offers`: each") + kNameRule};
    }
    offers.emplace_back(config.offers[i]);
  }
  return std::nullopt;
}

Problem read_lists(const floe_room_config& config, GatherOptions& gather) {
  if (!is_list(config.stun_servers, config.stun_server_count) ||
      !is_list(config.turn_servers, config.turn_server_count) ||
      !is_list(config.external_addresses, config.external_address_count)) {
    return Refusal{FLOE_ERROR_ARGUMENT,
                   "a list of servers or addresses is NULL, and its count not 0"};
  }
  Problem problem;
  for (std::size_t i = 0; i < config.stun_server_count && !problem; ++i) {
    problem = add_stun_server(config.stun_servers[i], gather.servers);
  }
  for (std::size_t i = 0; i < config.turn_server_count && !problem; ++i) {
    problem = add_turn_server(config.turn_servers[i], gather.servers);
  }
  for (std::size_t i = 0; i < config.external_address_count && !problem; ++i) {
    problem = add_external_address(config.external_addresses[i], gather.external_addresses);
  }
  return problem;
}

/// One certificate for all connections: a peer that comes back finds the same.
Problem read_security(const floe_room_config& config, RandomSource& random,
                      std::optional<peer::SecurityOptions>& security) {
  security.reset();
  if (config.plaintext == 1) return std::nullopt;
  auto read = c::read_security(SecurityMembers::of(config), random);
  if (!read) return Refusal{FLOE_ERROR_ARGUMENT, "`plaintext` is 0: " + read.error()};
  security = std::move(*read);
  return std::nullopt;
}

}  // namespace

Result<RoomOptions, Refusal> read_room_options(const floe_room_config& config,
                                               RandomSource& random) {
  std::string wrong = problem_with(config);
  if (!wrong.empty()) return Refusal{FLOE_ERROR_ARGUMENT, std::move(wrong)};
  RoomOptions options;
  options.url = config.url;
  options.name = config.name;
  options.token = text_of(config.token);
  if (Problem problem = read_offers(config, options.offers)) return std::move(*problem);
  options.seeks = text_of(config.seeks);
  if (config.connections_max != 0) options.connections_max = config.connections_max;
  ice::AgentConfig& agent = options.connection.agent;
  if (config.components != 0) agent.components = config.components;
  agent.nomination = nomination_from_c(config.nomination);
  agent.policy = policy_from_c(config.policy);
  options.connection.mdns = mdns_from_c(config.mdns);
  GatherOptions& gather = options.connection.gather;
  gather.port_min = config.port_min;
  gather.port_max = config.port_max;
  if (Problem problem = read_lists(config, gather)) return std::move(*problem);
  if (Problem problem = read_security(config, random, options.connection.security)) {
    return std::move(*problem);
  }
  return options;
}

}  // namespace floe::c
