#include "allocate_request.h"

#include <algorithm>

#include "floe/stun/attributes/error_code.h"
#include "floe/turn/error_codes.h"
#include "floe/turn_server/server_config.h"

namespace floe::turn {
namespace {

using stun::AttributeError;
using stun::AttributeType;
using stun::kBadRequest;
using stun::MessageView;

template <class T>
bool is_malformed(const Result<T, AttributeError>& attribute) {
  return !attribute && attribute.error() == AttributeError::malformed;
}

/// The error code when attributes exclude each other; 0 when they go together.
std::uint16_t contradiction_in(const MessageView& request) {
  const bool has_token = request.has(AttributeType::reservation_token);
  const bool has_even_port = request.has(AttributeType::even_port);
  const bool has_family = request.has(AttributeType::requested_address_family);
  const bool has_additional = request.has(AttributeType::additional_address_family);
  // Section 7.2, steps 5, 6 and 9.
  if (has_token && (has_even_port || has_family || has_additional)) return kBadRequest;
  if (has_family && has_additional) return kBadRequest;
  const auto even_port = request.get<EvenPort>();
  const auto additional = request.get<AdditionalAddressFamily>();
  if (is_malformed(even_port) || is_malformed(request.get<ReservationToken>())) return kBadRequest;
  if (has_additional && even_port && even_port->reserves_next) return kBadRequest;
  // Step 9: the additional family must be IPv6.
  if (has_additional && (!additional || additional->family == Family::ipv4)) return kBadRequest;
  return 0;
}

}  // namespace

Result<AllocateRequest, std::uint16_t> read_allocate(const MessageView& request) {
  // "If the REQUESTED-TRANSPORT attribute is not included or is malformed, the server rejects the
  // request with a 400 (Bad Request) error. Otherwise, if the attribute is included but specifies a
  // protocol that is not supported by the server, the server rejects the request with a 442".
  const auto transport = request.get<RequestedTransport>();
  if (!transport) return kBadRequest;
  if (transport->protocol != kProtocolUdp) return kUnsupportedTransport;
  if (const std::uint16_t error = contradiction_in(request)) return error;
  AllocateRequest read;
  const auto family = requested_family(request, Family::ipv4);
  if (!family) return family.error();
  read.family = *family;
  const auto lifetime = granted_lifetime(request);
  if (!lifetime) return lifetime.error();
  read.lifetime = std::max(*lifetime, kDefaultLifetime);
  read.wants_additional = request.has(AttributeType::additional_address_family);
  if (const auto even_port = request.get<EvenPort>()) {
    read.port = even_port->reserves_next ? PortNeed::pair : PortNeed::even;
  }
  if (const auto token = request.get<ReservationToken>()) read.reservation = *token;
  return read;
}

Result<Duration, std::uint16_t> granted_lifetime(const MessageView& request) {
  const auto lifetime = request.get<Lifetime>();
  if (is_malformed(lifetime)) return kBadRequest;
  if (!lifetime) return kDefaultLifetime;
  if (lifetime->seconds == 0) return Duration::zero();
  // Section 7.2: "the server computes the minimum of the client's proposed lifetime and the
  // server's maximum allowed lifetime. If this computed value is greater than the default lifetime,
  // then the server uses the computed lifetime as the initial value of the time-to-expiry field.
  // Otherwise, the server uses the default lifetime."
  const Duration wanted = std::chrono::seconds(lifetime->seconds);
  return std::max(std::min(wanted, kLifetimeMax), kDefaultLifetime);
}

Result<Family, std::uint16_t> requested_family(const MessageView& request, Family otherwise) {
  const auto family = request.get<RequestedAddressFamily>();
  if (is_malformed(family)) return kAddressFamilyNotSupported;
  return family ? family->family : otherwise;
}

}  // namespace floe::turn
