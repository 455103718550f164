#include "allocation_requests.h"

#include "floe/stun/attributes/error_code.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/error_codes.h"
#include "floe/wire/byte_reader.h"

namespace floe::turn {
namespace {

using stun::AttributeError;
using stun::MessageView;

/// Does not use ChannelNumber, which has only the range of RFC 8656: see kServedChannelMax.
std::optional<std::uint16_t> channel_of(const MessageView& request) {
  const auto value = request.find(stun::AttributeType::channel_number);
  if (!value || value->size() != 4) return std::nullopt;
  const std::uint16_t number = ByteReader(*value).u16();
  if (number < kServedChannelMin || number > kServedChannelMax) return std::nullopt;
  return number;
}

}  // namespace

void AllocationRequests::refresh(Timestamp now, Allocation& allocation, const MessageView& request,
                                 const RequestContext& context) {
  const ClientPath path = allocation.path;
  const auto lifetime = granted_lifetime(request);
  if (!lifetime) return responder_.refuse(path, context, lifetime.error());
  const bool names_family = request.has(stun::AttributeType::requested_address_family);
  const auto family = requested_family(request, Family::ipv4);
  // Section 8.2: a family that was not allocated is a 443.
  if (names_family && (!family || !allocation.relay_of(*family))) {
    return responder_.refuse(path, context, kPeerAddressFamilyMismatch);
  }
  for (const Family each : {Family::ipv4, Family::ipv6}) {
    auto& relay = allocation.relay_of(each);
    if (relay && (!names_family || *family == each) && *lifetime > Duration::zero()) {
      allocator_.set_lifetime(now, *relay, *lifetime);
    }
  }
  responder_.answer(path, context, stun::Class::success, [&](auto& message) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*lifetime);
    message.add(Lifetime{static_cast<std::uint32_t>(seconds.count())});
  });
  if (*lifetime > Duration::zero()) return;
  if (names_family) return allocator_.release(now, allocation, *family);
  allocator_.release_all(now, allocation);
}

std::uint16_t AllocationRequests::objection_to(Allocation& allocation,
                                               const TransportAddress& peer) const {
  if (!allocation.relay_of(peer.ip.family())) return kPeerAddressFamilyMismatch;
  // Clients of this server may be each other's peers, even if the policy denies the server's
  // address.
  if (allocator_.is_advertised(peer.ip) || policy_.admits(peer.ip)) return 0;
  return kForbidden;
}

void AllocationRequests::create_permission(Timestamp now, Allocation& allocation,
                                           const MessageView& request,
                                           const RequestContext& context) {
  std::array<IpAddress, stun::kAttributesMax> peers;
  std::size_t count = 0;
  for (;;) {
    const auto peer = request.get<XorPeerAddress>(count);
    if (!peer && peer.error() == AttributeError::absent) break;
    // Section 10.2: with one invalid address no permission is installed.
    if (!peer) return responder_.refuse(allocation.path, context, stun::kBadRequest);
    if (const std::uint16_t error = objection_to(allocation, peer->address)) {
      return responder_.refuse(allocation.path, context, error);
    }
    peers[count++] = peer->address.ip;
  }
  if (count == 0) return responder_.refuse(allocation.path, context, stun::kBadRequest);
  if (!allocation.permissions.install(now, std::span(peers).first(count))) {
    return responder_.refuse(allocation.path, context, kInsufficientCapacity);
  }
  succeed(allocation, context);
}

void AllocationRequests::bind_channel(Timestamp now, Allocation& allocation,
                                      const MessageView& request, const RequestContext& context) {
  const auto number = channel_of(request);
  const auto peer = request.get<XorPeerAddress>();
  if (!number || !peer) return responder_.refuse(allocation.path, context, stun::kBadRequest);
  std::uint16_t error = objection_to(allocation, peer->address);
  // A channel is for one port; the policy may deny this port and allow others.
  if (error == 0 && !allocator_.is_advertised(peer->address.ip) && !policy_.allows(peer->address)) {
    error = kForbidden;
  }
  if (error != 0) return responder_.refuse(allocation.path, context, error);
  switch (allocation.channels.bind(now, *number, peer->address)) {
    case ChannelTable::BindResult::bound:
      break;
    case ChannelTable::BindResult::conflict:
      return responder_.refuse(allocation.path, context, stun::kBadRequest);
    case ChannelTable::BindResult::full:
      return responder_.refuse(allocation.path, context, kInsufficientCapacity);
  }
  // Section 12.3: a channel comes with the permission for its peer's address.
  if (!allocation.permissions.install(now, std::array{peer->address.ip})) {
    return responder_.refuse(allocation.path, context, kInsufficientCapacity);
  }
  succeed(allocation, context);
}

void AllocationRequests::succeed(const Allocation& allocation, const RequestContext& context) {
  responder_.answer(allocation.path, context, stun::Class::success, [](auto&) {});
}

}  // namespace floe::turn
