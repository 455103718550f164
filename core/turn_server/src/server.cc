#include "floe/turn_server/server.h"

#include <algorithm>
#include <array>
#include <utility>

#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "floe/turn/error_codes.h"
#include "floe/turn/understands.h"
#include "machine.h"

namespace floe::turn {
namespace {

using stun::MessageView;
using stun::Method;

/// RFC 8656, section 12.4: a channel number begins with the bits 01, and STUN with 00.
bool looks_like_channel_data(Bytes message) {
  return !message.empty() && (message[0] & 0xc0) == 0x40;
}

bool is_request_of_turn(const MessageView& message) {
  if (!message.is_request()) return false;
  return message.method() == Method::allocate || message.method() == Method::refresh ||
         message.method() == Method::create_permission || message.method() == Method::channel_bind;
}

}  // namespace

Server::Machine::Machine(const ServerParts& parts, const ServerConfig& config,
                         ServerCounters& counters)
    : config_(config),
      newcomers_(parts.newcomers),
      residents_(parts.residents),
      host_(parts.host),
      counters_(counters),
      binding_(config.binding),
      network_hash_key_(parts.random.next_u64()),
      binding_limit_(network_hash_key_, config.binding_rate),
      refusal_limit_(network_hash_key_, config.refusal_rate),
      quota_(config.allocations_per_user_max, config.allocations_max),
      table_(parts.random.next_u64()),
      responder_(parts.host, counters, config.binding.software),
      allocator_(parts.host, parts.random, quota_, table_, responder_, counters, config),
      requests_(allocator_, parts.policy, responder_),
      data_(parts.host, parts.policy, table_, responder_, counters) {}

void Server::Machine::handle_client_message(Timestamp now, const ClientPath& path, Bytes bytes) {
  if (looks_like_channel_data(bytes)) return data_.from_client(now, path, bytes);
  const auto message = MessageView::parse(bytes, understands);
  // A request without the cookie is a Binding request of RFC 3489.
  const bool is_old = !message && message.error() == stun::ParseError::bad_cookie;
  if (is_old || (message && message->method() == Method::binding)) {
    return handle_binding(now, path, bytes);
  }
  if (!message) {
    ++counters_.malformed;
  } else if (message->message_class() == stun::Class::indication &&
             message->method() == Method::send) {
    data_.from_client(now, path, *message);
  } else if (is_request_of_turn(*message)) {
    handle_request(now, path, *message);
  } else {
    ++counters_.ignored;
  }
}

bool Server::Machine::may_answer(Timestamp now, const ClientPath& path, AnswerLimit& limit) {
  if (is_stream(path.transport) || limit.take(now, path.client.ip)) return true;
  ++counters_.unanswered;
  return false;
}

void Server::Machine::handle_binding(Timestamp now, const ClientPath& path, Bytes message) {
  if (!may_answer(now, path, binding_limit_)) return;
  std::array<std::uint8_t, stun::kAnswerSizeMax> buffer;
  const auto answer = binding_.answer(now, {path.client, path.local, message}, buffer);
  if (!answer) return;
  host_.send_to_client({answer->to, answer->from, path.transport, path.stream}, answer->bytes);
}

void Server::Machine::handle_request(Timestamp now, const ClientPath& path,
                                     const MessageView& request) {
  RequestContext context(request);
  stun::Authenticator& authenticator = table_.find(path) != nullptr ? residents_ : newcomers_;
  stun::Authentication who = authenticator.authenticate(now, request, path.client);
  context.key = std::move(who.key);
  if (who.error != 0) {
    if (!context.key && !may_answer(now, path, refusal_limit_)) return;
    ++counters_.refused;
    return responder_.answer(path, context, stun::Class::error, [&](auto& message) {
      authenticator.refuse(now, who.error, path.client, message);
    });
  }
  if (!request.unknown_types().empty()) {
    return responder_.refuse_unknown(path, context, request.unknown_types());
  }
  const std::string_view user = config_.user_of(who.username);
  if (request.method() == Method::allocate) {
    return handle_allocate(now, path, request, std::move(context), user);
  }
  handle_proven(now, path, request, std::move(context), user);
}

void Server::Machine::handle_allocate(Timestamp now, const ClientPath& path,
                                      const MessageView& request, RequestContext context,
                                      std::string_view user) {
  if (Allocation* allocation = table_.find(path)) {
    // Section 7.2, step 2: a retransmission is answered as the request was, once there is an
    // answer.
    if (allocation->allocate_id != context.id || allocation->token.user() != user) {
      return responder_.refuse(path, context, kAllocationMismatch);
    }
    if (!allocation->pending) allocator_.answer_again(now, *allocation, context);
    return;
  }
  const auto asked = read_allocate(request);
  if (!asked) return responder_.refuse(path, context, asked.error());
  // Step 4: where DONT-FRAGMENT cannot be done, "the server treats the DONT-FRAGMENT attribute in
  // the Allocate request as an unknown comprehension-required attribute".
  if (request.has(stun::AttributeType::dont_fragment)) {
    constexpr auto kType = static_cast<std::uint16_t>(stun::AttributeType::dont_fragment);
    return responder_.refuse_unknown(path, context, std::array{kType});
  }
  const auto& alternate = config_.binding.alternate;
  if (alternate && alternate->server.ip.family() == path.client.ip.family()) {
    return send_away(path, context);
  }
  if (draining_) return responder_.refuse(path, context, kInsufficientCapacity);
  allocator_.allocate(now, path, std::move(context), *asked, user);
}

void Server::Machine::send_away(const ClientPath& path, const RequestContext& context) {
  ++counters_.refused;
  responder_.answer(path, context, stun::Class::error, [&](auto& message) {
    message.add(stun::ErrorCode{stun::kTryAlternate, "Try Alternate"});
    message.add(stun::AlternateServer{config_.binding.alternate->server});
    if (!config_.binding.alternate->domain.empty()) {
      message.add(stun::AlternateDomain{config_.binding.alternate->domain});
    }
  });
}

void Server::Machine::handle_proven(Timestamp now, const ClientPath& path,
                                    const MessageView& request, RequestContext context,
                                    std::string_view user) {
  Allocation* allocation = table_.find(path);
  if (allocation == nullptr || allocation->pending) {
    return responder_.refuse(path, context, kAllocationMismatch);
  }
  // Section 5: only the user that made an allocation may use it. The user counts, not the username,
  // which changes with each time-limited password.
  if (allocation->token.user() != user) {
    return responder_.refuse(path, context, kWrongCredentials);
  }
  switch (request.method()) {
    case Method::refresh:
      return requests_.refresh(now, *allocation, request, context);
    case Method::create_permission:
      return requests_.create_permission(now, *allocation, request, context);
    case Method::channel_bind:
      return requests_.bind_channel(now, *allocation, request, context);
    default:  // is_request_of_turn() let no other in
      return;
  }
}

void Server::Machine::handle_tcp_closed(Timestamp now, const ClientPath& path) {
  if (Allocation* allocation = table_.find(path)) allocator_.release_all(now, *allocation);
}

// The public face ---------------------------------------------------------------------------------

Server::Server(const ServerParts& parts, const ServerConfig& config)
    : machine_(std::make_unique<Machine>(parts, config, counters_)) {}

Server::~Server() = default;

void Server::handle_client_message(Timestamp now, const ClientPath& path, Bytes message) {
  machine_->handle_client_message(now, path, message);
}

void Server::handle_tcp_closed(Timestamp now, const ClientPath& path) {
  machine_->handle_tcp_closed(now, path);
}

void Server::handle_peer_datagram(Timestamp now, RelayId relay, const TransportAddress& peer,
                                  Bytes payload) {
  machine_->data().from_peer(now, relay, peer, payload);
}

void Server::handle_peer_error(Timestamp now, RelayId relay, const TransportAddress& peer,
                               const Icmp& error) {
  machine_->data().error_from_peer(now, relay, peer, error);
}

void Server::on_relay_opened(Timestamp now, RelayId relay) {
  machine_->allocator().on_relay_opened(now, relay);
}

void Server::on_relay_failed(Timestamp now, RelayId relay, RelayFailure failure) {
  machine_->allocator().on_relay_failed(now, relay, failure);
}

Timestamp Server::deadline() const {
  return machine_->table().deadline();
}

void Server::handle_timeout(Timestamp now) {
  machine_->allocator().expire(now);
}

void Server::set_quota(std::size_t per_user_max, std::size_t max) {
  machine_->quota().set_limits(per_user_max, max);
}

void Server::drain() {
  machine_->drain();
}

std::size_t Server::allocations_max() const {
  return machine_->quota().total();
}

std::size_t Server::allocation_count() const {
  return machine_->table().size();
}

bool Server::has_allocation(const ClientPath& path) const {
  return machine_->table().find(path) != nullptr;
}

const stun::BindingServerCounters& Server::binding_counters() const {
  return machine_->binding().counters();
}

}  // namespace floe::turn
