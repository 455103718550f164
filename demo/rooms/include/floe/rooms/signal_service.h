// The rooms of a server: accepts their WebSockets and other members, and carries out the actions
// of signal::Rooms.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "floe/native/deferred.h"
#include "floe/native/strangers.h"
#include "floe/native/system_host.h"
#include "floe/native/web_socket_acceptor.h"
#include "floe/rooms/access_control.h"
#include "floe/rooms/refusal_log.h"
#include "floe/rooms/room_member.h"
#include "floe/signal/rooms.h"

namespace floe::rooms {

class SignalService final : public native::WebSocketAcceptor,
                            private signal::Admission,
                            private TimerListener {
 public:
  /// All but the limits must outlive the service. `strangers` may be shared with others.
  SignalService(native::SystemHost& host, AccessControl& access_control, RefusalLog& refusals,
                native::Strangers& strangers, const signal::RoomLimits& limits = {});
  ~SignalService();

  std::uint16_t admit(const native::UpgradeRequest& request) override;
  MessageChannelListener* accept(std::unique_ptr<native::WebSocketChannel> channel,
                                 const native::UpgradeRequest& request) override;

  /// Takes a place among those who may join `room`; to join is the first that the member says.
  /// Nothing when all places are in use. The member must stay until it leaves or is removed.
  std::optional<signal::ConnectionId> enter(std::string_view room, Visitor visitor,
                                            RoomMember& member);
  void say(signal::ConnectionId id, std::string_view text) { handle_text(id, text); }
  void leave(signal::ConnectionId id);

  native::SystemHost& host() const { return host_; }
  const signal::RoomCounters& counters() const { return rooms_.counters(); }
  std::size_t connection_count() const { return rooms_.connection_count(); }

 private:
  class Connection;
  /// One without a WebSocket.
  struct Member {
    RoomMember* member;
    Visitor visitor;
  };

  signal::JoinVerdict admit(signal::ConnectionId id, std::string_view room,
                            const signal::Join& join) override;
  void handle_timeout(Timestamp now) override;
  void handle_text(signal::ConnectionId id, std::string_view text);
  void carry_out();
  void carry_out(const signal::SendText& action);
  void carry_out(const signal::CloseConnection& action);
  void arm();
  /// Ends what has lived longer than its token.
  void end_expired(Timestamp now);
  void end(signal::ConnectionId id, std::uint16_t code, std::string_view reason);
  void forget(signal::ConnectionId id, signal::LeaveReason reason);
  Timestamp now() const { return host_.loop().now(); }

  native::SystemHost& host_;
  AccessControl& access_control_;
  RefusalLog& refusals_;
  native::Strangers& strangers_;
  signal::RoomLimits limits_;
  signal::Rooms rooms_;
  std::unique_ptr<Timer> timer_;
  std::uint64_t last_id_ = 0;
  std::map<signal::ConnectionId, std::unique_ptr<Connection>> connections_;
  std::map<signal::ConnectionId, Member> members_;
  std::set<std::pair<Timestamp, signal::ConnectionId>> expiries_;  // of tokens
  bool is_carrying_out_ = false;
};

}  // namespace floe::rooms
