#include "floe/rooms/signal_service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "floe/types/neighbourhood.h"

namespace floe::rooms {
namespace {

/// The longest message of a stranger: what begins a message is kept until its end comes. A HELLO
/// with all that fits into a message beside it is shorter, and so is a `join`.
constexpr std::size_t kStrangerMessageMax = 20 * 1024;

std::optional<std::string_view> room_of(std::string_view path) {
  constexpr std::string_view prefix = "/signal/";
  if (!path.starts_with(prefix)) return std::nullopt;
  const std::string_view room = path.substr(prefix.size());
  return signal::is_valid_name(room) ? std::optional(room) : std::nullopt;
}

/// Whose a place in a room is. Bearers of the secret, and all where there are no tokens, are one.
std::string owner_of(const token::Grant& grant, signal::ConnectionId id) {
  if (!grant.subject.empty()) return "subject " + grant.subject;
  if (!grant.id.empty()) return "token " + grant.id;
  if (grant.expires_at == token::Grant::kNeverExpires) return {};
  // A token that tells nobody apart: nobody else's.
  return "connection " + std::to_string(id.value());
}

}  // namespace

/// One WebSocket, known to the rooms by its id.
class SignalService::Connection final : public MessageChannelListener, private native::Stranger {
 public:
  Connection(SignalService& service, signal::ConnectionId id,
             std::unique_ptr<native::WebSocketChannel> channel, Visitor visitor)
      : service_(service),
        id_(id),
        channel_(std::move(channel)),
        visitor_(std::move(visitor)),
        place_(service.strangers_.enter(visitor_.ip, *this)) {
    channel_->set_message_max(kStrangerMessageMax);
  }

  const Visitor& visitor() const { return visitor_; }
  /// It has shown its token.
  void introduce() {
    place_.leave();
    channel_->set_message_max(native::kMaxMessageSize);
  }

  void send(std::string_view text) {
    // A peer that does not read loses the connection: signalling must not lose single messages.
    if (!channel_->send(MessageKind::text, as_bytes(text))) {
      channel_->close(signal::kClosePolicy, "the client does not read its messages");
    }
  }
  void close(std::uint16_t code, std::string_view reason) { channel_->close(code, reason); }

 private:
  void on_channel_open() override {}
  void on_channel_message(MessageKind kind, Bytes message) override {
    if (kind == MessageKind::binary)
      return close(close_codes::kUnsupportedData, "signalling is text");
    service_.handle_text(id_, as_text(message));
  }
  void on_channel_closed(const ChannelClosed& closed) override {
    // A client that leaves on purpose closes with one of these.
    const bool meant =
        closed.code == close_codes::kNormalClosure || closed.code == close_codes::kGoingAway;
    service_.forget(id_, meant ? signal::LeaveReason::closed : signal::LeaveReason::timeout);
  }

  void on_displaced() override {
    service_.rooms_.handle_closed(service_.now(), id_, signal::LeaveReason::closed);
    channel_->cut();
  }

