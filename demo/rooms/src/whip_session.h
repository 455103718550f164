// A client of WHIP as a member of a room: from its offer until it is deleted, or its peer has gone.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/json/value.h"
#include "floe/rooms/room_member.h"
#include "floe/rooms/signal_service.h"
#include "floe/rooms/whip_request.h"
#include "floe/signal/room_action.h"
#include "floe/signal/room_message.h"
#include "floe/whip/exchange.h"

namespace floe::rooms {

class WhipService;

class WhipSession final : private RoomMember, private TimerListener {
 public:
  /// `id` is a secret of the client's. Both must outlive the session.
  WhipSession(WhipService& service, SignalService& rooms, std::string room, std::string id);
  ~WhipSession();

  /// The first request, once: joins the room and seeks the peer.
  void open(const native::HttpRequest& request, WhipQuery query, WhipReply reply);
  void patch(const native::HttpRequest& request, WhipReply reply);
  /// Says bye to the peer and leaves.
  void close(std::string_view reason);

  const std::string& id() const { return id_; }
  const std::string& room() const { return room_; }
  /// Whether it is the member of its room with this id.
  bool is_member(std::string_view peer) const { return self_ == peer; }

 private:
  void on_text(std::string_view text) override;
  void on_removed() override;
  void handle_timeout(Timestamp now) override;

  void hear_server(const json::Value& message);
  void hear_joined(const signal::Joined& joined);
  /// The peer to connect to; null after the client was told why there is none.
  const signal::Peer* choose(const std::vector<signal::Peer>& peers);
  void hear_peer(const json::Value& message);
  bool tell_peer(const std::vector<signal::Message>& messages);
  void carry_on();
  void answer(const whip::Answer& answer);
  void refuse(std::uint16_t status, std::string_view why);
  void end();
  std::string entity_tag() const;
  Timestamp now() const;

  WhipService& service_;
  SignalService& rooms_;
  std::string room_;
  std::string id_;
  whip::Exchange exchange_;
  std::unique_ptr<Timer> timer_;
  std::optional<signal::ConnectionId> connection_;
  WhipQuery query_;
  std::vector<signal::Message> first_;  // until the room has been joined
  std::string self_;
  std::string peer_;
  WhipReply reply_;  // to the request that waits for the peer
};

}  // namespace floe::rooms
