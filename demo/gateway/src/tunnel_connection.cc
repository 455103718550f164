#include "tunnel_connection.h"

#include <algorithm>

#include "client_ports.h"
#include "floe/types/neighbourhood.h"
#include "tunnel_service.h"

namespace floe::gateway {
namespace {

// Of somebody who has not shown a token: a HELLO with the longest token fits.
constexpr std::size_t kGreetingSizeMax = std::size_t{8} * 1024;
static_assert(kGreetingSizeMax > tunnel::kMaxTokenSize + 64);

consent::HashKey random_key(native::SystemHost& host) {
  RandomSource& random = host.api().random;
  return {random.next_u64(), random.next_u64()};
}

}  // namespace

TunnelConnection::TunnelConnection(TunnelService& service, TunnelResources& resources,
                                   std::unique_ptr<native::WebSocketChannel> channel,
                                   const native::RequestHead& request)
    : service_(service),
      resources_(resources),
      channel_(std::move(channel)),
      client_(request.peer),
      origin_(request.origin),
      stranger_place_(resources.strangers.enter(request.peer.ip, *this)),
      policy_(resources.policy, resources.consent, random_key(resources.host)),
      session_(resources.host.loop().now(), channel_->messages(), *this, policy_,
               tunnel::SessionLimits()),
      end_turn_(resources.host.loop(), native::Deferred::When::end_of_pass, *this),
      lease_{resources, session_,       ++resources.last_asker,
             end_turn_, audit_session_, policy_.named_servers()},
      refuse_call_(resources.host.loop(), native::Deferred::When::after_callback, *this),
      timer_(resources.host.loop().create(*this)) {
  channel_->set_message_max(kGreetingSizeMax);
  end_turn_.request();
}

TunnelConnection::~TunnelConnection() {
  sockets_.clear();
  if (!session_token_) return;  // never admitted
  resources_.shared.audit.session_closed(audit_session_, now() - admitted_at_, stats(), end_);
}

void TunnelConnection::go_away(Duration reconnect_in) {
  session_.go_away(reconnect_in, 30s);
  end_turn_.request();
}

// The WebSocket -----------------------------------------------------------------------------------

void TunnelConnection::on_channel_message(MessageKind kind, Bytes message) {
  if (kind == MessageKind::text) {
    session_.close(tunnel::ErrorCode::not_binary, "tunnel messages are binary");
  } else {
    session_.handle_message(now(), message);
  }
  end_turn_.request();
}

void TunnelConnection::on_channel_closed(const ChannelClosed& closed) {
  // What the client says is quoted; what the session said before counts more.
  if (end_.empty()) end_ = std::to_string(closed.code) + " " + std::string(closed.reason);
  service_.forget(*this);
}

void TunnelConnection::on_channel_drained() {
  session_.handle_writable(now());
  end_turn_.request();
}

// The session's requests --------------------------------------------------------------------------

Result<tunnel::Admission, tunnel::AdmissionRefusal> TunnelConnection::admit(
    const tunnel::Hello& hello, const tunnel::SessionLimits& defaults) {
  const std::int64_t calendar = rooms::unix_now();
  const auto grant =
      resources_.shared.access_control.admit(as_text(hello.token), {client_.ip, origin_}, calendar);
  if (!grant) {
    return refuse(tunnel::ErrorCode::unauthorized, token::to_text(grant.error()));
  }
  if (const auto refusal = take_places(*grant)) {
    return refuse(tunnel::ErrorCode::overloaded, token::to_text(*refusal));
  }
  stranger_place_.leave();
  channel_->set_message_max(native::kMaxMessageSize);
  if (grant->expires_at != token::Grant::kNeverExpires) {
    expires_at_ = now() + std::chrono::seconds(grant->expires_at - calendar);
  }
  policy_.admit(*grant);
  tunnel::SessionLimits limits = defaults;
  limits.max_sockets = std::min(limits.max_sockets, grant->max_sockets.value_or(UINT16_MAX));
  service_.count_session();
  const std::uint64_t id = resources_.host.api().random.next_u64();
  admitted_at_ = now();
  audit_session_ = {id, grant->subject, grant->id, client_};
  resources_.shared.audit.session_opened(audit_session_, origin_);
  return tunnel::Admission{id, limits, resources_.addresses.list()};
}

std::optional<token::Refusal> TunnelConnection::take_places(const token::Grant& grant) {
  TunnelQuotas& quotas = resources_.shared.quotas;
  auto network =
      quotas.network_sessions.take(neighbourhood_of(client_.ip), quotas.network_sessions_max);
  if (!network) return token::Refusal::network_full;
  if (!grant.subject.empty()) {
    const std::size_t limit =
        std::min<std::size_t>(quotas.subject_sessions_max, grant.max_sessions.value_or(UINT32_MAX));
    auto subject = quotas.subject_sessions.take(grant.subject, limit);
    if (!subject) return token::Refusal::too_many_sessions;
    subject_token_ = std::move(*subject);
  }
  auto session = quotas.sessions.take();
  if (!session) return token::Refusal::gateway_full;
  session_token_ = std::move(session);
  network_token_ = std::move(*network);
  return std::nullopt;
}

tunnel::AdmissionRefusal TunnelConnection::refuse(tunnel::ErrorCode code, std::string_view why) {
  log_refusal("a tunnel: " + std::string(why));
  return {code, why};
}

void TunnelConnection::on_displaced() {
  channel_->cut();
}

void TunnelConnection::open_socket(tunnel::SocketId id, const BindRequest& request) {
  const auto refuse = [&](BindError error) {
    refused_sockets_.emplace_back(id, error);
    refuse_call_.request();
  };
  const auto ip = resources_.addresses.bound(request.ip);
  if (!ip) return refuse(BindError::address_not_available);
  const auto ports = within({*ip, request.port_min, request.port_max}, resources_.ports);
  if (!ports) {
    log_refusal("a UDP socket: it asked for ports outside of --port-range");
    return refuse(BindError::denied);
  }
  auto token = resources_.shared.quotas.sockets.take();
  if (!token) {
    log_refusal("a UDP socket: all of --sockets-max are in use");
    return refuse(BindError::limit);
  }
  const std::size_t place = id.value();
  if (sockets_.size() <= place) sockets_.resize(place + 1);
  policy_.forget(id);
  sockets_[place] = std::make_unique<LeasedSocket>(lease_, id, std::move(*token), *ports);
  sockets_[place]->set_reading(reading_);
}

void TunnelConnection::close_socket(tunnel::SocketId id) {
  if (id.value() < sockets_.size() && sockets_[id.value()]) {
    sockets_[id.value()]->set_end("closed");
    sockets_[id.value()].reset();
  }
  policy_.forget(id);
  // The id may be bound again before its refusal is told, which is not about the new socket.
  std::erase_if(refused_sockets_, [id](const auto& refused) { return refused.first == id; });
}

SendStatus TunnelConnection::send_datagram(tunnel::SocketId id, const TransportAddress& to,
                                           Bytes payload) {
  LeasedSocket* socket = find(id);
  return socket == nullptr ? SendStatus::failed : socket->send(to, payload);
}

void TunnelConnection::resolve(tunnel::LookupId lookup, tunnel::LookupFamily family,
                               std::string_view name) {
  lookups_.push_back(std::make_unique<LeasedLookup>(lease_, lookup, family, name));
}

void TunnelConnection::open_tcp(tunnel::TcpId id, const tunnel::TcpRequest& request) {
  auto token = resources_.shared.quotas.sockets.take();
  if (token) {
    streams_.push_back(std::make_unique<LeasedStream>(lease_, id, std::move(*token), request));
    return;
  }
  log_refusal("a TCP connection: all of --sockets-max are in use");
  refused_streams_.push_back(id);
  refuse_call_.request();
}

void TunnelConnection::close_tcp(tunnel::TcpId id) {
  if (LeasedStream* stream = find(id)) stream->close();
  std::erase(refused_streams_, id);
}

void TunnelConnection::send_tcp(tunnel::TcpId id, Bytes data) {
  // The stream may have broken a moment ago; the session learns that soon.
  if (LeasedStream* stream = find(id)) stream->send(data);
}

void TunnelConnection::set_tcp_reading(tunnel::TcpId id, bool reading) {
  if (LeasedStream* stream = find(id)) stream->set_reading(reading);
}

void TunnelConnection::close(std::uint16_t code, std::string_view reason) {
  end_ = reason;
  channel_->close(code, reason);
}

LeasedSocket* TunnelConnection::find(tunnel::SocketId id) {
  return id.value() < sockets_.size() ? sockets_[id.value()].get() : nullptr;
}

LeasedStream* TunnelConnection::find(tunnel::TcpId id) {
  const auto place = std::ranges::find_if(
      streams_, [id](const auto& stream) { return stream->id() == id && !stream->is_over(); });
  return place == streams_.end() ? nullptr : place->get();
}

// Time and turns ----------------------------------------------------------------------------------

void TunnelConnection::handle_timeout(Timestamp time) {
  armed_for_ = kNever;
  session_.handle_timeout(time);
  // A GO_AWAY would ask the client to come back with the same token.
  if (time >= expires_at_) {
    expires_at_ = kNever;
    session_.close(tunnel::ErrorCode::unauthorized, token::to_text(token::Refusal::expired));
  }
  end_turn_.request();
}

/// While the client does not read, the kernel's buffers fill up instead of ours.
void TunnelConnection::on_deferred() {
  sweep();
  report_permissions();
  session_.flush(now());
  if (session_.wants_datagrams() != reading_) {
    reading_ = !reading_;
    for (const auto& socket : sockets_) {
      if (socket) socket->set_reading(reading_);
    }
  }
  const Timestamp deadline = std::min({session_.deadline(), policy_.deadline(), expires_at_});
  if (deadline != armed_for_) timer_->arm(armed_for_ = deadline);
}

/// Also ends the session of a client that does what no client of ICE needs.
void TunnelConnection::report_permissions() {
  if (session_.is_closed()) return;
  policy_.report_changes(now(), [this](tunnel::SocketId socket, const TransportAddress& peer,
                                       const tunnel::PeerPermission& permission) {
    session_.sockets().handle_permission(socket, peer, permission);
  });
  const std::string_view offence = policy_.offence();
  if (offence.empty()) return;
  log_refusal("a tunnel: " + std::string(offence));
  session_.close(tunnel::ErrorCode::forbidden, offence);
}

void TunnelConnection::sweep() {
  for (auto& socket : sockets_) {
    if (socket && socket->is_over()) socket.reset();
  }
  std::erase_if(streams_, [](const auto& stream) { return stream->is_over(); });
  std::erase_if(lookups_, [](const auto& lookup) { return lookup->is_over(); });
}

void TunnelConnection::log_refusal(std::string_view what_and_why) {
  resources_.refusals.add(now(), "refused " + client_.to_text() + " " + std::string(what_and_why));
}

void TunnelConnection::answer_refused() {
  for (const auto& [id, error] : std::exchange(refused_sockets_, {})) {
    session_.sockets().handle_socket_failed(id, error);
  }
  for (const tunnel::TcpId id : std::exchange(refused_streams_, {})) {
    session_.connections().handle_closed(id, tunnel::TcpCloseReason::limit);
  }
  end_turn_.request();
}

}  // namespace floe::gateway