  SignalService& service_;
  signal::ConnectionId id_;
  std::unique_ptr<native::WebSocketChannel> channel_;
  Visitor visitor_;
  native::Strangers::Place place_;
};

SignalService::SignalService(native::SystemHost& host, AccessControl& access_control,
                             RefusalLog& refusals, native::Strangers& strangers,
                             const signal::RoomLimits& limits)
    : host_(host),
      access_control_(access_control),
      refusals_(refusals),
      strangers_(strangers),
      limits_(limits),
      rooms_(limits, *this, host.api().random),
      timer_(host.loop().create(*this)) {}

SignalService::~SignalService() = default;

std::uint16_t SignalService::admit(const native::UpgradeRequest& request) {
  if (!room_of(request.path)) return kNotFound;
  if (!access_control_.admits_origin(request)) {
    refusals_.add(now(), AccessControl::refusal_of(request));
    return kForbidden;
  }
  if (AccessControl::has_token_in_query(request.query)) {
    refusals_.add(now(), "refused " + request.peer.to_text() +
                             " a place: its token is in the URL, which logs keep; it belongs into "
                             "`join`");
    return kForbidden;
  }
  if (rooms_.joined_count() < limits_.connections) return kAdmitted;
  refusals_.add(now(),
                "refused " + request.peer.to_text() + " a place: all connections are in use");
  return kUnavailable;
}

MessageChannelListener* SignalService::accept(std::unique_ptr<native::WebSocketChannel> channel,
                                              const native::UpgradeRequest& request) {
  const signal::ConnectionId id(++last_id_);
  // Before the rooms: who has waited longest may have to go.
  auto connection = std::make_unique<Connection>(*this, id, std::move(channel),
                                                 Visitor{request.peer.ip, request.origin});
  if (!rooms_.open(now(), id, *room_of(request.path), neighbourhood_of(request.peer.ip))) {
    return nullptr;
  }
  Connection* const accepted = connection.get();
  connections_.emplace(id, std::move(connection));
  arm();
  return accepted;
}

signal::JoinVerdict SignalService::admit(signal::ConnectionId id, std::string_view room,
                                         const signal::Join& join) {
  const auto connection = connections_.find(id);
  const auto member = members_.find(id);
  const Visitor visitor = connection != connections_.end() ? connection->second->visitor()
                          : member != members_.end()       ? member->second.visitor
                                                           : Visitor{};
  const std::int64_t calendar = unix_now();
  const auto grant = access_control_.admit_to_room(room, join.token, visitor, calendar);
  if (!grant) {
    const std::string_view why = token::to_text(grant.error());
    refusals_.add(now(), "refused " + join.name + " (" + visitor.ip.to_text() +
                             ") a place in the room " + std::string(room) + ": " +
                             std::string(why));
    return {.why = why};
  }
  if (connection != connections_.end()) connection->second->introduce();
  if (grant->expires_at != token::Grant::kNeverExpires) {
    expiries_.emplace(now() + std::chrono::seconds(grant->expires_at - calendar), id);
  }
  return {.admitted = true, .owner = owner_of(*grant, id)};
}

void SignalService::end_expired(Timestamp time) {
  while (!expiries_.empty() && expiries_.begin()->first <= time) {
    const signal::ConnectionId id = expiries_.begin()->second;
    expiries_.erase(expiries_.begin());
    end(id, signal::kClosePolicy, "the token has expired");
  }
}

void SignalService::end(signal::ConnectionId id, std::uint16_t code, std::string_view reason) {
  rooms_.handle_closed(now(), id, signal::LeaveReason::closed);
  carry_out(signal::CloseConnection{id, code, reason});
}

void SignalService::handle_text(signal::ConnectionId id, std::string_view text) {
  const std::uint64_t full = rooms_.counters().room_full;
  rooms_.handle_text(now(), id, text);
  if (rooms_.counters().room_full > full) {
    refusals_.add(now(), "refused a client a place: its room is full, or all rooms are in use");
  }
  carry_out();
}

void SignalService::handle_timeout(Timestamp time) {
  rooms_.handle_timeout(time);
  end_expired(time);
  carry_out();
}

/// A member answers inside of this; what it says is carried out in its turn.
void SignalService::carry_out() {
  if (std::exchange(is_carrying_out_, true)) return;
  while (const auto action = rooms_.poll_action()) {
    std::visit([this](const auto& one) { carry_out(one); }, *action);
  }
  is_carrying_out_ = false;
  arm();
}

void SignalService::carry_out(const signal::SendText& action) {
  if (const auto member = members_.find(action.connection); member != members_.end()) {
    return member->second.member->on_text(action.text);
  }
  const auto place = connections_.find(action.connection);
  if (place != connections_.end()) place->second->send(action.text);
}

void SignalService::carry_out(const signal::CloseConnection& action) {
  if (const auto member = members_.find(action.connection); member != members_.end()) {
    RoomMember& removed = *member->second.member;
    members_.erase(member);
    return removed.on_removed();
  }
  const auto place = connections_.find(action.connection);
  if (place != connections_.end()) place->second->close(action.code, action.reason);
}

std::optional<signal::ConnectionId> SignalService::enter(std::string_view room, Visitor visitor,
                                                         RoomMember& member) {
  const signal::ConnectionId id(++last_id_);
  if (!rooms_.open(now(), id, room, neighbourhood_of(visitor.ip))) return std::nullopt;
  members_.emplace(id, Member{&member, std::move(visitor)});
  arm();
  return id;
}

void SignalService::leave(signal::ConnectionId id) {
  std::erase_if(expiries_, [id](const auto& entry) { return entry.second == id; });
  members_.erase(id);
  rooms_.handle_closed(now(), id, signal::LeaveReason::closed);
  carry_out();
}

void SignalService::arm() {
  const Timestamp expiry = expiries_.empty() ? kNever : expiries_.begin()->first;
  timer_->arm(std::min(rooms_.deadline(), expiry));
}

void SignalService::forget(signal::ConnectionId id, signal::LeaveReason reason) {
  std::erase_if(expiries_, [id](const auto& entry) { return entry.second == id; });
  rooms_.handle_closed(now(), id, reason);
  carry_out();
  // Its own callback is still running.
  std::shared_ptr<Connection> last = std::move(connections_[id]);
  connections_.erase(id);
  host_.loop().post([last] {});
}

}  // namespace floe::rooms
