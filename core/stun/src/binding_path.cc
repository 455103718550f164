#include "binding_path.h"

#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/nat_behavior.h"

namespace floe::stun {
namespace {

template <class T>
bool is_malformed(const Result<T, AttributeError>& attribute) {
  return !attribute && attribute.error() == AttributeError::malformed;
}

}  // namespace

std::optional<TransportAddress> other_of(const std::optional<DiscoveryAddresses>& discovery,
                                         const TransportAddress& local) {
  if (!discovery) return std::nullopt;
  const auto& [primary, alternate] = *discovery;
  const bool is_primary_ip = local.ip == primary.ip;
  const bool is_primary_port = local.port == primary.port;
  if (!is_primary_ip && local.ip != alternate.ip) return std::nullopt;
  if (!is_primary_port && local.port != alternate.port) return std::nullopt;
  return TransportAddress{is_primary_ip ? alternate.ip : primary.ip,
                          is_primary_port ? alternate.port : primary.port};
}

Result<BindingPath, std::uint16_t> path_of(const MessageView& message, const Arrival& request,
                                           const std::optional<TransportAddress>& other) {
  BindingPath path{request.local, request.source, other};
  if (!other) return path;  // CHANGE-REQUEST was refused before, as an unknown attribute
  const auto change = message.get<ChangeRequest>();
  const auto response_port = message.get<ResponsePort>();
  // "If the Request also contains the RESPONSE-PORT attribute the server MUST return an error
  // response of type 400."
  const bool has_both = response_port && message.has(AttributeType::padding);
  if (is_malformed(change) || is_malformed(response_port) || has_both) return kBadRequest;
  if (change && change->change_ip) path.from.ip = other->ip;
  if (change && change->change_port) path.from.port = other->port;
  if (response_port) path.to.port = response_port->port;
  return path;
}

}  // namespace floe::stun
