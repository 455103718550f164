#include "room_options.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "conversion.h"
#include "floe/signal/limits.h"
#include "floe/signal/room_message.h"

namespace floe::c {
namespace {

/// `mdns` is at most FLOE_MDNS_OFF.
constexpr MdnsMode mdns_from_c(std::uint32_t mdns) {
  if (mdns == FLOE_MDNS_OFF) return MdnsMode::off;
  return mdns == FLOE_MDNS_HIDE ? MdnsMode::hide : MdnsMode::resolve;
}

bool is_name(const char* text) {
  return text != nullptr && signal::is_valid_name(text);
}

bool is_sensible(const floe_room_config& config) {
  const bool has_name = config.url != nullptr && is_name(config.name);
  const bool has_token =
      config.token == nullptr || std::strlen(config.token) <= signal::kTokenSizeMax;
  const bool has_ports =
      config.port_min <= config.port_max && (config.port_min == 0) == (config.port_max == 0);
  return has_name && has_token && has_ports && config.components <= ice::kComponentMax &&
         config.nomination <= FLOE_NOMINATION_RENOMINATION && config.policy <= FLOE_POLICY_RELAY &&
         config.mdns <= FLOE_MDNS_OFF && config.reserved == 0;
}

bool has_lists(const floe_room_config& config) {
  return (config.stun_servers != nullptr || config.stun_server_count == 0) &&
         (config.turn_servers != nullptr || config.turn_server_count == 0) &&
         (config.external_addresses != nullptr || config.external_address_count == 0) &&
         (config.offers != nullptr || config.offer_count == 0);
}

/// Whether the services are names; the lists are there.
bool has_services(const floe_room_config& config) {
  const std::span offers(config.offers, config.offer_count);
  return offers.size() <= signal::kOffersMax && std::ranges::all_of(offers, is_name) &&
         (config.seeks == nullptr || is_name(config.seeks));
}

std::string text_of(const char* text) {
  return text == nullptr ? "" : text;
}

floe_error add_stun_server(const char* text, std::vector<Server>& servers) {
  if (text == nullptr) return FLOE_ERROR_ARGUMENT;
  auto uri = parse_server_uri(text);
  if (!uri || uri->scheme != ServerScheme::stun) return FLOE_ERROR_ADDRESS;
  servers.emplace_back(std::move(*uri));
  return FLOE_OK;
}

floe_error add_turn_server(const floe_turn_server_uri& server, std::vector<Server>& servers) {
  if (server.uri == nullptr) return FLOE_ERROR_ARGUMENT;
  auto uri = parse_server_uri(server.uri);
  if (!uri || !uri->relay_transport()) return FLOE_ERROR_ADDRESS;
  servers.emplace_back(std::move(*uri), text_of(server.username), text_of(server.password));
  return FLOE_OK;
}

floe_error add_external_address(const floe_external_address& mapping,
                                std::vector<ExternalAddress>& mappings) {
  if (mapping.external == nullptr || mapping.hides_internal > 1 || mapping.reserved != 0) {
    return FLOE_ERROR_ARGUMENT;
  }
  const auto external = IpAddress::parse(mapping.external);
  if (!external || external->is_any() || external->is_multicast()) return FLOE_ERROR_ADDRESS;
  const auto internal = mapping.internal == nullptr ? IpAddress::any(external->family())
                                                    : IpAddress::parse(mapping.internal);
  if (!internal || internal->family() != external->family()) return FLOE_ERROR_ADDRESS;
  mappings.push_back({*internal, *external, mapping.hides_internal == 1});
  return FLOE_OK;
}

floe_error read_lists(const floe_room_config& config, GatherOptions& gather) {
  floe_error error = FLOE_OK;
  for (std::size_t i = 0; i < config.stun_server_count && error == FLOE_OK; ++i) {
    error = add_stun_server(config.stun_servers[i], gather.servers);
  }
  for (std::size_t i = 0; i < config.turn_server_count && error == FLOE_OK; ++i) {
    error = add_turn_server(config.turn_servers[i], gather.servers);
  }
  for (std::size_t i = 0; i < config.external_address_count && error == FLOE_OK; ++i) {
    error = add_external_address(config.external_addresses[i], gather.external_addresses);
  }
  return error;
}

}  // namespace

Result<RoomOptions, floe_error> read_room_options(const floe_room_config& config) {
  if (!is_sensible(config) || !has_lists(config) || !has_services(config)) {
    return FLOE_ERROR_ARGUMENT;
  }
  RoomOptions options;
  options.url = config.url;
  options.name = config.name;
  options.token = text_of(config.token);
  options.offers.assign(config.offers, config.offers + config.offer_count);
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
  const floe_error error = read_lists(config, gather);
  if (error != FLOE_OK) return error;
  return options;
}

}  // namespace floe::c
