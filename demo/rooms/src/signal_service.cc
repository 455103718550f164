#include "floe/rooms/signal_service.h"

#include <optional>
#include <utility>
#include <variant>

namespace floe::rooms {
namespace {

std::optional<std::string_view> room_of(std::string_view path) {
  constexpr std::string_view prefix = "/signal/";
  if (!path.starts_with(prefix)) return std::nullopt;
  const std::string_view room = path.substr(prefix.size());
  return signal::is_valid_name(room) ? std::optional(room) : std::nullopt;
}

}  // namespace

/// One WebSocket, known to the rooms by its id.
class SignalService::Connection final : public MessageChannelListener {
 public:
  Connection(SignalService& service, signal::ConnectionId id,
             std::unique_ptr<native::WebSocketChannel> channel)
      : service_(service), id_(id), channel_(std::move(channel)) {}

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

  SignalService& service_;
  signal::ConnectionId id_;
  std::unique_ptr<native::WebSocketChannel> channel_;
};

SignalService::SignalService(native::SystemHost& host, const AccessControl& access_control,
                             RefusalLog& refusals)
    : host_(host),
      access_control_(access_control),
      refusals_(refusals),
      rooms_(signal::RoomLimits(), *this, host.api().random),
      timer_(host.loop().create(*this)) {}

SignalService::~SignalService() = default;

std::uint16_t SignalService::admit(const native::UpgradeRequest& request) {
  if (!room_of(request.path)) return kNotFound;
  if (!access_control_.admits_origin(request)) {
    refusals_.add(now(), AccessControl::refusal_of(request));
    return kForbidden;
  }
  if (rooms_.connection_count() < signal::RoomLimits().connections) return kAdmitted;
  refusals_.add(now(),
                "refused " + request.peer.to_text() + " a place: all connections are in use");
  return kUnavailable;
}

MessageChannelListener* SignalService::accept(std::unique_ptr<native::WebSocketChannel> channel,
                                              const native::UpgradeRequest& request) {
  const signal::ConnectionId id(++last_id_);
  if (!rooms_.open(now(), id, *room_of(request.path))) return nullptr;
  auto& connection = connections_[id];
  connection = std::make_unique<Connection>(*this, id, std::move(channel));
  arm();
  return connection.get();
}

bool SignalService::admits(std::string_view room, std::string_view name, std::string_view token) {
  if (access_control_.admits_token(token)) return true;
  refusals_.add(now(), "refused " + std::string(name) + " a place in the room " +
                           std::string(room) + ": its token is missing or wrong");
  return false;
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
    return member->second->on_text(action.text);
  }
  const auto place = connections_.find(action.connection);
  if (place != connections_.end()) place->second->send(action.text);
}

void SignalService::carry_out(const signal::CloseConnection& action) {
  if (const auto member = members_.find(action.connection); member != members_.end()) {
    RoomMember& removed = *member->second;
    members_.erase(member);
    return removed.on_removed();
  }
  const auto place = connections_.find(action.connection);
  if (place != connections_.end()) place->second->close(action.code, action.reason);
}

std::optional<signal::ConnectionId> SignalService::enter(std::string_view room,
                                                         RoomMember& member) {
  const signal::ConnectionId id(++last_id_);
  if (!rooms_.open(now(), id, room)) return std::nullopt;
  members_.emplace(id, &member);
  arm();
  return id;
}

void SignalService::leave(signal::ConnectionId id) {
  members_.erase(id);
  rooms_.handle_closed(now(), id, signal::LeaveReason::closed);
  carry_out();
}

void SignalService::arm() {
  timer_->arm(rooms_.deadline());
}

void SignalService::forget(signal::ConnectionId id, signal::LeaveReason reason) {
  rooms_.handle_closed(now(), id, reason);
  carry_out();
  // Its own callback is still running.
  std::shared_ptr<Connection> last = std::move(connections_[id]);
  connections_.erase(id);
  host_.loop().post([last] {});
}

}  // namespace floe::rooms
